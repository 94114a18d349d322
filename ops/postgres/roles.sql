-- The roles of Jiangxue and what each may do in one database.
--
-- An administrator (superuser, or CREATEROLE and owner of the database) runs this while connected to the database that Jiangxue
-- is to use, on PostgreSQL 15 or later:
--
--     createdb jiangxue && psql --single-transaction -v ON_ERROR_STOP=1 -d jiangxue -f ops/postgres/roles.sql
--
-- It may be run as often as you like. It sets no password: `make serve` does that itself; elsewhere use \password.
-- It grants nothing on tables that exist: migrations run as jiangxue_owner after it, and take back what an append-only table must
-- not allow.

-- Roles. What they must not be is said at their making, and checked if they were made before.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'jiangxue_owner', 'jiangxue_app', 'jiangxue_hot', 'jiangxue_sealer', 'jiangxue_signer'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', name);
        END IF;
        IF EXISTS (
            SELECT FROM pg_roles
            WHERE rolname = name AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
        ) THEN
            RAISE EXCEPTION 'role % may do more than it should; take the extra attributes away', name;
        END IF;
        EXECUTE format('ALTER ROLE %I SET timezone = %L', name, 'UTC');
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'jiangxue_reporter') THEN
        CREATE ROLE jiangxue_reporter NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    END IF;
    IF EXISTS (
        SELECT FROM pg_roles
        WHERE rolname = 'jiangxue_reporter'
            AND (rolcanlogin OR rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
    ) THEN
        RAISE EXCEPTION 'role jiangxue_reporter may do more than it should; take the extra attributes away';
    END IF;
    IF EXISTS (
        SELECT FROM pg_auth_members
        WHERE member IN (
            'jiangxue_owner'::regrole, 'jiangxue_app'::regrole, 'jiangxue_hot'::regrole,
            'jiangxue_sealer'::regrole, 'jiangxue_signer'::regrole, 'jiangxue_reporter'::regrole
        ) AND (roleid, member) <> ('jiangxue_reporter'::regrole, 'jiangxue_app'::regrole)
    ) THEN
        RAISE EXCEPTION 'a role of jiangxue is a member of another role; revoke that membership';
    END IF;
    -- The application turns into the reporter to add up statistics; as itself it has nothing of it.
    ALTER ROLE jiangxue_app NOINHERIT;
    IF NOT EXISTS (
        SELECT FROM pg_auth_members WHERE (roleid, member) = ('jiangxue_reporter'::regrole, 'jiangxue_app'::regrole)
    ) THEN
        GRANT jiangxue_reporter TO jiangxue_app;
    END IF;
    IF pg_has_role('jiangxue_app', 'jiangxue_reporter', 'USAGE') THEN
        RAISE EXCEPTION 'jiangxue_app has the rights of jiangxue_reporter as itself; revoke that membership and run this again';
    END IF;
    -- An administrator who is no superuser must be a member of the owner to act for it below.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT jiangxue_owner TO %I', current_user);
    END IF;
END
$$;

-- The database belongs to the owner; the others may connect, and nobody else. One that was restored from a backup and not admitted
-- stays shut (docs/backup.md): the comment on it says so.

DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO jiangxue_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO jiangxue_owner', current_database());
    IF NOT EXISTS (
        SELECT FROM pg_database
        WHERE datname = current_database() AND shobj_description(oid, 'pg_database') LIKE 'restored: %'
    ) THEN
        EXECUTE format(
            'GRANT CONNECT ON DATABASE %I TO jiangxue_app, jiangxue_hot, jiangxue_sealer, jiangxue_signer', current_database()
        );
    END IF;
END
$$;

-- Only the owner makes things in the schema; the others may look names up in it.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO jiangxue_owner;
GRANT USAGE ON SCHEMA public TO jiangxue_app, jiangxue_hot, jiangxue_sealer, jiangxue_signer;

-- What the owner makes: the application reads and writes it, the others get nothing that a migration does not grant by name.

ALTER DEFAULT PRIVILEGES FOR ROLE jiangxue_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE jiangxue_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO jiangxue_app;
ALTER DEFAULT PRIVILEGES FOR ROLE jiangxue_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO jiangxue_app;
ALTER DEFAULT PRIVILEGES FOR ROLE jiangxue_owner IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO jiangxue_app;
