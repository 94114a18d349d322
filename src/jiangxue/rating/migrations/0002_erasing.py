"""Ratings, what they were before, and what was found in their comments go when the archive of their place has been erased."""

from typing import ClassVar

from django.db import migrations

from jiangxue.djangokit.append_only import removable_if

RATING = """
SELECT aid FROM enrolment_enrolment
WHERE id = (SELECT enrolment_id FROM rating_courserating WHERE id = ($1).rating_id)
"""
ERASE = """
CREATE FUNCTION rating_erase(place bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    archive uuid;
    ratings bigint[];
BEGIN
    SELECT aid INTO archive FROM enrolment_enrolment WHERE id = place;
    IF archive IS NULL OR NOT ledger_erased(archive) THEN
        RAISE EXCEPTION 'the archive of place % is not erased', place USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(array_agg(id), '{}') INTO ratings FROM rating_courserating WHERE enrolment_id = place;
    DELETE FROM screening_hit WHERE place_kind = 'course_rating' AND place_ref = ANY (ratings::text[]);
    DELETE FROM rating_ratingchange WHERE rating_id = ANY (ratings);
    DELETE FROM rating_lecturerrating WHERE rating_id = ANY (ratings);
    DELETE FROM rating_courserating WHERE id = ANY (ratings);
    RETURN cardinality(ratings);
END $$;
REVOKE ALL ON FUNCTION rating_erase(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rating_erase(bigint) TO jiangxue_app;
"""


class Migration(migrations.Migration):
    """Let ratings be removed with their archive."""

    dependencies: ClassVar = [
        ("rating", "0001_tables"),
        ("ledger", "0006_forgetting"),
        ("screening", "0002_append_only"),
    ]
    operations: ClassVar = [
        removable_if("rating_ratingchange", "ledger_erased", RATING),
        migrations.RunSQL(ERASE, "DROP FUNCTION rating_erase(bigint);"),
    ]
