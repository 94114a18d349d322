"""Counting what is worth a look (异常线索) in classes, so that an overview of a region need not look at every session of it. Clause M6."""

from datetime import timedelta

from jiangxue.enrolment.queries.by_day import classes_open_on
from jiangxue.kernel.clock import Clock, learning_day
from jiangxue.learning.queries.anomalies import anomalies_in
from jiangxue.learning.queries.periods import week_until
from jiangxue.supervision.models import WorthALook


def count_worth_a_look(*, clock: Clock) -> int:
    """Count for each class that runs, or did in the last seven days, what its page shows for them; return for how many classes."""
    today = learning_day(clock.now())
    week = week_until(today)
    running = {each.pk: each for day in (week.first, today) for each in classes_open_on(day)}
    for training_class in running.values():
        now = clock.now()
        found = anomalies_in(training_class, week, now)
        counted = {"until": today, "to_look_at": sum(not each.is_note for each in found), "counted_at": now}
        WorthALook.objects.update_or_create(training_class_id=training_class.pk, defaults=counted)
    WorthALook.objects.filter(until__lt=today - timedelta(days=1)).delete()
    return len(running)
