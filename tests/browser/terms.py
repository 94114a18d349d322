"""Archives over their time, held, closed and listed, as rows for the browser's pages."""

from datetime import timedelta

from jiangxue.archive.models import RetentionRun
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from tests.browser.site import Site
from tests.factories import people, retention
from tests.factories.classes import Classroom, classroom

LONG_NAME = "阿依古丽·买买提江·阿卜杜热合曼"
LONG_CLASS = "由省级人力资源和社会保障行政主管部门与各地级以上市共同举办的职业技能提升行动低压电工安全操作技能培训二〇一九年度第十二期"
LONG_REASON = (
    "省厅来函：结合二〇二六年度职业技能提升行动资金绩效评价，对本市低压电工培训班开展专项核查，核查期间全部电子档案不得删除；核查预计持续至明年第二季度，结束后另行通知。"
    * 2
)


def administrator(role: Role, name: str = "欧阳慧敏") -> str:
    """Return the login name of an administrator whom nobody else uses."""
    return people.account((role, None), now=MachineClock().now() - timedelta(days=1), name=name).login_name


def authority_above(site: Site) -> str:
    """Return the login name of a supervisor of the region of the site's class."""
    now = MachineClock().now()
    region = TrainingClass.objects.select_related("institution").get(pk=site.class_id).institution.region_id
    authority, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.AUTHORITY, name="市人社局", defaults={"region_id": region}
    )
    return people.account((Role.SUPERVISOR, authority.pk), now=now - timedelta(days=1), name="周正").login_name


def place_of(site: Site, login_name: str) -> Enrolment:
    """Return the place of a learner in the site's class."""
    places = Enrolment.objects.select_related("learner", "training_class")
    return places.get(learner__login_name=login_name, training_class_id=site.class_id)


def waiting_run(rooms: int = 3) -> RetentionRun:
    """Replace whatever run waits by one that lists some archives of long names."""
    now = MachineClock().now()
    RetentionRun.objects.filter(finished_at=None).update(finished_at=now)
    made = retention.run(now, reported_by=people.account((Role.SYSTEM_ADMINISTRATOR, None), now=now, name="诸葛明"))
    for _ in range(rooms):
        retention.listed(made, _room(), now)
    return made


def finished_run() -> RetentionRun:
    """Add a run in which archives were kept for each reason."""
    now = MachineClock().now()
    by = people.account((Role.SECURITY_ADMINISTRATOR, None), now=now, name="司马光")
    made = retention.run(now, confirmed_by=by, confirmed_at=now, finished_at=now)
    for facts in ({"kept_because": "held"}, {"kept_because": "not_due"}, {"kept_because": "tied"}):
        retention.listed(made, _room(), now, **facts)
    retention.listed(made, _room(), now, announced_at=now, erased_at=now)
    return made


def _room() -> Classroom:
    made = classroom(MachineClock().now())
    TrainingClass.objects.filter(pk=made.training_class.pk).update(name=LONG_CLASS)
    type(made.learner).objects.filter(pk=made.learner.pk).update(name=LONG_NAME)
    return made
