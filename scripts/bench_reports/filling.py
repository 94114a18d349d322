"""Fills the bench's database by SQL: regions, institutions, courses, classes, learners, and what they learned. Needs Django to be set up.

Rows come past triggers and foreign keys, because a million of them through the services would take days; they are of the shapes and
sizes that the services write, save that a session has one segment instead of one for every five minutes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from jiangxue.accounts.rules.identifiers import check_digit
from jiangxue.courseware.rules.content import CourseContent, Facts
from jiangxue.djangokit.sealed import key_ring
from jiangxue.enrolment.rules.applications import Draft
from scripts.bench.place import AdminConnection
from scripts.bench_reports.waiting import STATEMENTS

SCHOOLS, LESSONS, A_CLASS, DAYS = 40, 8, 50, 10
LESSON_MS = 2_700_000
ADMINISTRATED = 42
"""A class of the institution whose administrator looks at pages, and the application from which it came."""
_CONTENT = CourseContent(Facts("课程", special_ability="砖雕"))
_DRAFT = Draft(resources="x" * 5_000)
_BEFORE = "SET session_replication_role = replica"
_STATEMENTS = """
INSERT INTO organisations_region VALUES ('44', '广东省'), ('4401', '广州市'), ('4403', '深圳市') ON CONFLICT DO NOTHING;
INSERT INTO organisations_region SELECT code, '区县 ' || code FROM unnest(ARRAY['440103', '440104', '440106', '440303', '440304']) AS code
    ON CONFLICT DO NOTHING;
INSERT INTO organisations_organisation (id, kind, name, region_id, address, contact, telephone)
    SELECT n, 'institution', '培训学校 ' || n, (ARRAY['440103', '440104', '440106', '440303', '440304'])[1 + n % 5], '', '', ''
    FROM generate_series(1, {schools}) AS n;
INSERT INTO accounts_account (id, password, last_login, login_name, name, is_active, created_at, password_changed_at)
    SELECT n, '', NULL, 'person' || n, (ARRAY['王', '李', '张', '刘', '陈'])[1 + n % 5] || '小' || (ARRAY['明', '红', '强', '梅'])[1 + n % 4],
        true, now(), now()
    FROM generate_series(1, {learners} + {schools}) AS n;
INSERT INTO courseware_course (id, institution_id, title, summary, level, special_ability, project_type, basis_name, basis_code,
        basis_edition, target_group, entry_conditions, goals, methods, materials, online_hours, live_hours, practice_hours, fee, free_for,
        supplier, is_imported)
    SELECT n, n, '课程 ' || n, '', 'five', '', 'project', '', '', '', '', '', '', '', '', 800, 0, 0, 'paid', '{{}}', '', false
    FROM generate_series(1, {schools}) AS n;
INSERT INTO courseware_courseversion (id, course_id, serial, title, content, sha256, occupation_code, occupation_name, level, fee, hours,
        submitted_at, state, published_at, review_due_on)
    SELECT n, n, 1, '课程 ' || n,
        {content}::jsonb || jsonb_build_object('facts', {content}::jsonb -> 'facts' || jsonb_build_object(
            'project_type', (ARRAY['project', 'on_the_job', 'skill_level'])[1 + n % 3], 'summary', repeat(md5(n::text), 600))),
        repeat('0', 64), '6-31-01-0' || 1 + n % 6, '职业 ' || 1 + n % 6, (ARRAY['five', 'four', 'three'])[1 + n % 3], 'paid', 800, now(),
        'published', now(), current_date + 300
    FROM generate_series(1, {schools}) AS n;
INSERT INTO courseware_module (id, course_id, position, title) SELECT n, n, 1, '第一章' FROM generate_series(1, {schools}) AS n;
INSERT INTO courseware_media (id, kind, folder, key_name, length_ms, page_sizes, captions, captions_sha256, has_poster, sha256,
        source_sha256, report)
    SELECT n, 'video', 'films/' || n, '', {lesson_ms}, '[]', '', '', false, repeat('0', 64), '', '{{}}'
    FROM generate_series(1, {schools} * {lessons}) AS n;
INSERT INTO courseware_lesson (id, course_id, module_id, position, title, draft_title, media_id)
    SELECT n, 1 + (n - 1) / {lessons}, 1 + (n - 1) / {lessons}, 1 + (n - 1) % {lessons}, '第 ' || n || ' 课', '', n
    FROM generate_series(1, {schools} * {lessons}) AS n;
