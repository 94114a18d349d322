"""Leading sessions that run over to rules made meanwhile. Clause T2.5."""

from datetime import datetime

from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import Coalesce, Least

from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.clock import to_ms
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.rules.closing import RENEWAL_MS
from jiangxue.policies.rules.reach import Reach, Scope


@as_program()
def renew_running(reach: Reach, version_id: int, begins_at: datetime) -> int:
    """Let the sessions that run where a version was made renew when it begins, unless they know it; return how many there were.

    The beat that comes then is still judged by the old rules, and answered `renew`. The lease says so, because what a session was
    opened with never changes. To be called in the transaction that makes the version.
    """
    running = StudySession.objects.filter(_in(reach), closed_at=None).exclude(policy_versions__contains=[version_id])
    begins = Value(to_ms(begins_at), output_field=BigIntegerField())
    closes = Value(to_ms(begins_at) + RENEWAL_MS, output_field=BigIntegerField())
    return Lease.objects.filter(session__in=running, end_reason="").update(
        renew_at_ms=Least(Coalesce(F("renew_at_ms"), begins), begins),
        close_due_ms=Least(F("close_due_ms"), closes),
    )


def _in(reach: Reach) -> Q:
    match reach.own.scope:
        case Scope.PLATFORM:
            return Q()
        case Scope.REGION:
            return Q(enrolment__training_class__institution__region__code__startswith=reach.region)
        case Scope.INSTITUTION:
            return Q(enrolment__training_class__institution_id=reach.institution_id)
        case Scope.TRAINING_CLASS:
            return Q(enrolment__training_class_id=reach.class_id)
