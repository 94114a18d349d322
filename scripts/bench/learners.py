"""Fills the bench's database with learners in classes, and opens a session for each, as `learning.services.opening` would."""

import json
import time

import psycopg

from jiangxue.kernel import crypto
from jiangxue.kernel.clock import from_ms
from jiangxue.learning.rules.days import day_of
from jiangxue.learning.rules.sequence import FIRST_TAG
from scripts.bench.place import AdminConnection, Place
from scripts.terminal import say

FIRST_ID = 1_000_000
"""Learner number 0 has this id, as account and as enrolment; ids below come from the sequences."""
CLASS_SIZE = 50
LESSONS = 24
LESSON_MS = 8 * 3_600_000
"""Longer than the day's cap: nobody finishes while the bench runs."""
SEALED_AFTER_MS = 270_000

_WORLD = """
INSERT INTO organisations_region VALUES ('440104', '越秀区') ON CONFLICT DO NOTHING;
INSERT INTO organisations_organisation (id, kind, name, region_id, address, contact, telephone) OVERRIDING SYSTEM VALUE
    VALUES (1000000, 'institution', '压力测试培训学校', '440104', '', '', '');
INSERT INTO courseware_course (
    id, institution_id, title, summary, level, special_ability, project_type, basis_name, basis_code, basis_edition,
    target_group, entry_conditions, goals, methods, materials, online_hours, live_hours, practice_hours, fee, free_for,
    supplier, is_imported
) OVERRIDING SYSTEM VALUE
    VALUES (1000000, 1000000, '低压电工安全操作基础', '', '', '', '', '', '', '', '', '', '', '', '', 0, 0, 0, 'paid', '{}', '', false);
INSERT INTO courseware_courseversion (
    id, course_id, serial, title, content, sha256, submitted_at, state, published_at, review_due_on,
    occupation_code, occupation_name, level, fee, hours
) OVERRIDING SYSTEM VALUE
    VALUES (1000000, 1000000, 1, '低压电工安全操作基础', '{}', repeat('0', 64), now(), 'published', now(), current_date + 365,
        '', '', '', 'paid', 0);
INSERT INTO courseware_module (id, course_id, position, title) OVERRIDING SYSTEM VALUE
    SELECT 1000000 + i, 1000000, i, '第' || i || '章' FROM generate_series(1, 3) i;
INSERT INTO courseware_media (
    id, kind, folder, key_name, length_ms, page_sizes, captions, captions_sha256, has_poster, sha256, source_sha256, report
) OVERRIDING SYSTEM VALUE
    SELECT 1000000 + i, 'video', 'bench/' || i, repeat('0', 32), %(lesson_ms)s, '[]', '', '', false, repeat('0', 64), '', '{}' FROM generate_series(0, %(lessons)s - 1) i;
INSERT INTO courseware_lesson (id, course_id, module_id, position, title, draft_title, media_id) OVERRIDING SYSTEM VALUE
    SELECT 1000000 + i, 1000000, 1000001 + i %% 3, i / 3, '第 ' || i || ' 课', '第 ' || i || ' 课', 1000000 + i
    FROM generate_series(0, %(lessons)s - 1) i;
INSERT INTO courseware_versionlesson (
    version_id, lesson_id, module_position, module_title, position, title, captions, question_ids, test_questions
)
    SELECT 1000000, id, module_id - 1000000, '第' || (module_id - 1000000) || '章', position, title, '', '{}', 0
    FROM courseware_lesson WHERE course_id = 1000000;
INSERT INTO accounts_account (id, password, login_name, name, is_active, created_at, password_changed_at)
    OVERRIDING SYSTEM VALUE
    SELECT 1000000 + i, '!', 'bench' || i, '学员' || i, true, now(), now() FROM generate_series(-1, %(learners)s - 1) i;
INSERT INTO accounts_membership (account_id, role, organisation_id)
    SELECT 999999, 'head_teacher', 1000000
    UNION ALL SELECT 1000000 + i, 'learner', NULL FROM generate_series(0, %(learners)s - 1) i;
INSERT INTO enrolment_trainingclass (
    id, institution_id, course_id, version_id, head_teacher_id, code, name, opens_on, closes_on
) OVERRIDING SYSTEM VALUE
    SELECT 1000000 + i, 1000000, 1000000, 1000000, 999999, 'BENCH-' || i, '低压电工 ' || i || ' 班',
        current_date - 30, current_date + 60
    FROM generate_series(0, (%(learners)s - 1) / %(class_size)s) i;
INSERT INTO enrolment_enrolment (
    id, training_class_id, learner_id, aid, enrolled_at, "group", education, domicile, employer, employer_uscc
) OVERRIDING SYSTEM VALUE
    SELECT 1000000 + i, 1000000 + i / %(class_size)s, 1000000 + i, gen_random_uuid(), now(), '', '', '', '', ''
    FROM generate_series(0, %(learners)s - 1) i;
"""
_CLOSE = """
UPDATE learning_studysession s SET closed_at = greatest(s.opened_at, %(opened_at)s), end_reason = 'reopened'
WHERE closed_at IS NULL
"""
_SESSIONS = """
INSERT INTO learning_studysession (
    id, learner_id, enrolment_id, lesson_id, key_name, "window", device, address, opened_at, opening, policy, policy_versions,
    valid_until, class_closes_at, closed_at, end_reason, sealings, sealed_n, sealed_at, sealed_state
)
SELECT left(encode(sha256((%(run)s || ':' || i)::bytea), 'hex'), 32)::uuid, 1000000 + i, e.id, 1000000, repeat('0', 32),
    lpad(to_hex(i), 32, '0'), '电脑 · Chrome', '127.0.0.1', %(opened_at)s, %(opening)s, p.values, ARRAY[p.id], NULL,
    (c.closes_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', NULL, '', 0, 0, %(opened_at)s - i * %(unsealed_ms)s / %(learners)s * interval '1 ms', %(opening)s
FROM generate_series(0, %(learners)s - 1) i
JOIN enrolment_enrolment e ON e.id = 1000000 + i
JOIN enrolment_trainingclass c ON c.id = e.training_class_id
CROSS JOIN (SELECT * FROM policies_policyversion WHERE scope = 'platform' ORDER BY valid_from DESC LIMIT 1) p
"""
_LEASES = """
INSERT INTO learning_lease (
    learner_id, session_id, n, tag, nonce, answer, beat_at_ms, carry_ms, carry_reason, reached_ms, length_ms, balances,
    paused_since_ms, jumped_at_ms, event_at_ms, next_due_ms, close_due_ms, end_reason
)
SELECT learner_id, id, 0, %(first_tag)s, left(encode(sha256(('nonce:' || replace(id::text, '-', ''))::bytea), 'hex'), 16),
    '', %(opened_ms)s, 0, 'paused', 0, %(lesson_ms)s, opening->'balances', NULL, '{}', '{}',
    %(opened_ms)s + (policy->>'beat_ms')::bigint, %(opened_ms)s + (policy->>'silent_close_ms')::bigint, ''
FROM learning_studysession WHERE closed_at IS NULL
ON CONFLICT (learner_id) DO UPDATE SET
    session_id = excluded.session_id, n = 0, tag = excluded.tag, nonce = excluded.nonce, answer = '',
    beat_at_ms = excluded.beat_at_ms, carry_ms = 0, carry_reason = 'paused', reached_ms = 0,
    length_ms = excluded.length_ms, balances = excluded.balances, paused_since_ms = NULL, jumped_at_ms = '{}',
    event_at_ms = '{}', next_due_ms = excluded.next_due_ms, close_due_ms = excluded.close_due_ms, end_reason = ''
"""


