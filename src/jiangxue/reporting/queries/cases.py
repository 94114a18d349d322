"""Cases (核查单) about the places of a scope, and the time that is not recognised because of them. Clauses M6, C5; docs/rules/statistics.md.

The number of a case is that of its freeze, which is all that reporting knows of it. The fragments say in SQL what `archive.rules.freezes`
says of one day; a test holds them to it.
"""

_HOLDS = """
halt.enrolment_id = place.id
AND total.day BETWEEN coalesce(halt.first_day, '-infinity') AND coalesce(halt.last_day, 'infinity')
"""
KEPT_OUT = f"""
(CASE WHEN EXISTS (
    SELECT FROM archive_freeze AS halt WHERE {_HOLDS}
        AND NOT EXISTS (SELECT FROM archive_freezeend AS over WHERE over.freeze_id = halt.id)
) THEN 'frozen' WHEN (
    SELECT total.day = ANY(said.days) FROM archive_freezeend AS said JOIN archive_freeze AS halt ON halt.id = said.freeze_id
    WHERE {_HOLDS} AND said.kind = 'decided' ORDER BY said.id DESC LIMIT 1
) THEN 'withheld' END)
"""
"""Why a learning day (`total`) of a place is not recognised, NULL if it is."""
HELD_BACK_IN = """
AND place.id IN (
    SELECT halt.enrolment_id FROM archive_freeze AS halt
    WHERE NOT EXISTS (SELECT FROM archive_freezeend AS over WHERE over.freeze_id = halt.id)
    UNION ALL SELECT halt.enrolment_id FROM archive_freezeend AS said JOIN archive_freeze AS halt ON halt.id = said.freeze_id
    WHERE said.days <> '{}'
)
"""
"""The places of which any day may be kept out; of all others there is nothing to add up."""
OPENED = """
JOIN archive_freeze AS opened ON opened.enrolment_id = place.id
LEFT JOIN archive_freezeend AS decided ON decided.freeze_id = opened.id AND decided.kind = 'decided'
LEFT JOIN archive_freezeend AS lapsed ON lapsed.freeze_id = opened.id AND lapsed.kind = 'lapsed'
"""
COUNTS = """
count(*) FILTER (WHERE decided.id IS NULL), count(decided.id), count(*) FILTER (WHERE decided.days <> '{}'),
count(lapsed.id) FILTER (WHERE decided.id IS NULL)
"""
HELD_BACK = """
coalesce(sum(total.confirmed_ms) FILTER (WHERE kept.why = 'frozen'), 0)::bigint,
coalesce(sum(total.confirmed_ms) FILTER (WHERE kept.why = 'withheld'), 0)::bigint
"""
WHY = f"CROSS JOIN LATERAL (SELECT {KEPT_OUT} AS why OFFSET 0) AS kept"
OF_A_PLACE = f"""
LEFT JOIN LATERAL (
    SELECT count(*) AS cases, count(*) FILTER (WHERE NOT EXISTS (
        SELECT FROM archive_freezeend AS decided WHERE decided.freeze_id = opened.id AND decided.kind = 'decided'
    )) AS undecided
    FROM archive_freeze AS opened WHERE opened.enrolment_id = place.id
        AND opened.placed_at >= %(first)s::date::timestamp AT TIME ZONE 'Asia/Shanghai'
        AND opened.placed_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
) AS looked ON true
LEFT JOIN LATERAL (
    SELECT sum(kept.ms) FILTER (WHERE kept.why = 'frozen')::bigint AS frozen,
        sum(kept.ms) FILTER (WHERE kept.why = 'withheld')::bigint AS withheld
    FROM (
        SELECT total.confirmed_ms AS ms, {KEPT_OUT} AS why FROM learning_daytotal AS total
        WHERE total.training_class_id = place.training_class_id AND total.learner_id = place.learner_id
            AND total.day BETWEEN %(first)s AND %(last)s
            AND EXISTS (SELECT FROM archive_freeze AS any_freeze WHERE any_freeze.enrolment_id = place.id)
    ) AS kept
) AS kept_out ON true
"""
"""The same of one place, for its row in a sheet."""