INSERT INTO courseware_versionlesson (version_id, lesson_id, module_position, module_title, position, title, captions, question_ids,
        test_questions)
    SELECT course_id, id, 1, '第一章', position, title, '', '{{}}', 0 FROM courseware_lesson;
INSERT INTO enrolment_trainingclass (id, institution_id, course_id, version_id, head_teacher_id, code, name, opens_on, closes_on)
    SELECT n, 1 + n % {schools}, 1 + n % {schools}, 1 + n % {schools}, {learners} + 1 + n % {schools}, 'B' || n, '第 ' || n || ' 班',
        current_date - n % 365, current_date - n % 365 + 59
    FROM generate_series(1, {learners} / {a_class}) AS n;
INSERT INTO enrolment_enrolment (id, training_class_id, learner_id, aid, enrolled_at, left_at, "group", education, domicile, employer,
        employer_uscc)
    SELECT n, 1 + (n - 1) / {a_class}, n, gen_random_uuid(), now() - n % 365 * interval '1 day',
        CASE WHEN n % 40 = 0 THEN now() END,
        (ARRAY['graduates', 'migrant_workers', 'unemployed', 'veterans', 'lifted_out_of_poverty', 'hard_to_employ', ''])[1 + n % 7], '',
        '440103', '', ''
    FROM generate_series(1, {learners}) AS n;
INSERT INTO reporting_placestanding (enrolment_id, lessons, done)
    SELECT id, {lessons}, least({lessons}, id % ({lessons} + 3)) FROM enrolment_enrolment;
INSERT INTO learning_lessonprogress (enrolment_id, lesson_id, reached_ms, confirmed_ms, page_ms, updated_at)
    SELECT place.id, taught.lesson_id, {lesson_ms}, {lesson_ms}, 0, now()
    FROM enrolment_enrolment AS place JOIN enrolment_trainingclass AS class ON class.id = place.training_class_id
    JOIN courseware_versionlesson AS taught ON taught.version_id = class.version_id
    WHERE taught.position <= place.id % ({lessons} + 3);
CREATE UNLOGGED TABLE bench_day AS
    SELECT place.id AS place_id, place.learner_id, place.training_class_id, class.opens_on + (i * 5 + place.id % 5)::integer AS day, i,
        gen_random_uuid() AS session_id,
        (class.opens_on + (i * 5 + place.id % 5)::integer + time '09:00' + place.id % 600 * interval '1 minute') AT TIME ZONE 'Asia/Shanghai' AS at,
        2100000 + (place.id * 7919 + i * 104729) % 600000 AS credited,
        jsonb_build_object('paused', 20000 + place.id % 90000, (ARRAY['silent', 'hidden', 'jumped', 'repeat'])[1 + (place.id + i) % 4],
            5000 + i * 1000) || CASE WHEN (place.id + i) % 12 = 0 THEN '{{"missed_check": 420000}}' ELSE '{{}}' END::jsonb AS refused,
        1 + (class.version_id - 1) * {lessons} + i % {lessons} AS lesson_id
    FROM enrolment_enrolment AS place JOIN enrolment_trainingclass AS class ON class.id = place.training_class_id
    CROSS JOIN generate_series(0, {days} - 1) AS i;
INSERT INTO learning_daytotal (learner_id, training_class_id, day, credited_ms, confirmed_ms, corrected_ms, refused_ms)
    SELECT learner_id, training_class_id, day, credited, credited - (place_id + i) % 300000, CASE WHEN place_id % 97 = 0 THEN 60000 ELSE 0 END,
        refused
    FROM bench_day ORDER BY day, place_id;
INSERT INTO learning_studysession (id, learner_id, enrolment_id, lesson_id, key_name, "window", device, address, opened_at, opening, policy,
        policy_versions, class_closes_at, closed_at, end_reason, sealings, sealed_n, sealed_at, sealed_state)
    SELECT session_id, learner_id, place_id, lesson_id, '', repeat('0', 32), '电脑 · Chrome', '198.51.100.7', at, '{{"length_ms": 2700000}}',
        jsonb_build_object('values', repeat('x', 600)), '{{1}}', at + interval '60 days', at + interval '45 minutes',
        (ARRAY['by_learner', 'finished', 'silent', 'missed_check'])[1 + (place_id + i) % 4], 1, 90, at + interval '45 minutes',
        '{{"reached_ms": 2700000}}'
    FROM bench_day ORDER BY at;
INSERT INTO learning_segment (session_id, sealing, day, first_n, last_n, start, after, beats, credited_ms, refused_ms, stretches)
    SELECT session_id, 1, day, 1, 90, '{{"reached_ms": 0}}', '{{"reached_ms": 2700000}}', decode(repeat('00', 300), 'hex'), credited, refused,
        '[[0, 1, null]]'
    FROM bench_day ORDER BY at;
