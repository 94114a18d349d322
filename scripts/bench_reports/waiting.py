"""Fills in, by SQL, what stands in all other lists: staff, cases, appeals, applications with rosters, samples, orders, messages, exports, papers, attendance, tests and settlements."""

SUPERVISOR, ADMINISTRATOR, SYSTEM, AUDITOR = (900_001, 900_002, 900_003, 900_004)
"""Accounts, beside the head teachers: of the province, of the third institution, and of the platform."""
AUTHORITY, INSTITUTION = 900, 3

STATEMENTS = f"""
INSERT INTO organisations_organisation (id, kind, name, region_id, address, contact, telephone)
    VALUES ({AUTHORITY}, 'authority', '省人社厅', '44', '', '', '');
INSERT INTO accounts_account (id, password, login_name, name, is_active, created_at, password_changed_at)
    SELECT n, '', 'staff' || n, '陈科员', true, now(), now() FROM generate_series({SUPERVISOR}, {AUDITOR}) AS n;
INSERT INTO accounts_membership (account_id, role, organisation_id)
    VALUES ({SUPERVISOR}, 'supervisor', {AUTHORITY}), ({ADMINISTRATOR}, 'institution_administrator', {INSTITUTION}),
        ({SYSTEM}, 'system_administrator', NULL), ({AUDITOR}, 'audit_administrator', NULL);
INSERT INTO accounts_membership (account_id, role, organisation_id)
    SELECT {{learners}} + n, 'head_teacher', n FROM generate_series(1, {{schools}}) AS n;
INSERT INTO accounts_secondfactor (account_id, secret, confirmed_at, used_step)
    SELECT n, '\\x00', now(), 0 FROM generate_series({SUPERVISOR}, {AUDITOR}) AS n;
INSERT INTO organisations_paper (organisation_id, kind, reference, issuer, issued_on, valid_until, note, added_by, added_at)
    SELECT n, kind, '粤' || n, '市场监督管理局', current_date - 700, current_date + n * 9, '', {SYSTEM}, now()
    FROM generate_series(1, {{schools}}) AS n, unnest(ARRAY['business_licence', 'training_licence']) AS kind;
INSERT INTO archive_freeze (id, enrolment_id, first_day, last_day, placed_at, until)
    SELECT gen_random_uuid(), place.id, NULL, NULL, now() - place.id % 365 * interval '1 day', current_date - (place.id % 365)::integer + 30
    FROM enrolment_enrolment AS place WHERE place.id % 20 = 0;
INSERT INTO supervision_case (freeze_id, enrolment_id, serial, region, reason, source, source_ref, grounds, question, opened_by_id, opened_at,
        answer_by, due_on)
    SELECT id, enrolment_id, row_number() OVER (ORDER BY placed_at), '44', 'identity', 'learner', '', '抽查发现人脸核验与登记不一致', '请说明当日情况',
        {SUPERVISOR}, placed_at, until - 25, until - 15
    FROM archive_freeze;
INSERT INTO supervision_casestep (case_id, ordinal, kind, by_id, role, at, text, result, days, proposed_by_id)
    SELECT freeze_id, 1, 'explained', opened_by_id, 'learner', opened_at, '当天是我本人', '', '{{{{}}}}'::date[], NULL::bigint FROM supervision_case
    UNION ALL SELECT freeze_id, 2, 'proposed', {SUPERVISOR}, 'supervisor', opened_at, '建议认定', 'stands', '{{{{}}}}', NULL FROM supervision_case
    UNION ALL SELECT freeze_id, 3, 'decided', {SYSTEM}, 'supervisor', opened_at, '', 'stands', '{{{{}}}}', {SUPERVISOR} FROM supervision_case
        WHERE serial % 10 <> 0;
INSERT INTO archive_freezeend (freeze_id, kind, days, at)
    SELECT case_id, 'decided', '{{{{}}}}', at FROM supervision_casestep WHERE kind = 'decided';
INSERT INTO learning_appeal (id, learner_id, session_id, day, start_ms, end_ms, reason, text, opened_at, due_on)
    SELECT gen_random_uuid(), learner_id, id, opened_at::date, 0, 60000, 'silent', '当时信号不好', opened_at, opened_at::date + 3
    FROM learning_studysession WHERE enrolment_id % 5 = 0 AND substr(id::text, 1, 1) = 'a';
INSERT INTO learning_appealstep (appeal_id, ordinal, kind, by_id, role, at, result, ms, text, proposed_by_id)
    SELECT appeal.id, step.n, step.kind, {SYSTEM}, step.role, opened_at, step.result, NULL, '以记录为准', step.proposer
    FROM learning_appeal AS appeal
    CROSS JOIN (VALUES (1, 'proposed', 'head_teacher', 'upheld', NULL), (2, 'approved', 'institution_administrator', '', {ADMINISTRATOR}))
        AS step (n, kind, role, result, proposer)
    WHERE step.n = 1 OR appeal.learner_id % 4 <> 0;
INSERT INTO enrolment_classopening (id, institution_id, course_id, version_id, head_teacher_id, training_class_id, name, opens_on, closes_on,
        draft, state, created_at)
    SELECT class.id, institution_id, course_id, version_id, head_teacher_id, CASE WHEN class.id % 10 > 0 THEN class.id END, class.name, opens_on,
        closes_on, {{draft}}::jsonb,
        CASE class.id % 10 WHEN 0 THEN (ARRAY['draft', 'submitted', 'returned'])[1 + class.id / 10 % 3] ELSE 'opened' END, now()
    FROM enrolment_trainingclass AS class;
INSERT INTO enrolment_openingstep (opening_id, kind, at, role, words, approval_no, application, sha256, by_id)
    SELECT id, 'submitted', created_at, 'head_teacher', '', '', jsonb_build_object('draft', repeat('x', 5000)), repeat('0', 64), head_teacher_id
    FROM enrolment_classopening;
INSERT INTO enrolment_rosterentry (opening_id, name, id_type, id_number, id_number_index, "group", education, domicile, employer, employer_uscc,
        created_at)
    SELECT training_class_id, '张三', 'resident', '\\x00', decode(lpad(to_hex(id), 32, '0'), 'hex'), "group", '', '440103', '', '', now()
    FROM enrolment_enrolment;
INSERT INTO supervision_draw (id, by_id, region, at, scope_region, institution_id, training_class_id, first_day, last_day, size, seed, named_by,
        population, population_size, digest)
    SELECT gen_random_uuid(), {SUPERVISOR}, '44', now() - n * interval '1 day', '44', NULL, NULL, current_date - 30, current_date, 20, '种子' || n,
        '群众代表', decode(repeat('00', 16000), 'hex'), 1000, repeat('0', 64)
    FROM generate_series(1, 300) AS n;
INSERT INTO supervision_drawn (draw_id, ordinal, enrolment_id)
    SELECT draw.id, n, n * 17 FROM supervision_draw AS draw CROSS JOIN generate_series(1, 20) AS n;
INSERT INTO supervision_drawnword (drawn_id, ordinal, word, by_id, at)
    SELECT id, 1, 'fine', {SUPERVISOR}, now() FROM supervision_drawn WHERE id % 2 = 0;
INSERT INTO supervision_rectificationorder (id, authority_id, region, institution_id, begun_at)
    SELECT gen_random_uuid(), {AUTHORITY}, '44', 1 + n % {{schools}}, now() - n * interval '1 hour' FROM generate_series(1, 2000) AS n;
INSERT INTO supervision_orderstep (order_id, ordinal, kind, by_id, role, at, title, text, due_on, reference)
    SELECT id, 1, 'drafted', {SUPERVISOR}, 'supervisor', begun_at, '补齐资料', '请补齐资料', begun_at::date + 10, '' FROM supervision_rectificationorder
    UNION ALL SELECT id, 2, 'issued', {SUPERVISOR}, 'supervisor', begun_at, '', '', NULL, 'Z' || row_number() OVER (ORDER BY id)
        FROM supervision_rectificationorder
    UNION ALL SELECT id, 3, 'answered', {ADMINISTRATOR}, 'institution_administrator', begun_at, '', '已补齐', NULL, ''
        FROM supervision_rectificationorder WHERE substr(id::text, 1, 1) > '2';
INSERT INTO notices_notice (account_id, kind, about_kind, about_id, params, url, at, read_at)
    SELECT account.id, 'recomputation.done', 'case', n::text, '{{{{}}}}'::jsonb, '/', now() - n * interval '1 hour', CASE WHEN n > 3 THEN now() END
    FROM accounts_account AS account CROSS JOIN generate_series(1, 10) AS n
    UNION ALL SELECT account, 'recomputation.done', 'case', (100 + n)::text, '{{{{}}}}'::jsonb, '/', now() - n * interval '1 minute', CASE WHEN n > 300 THEN now() END
    FROM unnest(ARRAY[{SUPERVISOR}, {ADMINISTRATOR}]) AS account CROSS JOIN generate_series(1, 5000) AS n;
INSERT INTO reporting_export (id, account_id, role, organisation_id, sheet, title, filter, format, masked, reason, state, refusal, fault, attempt,
        rows_expected, rows_done, asked_at, finished_at, expires_at, name, bytes, sha256, rows_sha256)
    SELECT gen_random_uuid(), {SUPERVISOR}, 'supervisor', {AUTHORITY}, 'records', '学习记录', '', 'csv', true, '', 'expired', '', '', 1, 100, 100,
        now() - n * interval '1 hour', now(), now(), 'a.csv', 100, repeat('0', 64), repeat('0', 64)
    FROM generate_series(1, 2000) AS n;
INSERT INTO enrolment_planitem (training_class_id, mode, title, hours, place, teacher_id, starts_at, ends_at)
    SELECT class.id, (ARRAY['live', 'practice'])[1 + n % 2], '第 ' || n || ' 次', 200, '实训楼', head_teacher_id,
        (class.opens_on + n * 5 + time '14:00') AT TIME ZONE 'Asia/Shanghai', (class.opens_on + n * 5 + time '15:30') AT TIME ZONE 'Asia/Shanghai'
    FROM enrolment_trainingclass AS class CROSS JOIN generate_series(1, 6) AS n;
INSERT INTO reporting_placeattendance (enrolment_id, day, live_planned, live, practice_planned, practice)
    SELECT place.id, class.opens_on + n * 5, n % 2 * 5400000, n % 2 * 5000000, (1 - n % 2) * 5400000, (1 - n % 2) * 5100000
    FROM enrolment_enrolment AS place JOIN enrolment_trainingclass AS class ON class.id = place.training_class_id CROSS JOIN generate_series(1, 6) AS n;
INSERT INTO assessment_attempt (id, enrolment_id, lesson_id, version_id, begun_at, expires_at, pass_percent, attempts_a_day, policy_versions,
        questions, outcome, ended_at, right_answers, score, passed)
    SELECT gen_random_uuid(), progress.enrolment_id, progress.lesson_id, class.version_id, class.opens_on + interval '20 days',
        class.opens_on + interval '21 days', 60, 3, '{{{{1}}}}', jsonb_build_array(repeat(md5(progress.id::text), 20)), 'submitted',
        class.opens_on + interval '20 days 1 hour', 8, 80, true
    FROM learning_lessonprogress AS progress JOIN enrolment_enrolment AS place ON place.id = progress.enrolment_id
    JOIN enrolment_trainingclass AS class ON class.id = place.training_class_id;
INSERT INTO archive_settlement (id, training_class_id, ordinal, proposed_by_id, proposed_at, policy_versions, digest)
    SELECT id, id, 1, head_teacher_id, now(), '{{{{1}}}}', repeat('0', 64) FROM enrolment_trainingclass WHERE closes_on < current_date - 30;
INSERT INTO archive_settlementreview (settlement_id, by_id, proposed_by_id, at, confirms, text)
    SELECT id, {ADMINISTRATOR}, proposed_by_id, now(), true, '' FROM archive_settlement;
INSERT INTO archive_settledplace (settlement_id, enrolment_id, ordinal, figures, recognised_ms, hours, at)
    SELECT settlement.id, place.id, 1, jsonb_build_object('lessons', repeat('x', 2000), 'hours', jsonb_build_object('online', 800)), 21600000, 800, now()
    FROM archive_settlement AS settlement JOIN enrolment_enrolment AS place ON place.training_class_id = settlement.training_class_id;
"""  # noqa: S608 (our own numbers)