def make_learners(place: Place, learners: int) -> None:
    """Make an institution, its course, its classes and everybody in them."""
    say(f"Making {learners:,} learners in classes of {CLASS_SIZE}.")
    values = {"learners": learners, "lessons": LESSONS, "lesson_ms": LESSON_MS, "class_size": CLASS_SIZE}
    with place.admin() as connection, psycopg.ClientCursor(connection) as cursor:
        cursor.execute(_WORLD, values)
        _give_archive_keys(connection, bytes.fromhex(place.keys["seal_key"]))
        cursor.execute("ANALYZE")


def _give_archive_keys(connection: AdminConnection, seal_key: bytes) -> None:
    """Give each learner's archive the key without which nothing of it can be sealed, as `ledger.services` would."""
    ring = crypto.KeyRing({1: seal_key}, 1)
    aids = connection.execute("SELECT aid FROM enrolment_enrolment").fetchall()
    with connection.cursor() as cursor, cursor.copy("COPY ledger_subjectkey (aid, sealed_key) FROM STDIN") as copy:
        for (aid,) in aids:
            copy.write_row((aid, ring.seal(crypto.new_key(), f"subject_key:{aid}")))


def open_sessions(place: Place, run: str, learners: int, *, unsealed_ms: int = SEALED_AFTER_MS) -> int:
    """Open one session for each of the first learners, all at the same moment, and return that moment in ms since 1970.

    Sessions that were open are closed as in an opening in the same window; they are not sealed. The sealer believes that the new
    ones have waited for it, from not at all to `unsealed_ms`, so that it is at work in a short run as it is in the middle of a day.
    """
    opened_ms = time.time_ns() // 1_000_000
    opening = {
        "beat_at_ms": opened_ms,
        "reached_ms": 0,
        "length_ms": LESSON_MS,
        "balances": [[day_of(opened_ms), 0, 0]],
    }
    with place.admin() as connection:
        with connection.transaction():
            values = {
                "run": run,
                "learners": learners,
                "opened_at": from_ms(opened_ms),
                "opened_ms": opened_ms,
                "unsealed_ms": float(unsealed_ms),
                "opening": json.dumps(opening),
                "first_tag": FIRST_TAG,
                "lesson_ms": LESSON_MS,
            }
            for statement in (_CLOSE, _SESSIONS, _LEASES):
                connection.execute(statement, values)
        for statement in ("VACUUM (ANALYZE) learning_lease", "ANALYZE learning_studysession", "CHECKPOINT"):
            connection.execute(statement)
    return opened_ms