INSERT INTO learning_check (id, learner_id, session_id, kind, drawn_ms, asked_at, expires_at, prompt, nonce, wrong_presses, outcome,
        settled_at, confirmed_ms, voided_ms, trigger)
    SELECT gen_random_uuid(), learner_id, session_id, CASE WHEN (place_id + i) % 3 = 0 THEN 'face' ELSE 'confirm' END, 900000,
        at + interval '15 minutes', at + interval '16 minutes', '{{"text": "您还在学习吗？"}}', '', 0,
        (ARRAY['passed', 'passed', 'passed', 'passed', 'passed', 'passed', 'passed', 'passed', 'passed', 'missed', 'failed', 'unavailable'])
            [1 + (place_id + i) % 12],
        at + interval '15 minutes', 900000, 0, ''
    FROM bench_day ORDER BY at;
INSERT INTO learning_verdict (segment_id, check_id, kind, ms, stretches, at)
    SELECT segment.id, asked.id, 'confirmed', day.credited - (day.place_id + day.i) % 300000, '[[0, 1]]', day.at
    FROM bench_day AS day JOIN learning_segment AS segment ON segment.session_id = day.session_id
    JOIN learning_check AS asked ON asked.session_id = day.session_id;
INSERT INTO rating_courserating (enrolment_id, course_id, version_id, stars, comment, serial, rated_at, standing, was_hidden, reason)
    SELECT place.id, class.course_id, class.version_id, 1 + place.id % 5, '', 1, now(), 'shown', false, ''
    FROM enrolment_enrolment AS place JOIN enrolment_trainingclass AS class ON class.id = place.training_class_id WHERE place.id % 5 = 0;
INSERT INTO audit_auditentry (at, actor_id, role, action, object_kind, object_id, result, address)
    SELECT at, learner_id, 'learner', 'sign_in', '', '', 'done', NULL FROM bench_day ORDER BY at;
DROP TABLE bench_day;
"""


@dataclass(frozen=True)
class Size:
    """How much the bench holds."""

    learners: int

    @property
    def records(self) -> int:
        """Return how many sessions they have had."""
        return self.learners * DAYS


def fill(connection: AdminConnection, size: Size) -> Iterator[str]:
    """Fill an empty database, naming each table before it is filled, and leave it analysed."""
    values = {
        "content": f"'{json.dumps(_CONTENT.to_values())}'", "draft": f"'{json.dumps(_DRAFT.to_values())}'", "schools": SCHOOLS, "lessons": LESSONS, "lesson_ms": LESSON_MS, "a_class": A_CLASS, "days": DAYS, "learners": size.learners,
    }  # fmt: skip
    connection.autocommit = True
    connection.execute(_BEFORE)
    for statement in (_STATEMENTS + STATEMENTS).format(**values).split(";\n"):
        words = statement.split()
        if words:
            yield " ".join(words[:3])
            connection.execute(statement.encode())
    yield "identities"
    _identify(connection, size.learners)
    _seal_roster(connection)
    yield "VACUUM ANALYZE"
    connection.execute("VACUUM ANALYZE")


def _identify(connection: AdminConnection, learners: int) -> None:
    ring = key_ring()
    columns = "account_id, id_type, id_number, id_number_index, sex, born_in"
    with connection.cursor() as cursor, cursor.copy(f"COPY accounts_identity ({columns}) FROM STDIN") as copy:
        for account in range(1, learners + 1):
            year, month = 1964 + account % 45, 1 + account % 12
            number = f"440103{year}{month:02d}15{account % 1000:03d}"
            sealed = ring.seal((number + check_digit(number)).encode(), f"accounts_identity.id_number:{account}")
            sex = "male" if account % 2 else "female"
            copy.write_row((account, "resident", sealed, account.to_bytes(16, "big"), sex, f"{year}-{month:02d}-01"))


def _seal_roster(connection: AdminConnection) -> None:
    """Seal the numbers of the one roster that a page shows."""
    ring = key_ring()
    rows = connection.execute("SELECT id FROM enrolment_rosterentry WHERE opening_id = %s", [ADMINISTRATED]).fetchall()
    for (entry,) in rows:
        sealed = ring.seal(b"11010519491231002X", f"enrolment_rosterentry.id_number:{entry}")
        connection.execute("UPDATE enrolment_rosterentry SET id_number = %s WHERE id = %s", [sealed, entry])
