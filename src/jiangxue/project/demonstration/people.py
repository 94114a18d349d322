"""The people of the demonstration: invented names, numbers that only look real."""

from dataclasses import dataclass

from jiangxue.accounts.rules.identifiers import check_digit
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.rules.papers import PaperKind
from jiangxue.ui.roles import ROLE_LABELS

PASSWORD = "Jiangxue2026"  # noqa: S105  (for the demonstration's invented people, printed at each start)
INSTITUTION_NAME = "羊城职业技能培训学校（演示）"
CENTRE_NAME = "岭南技工职业培训中心（演示）"
ENTERPRISE_NAME = "珠江酒家有限公司（演示）"
AUTHORITY_NAME = "广州市人力资源和社会保障局（演示）"
PROVINCE_NAME = "广东省人力资源和社会保障厅（演示）"
FOSHAN_NAME = "佛山市人力资源和社会保障局（演示）"
DISTRICT_NAME = "越秀区人力资源和社会保障局（演示）"
REGIONS = {
    "44": "广东省",
    "4401": "广州市",
    "440104": "越秀区",
    "440106": "天河区",
    "4406": "佛山市",
    "440604": "禅城区",
}


@dataclass(frozen=True, slots=True)
class Founded:
    """An organisation of the demonstration; the first 17 characters of its unified social credit code, none for an authority."""

    name: str
    kind: str
    region: str
    uscc: str = ""


ORGANISATIONS = (
    Founded(PROVINCE_NAME, "authority", "44"),
    Founded(AUTHORITY_NAME, "authority", "4401"),
    Founded(FOSHAN_NAME, "authority", "4406"),
    Founded(DISTRICT_NAME, "authority", "440104"),
    Founded(INSTITUTION_NAME, "institution", "440104", "52440100DEM000001"),
    Founded(CENTRE_NAME, "institution", "440604", "52440600DEM000002"),
    Founded(ENTERPRISE_NAME, "enterprise", "440106", "91440106DEM000003"),
)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One account of staff and the roles it holds, in which organisation, empty for the platform's own; who reviews for an institution is told apart from the platform's reviewers."""

    login_name: str
    name: str
    roles: tuple[Role, ...]
    organisation: str = ""

    @property
    def reviews_own(self) -> bool:
        """Say whether somebody reviews for an institution."""
        return Role.REVIEWER in self.roles and bool(self.organisation)

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the roles as people read them."""
        reviewer = "机构审核员" if self.reviews_own else "平台审核员"
        return tuple(reviewer if role is Role.REVIEWER else str(ROLE_LABELS[role]) for role in self.roles)


STAFF = (
    StaffMember("teacher", "何伟强", (Role.TEACHER,), INSTITUTION_NAME),
    StaffMember("headteacher", "陈敏仪", (Role.HEAD_TEACHER, Role.TEACHER), INSTITUTION_NAME),
    StaffMember("editor", "林晓彤", (Role.COURSE_EDITOR,), INSTITUTION_NAME),
    StaffMember("institution", "梁国栋", (Role.INSTITUTION_ADMINISTRATOR,), INSTITUTION_NAME),
    StaffMember("institution2", "罗雅琴", (Role.INSTITUTION_ADMINISTRATOR,), INSTITUTION_NAME),
    StaffMember("ownreviewer", "谢佩珊", (Role.REVIEWER,), INSTITUTION_NAME),
    StaffMember("lingnan.head", "区伟业", (Role.HEAD_TEACHER, Role.TEACHER), CENTRE_NAME),
    StaffMember("lingnan.editor", "霍美仪", (Role.COURSE_EDITOR,), CENTRE_NAME),
    StaffMember("lingnan", "关志雄", (Role.INSTITUTION_ADMINISTRATOR,), CENTRE_NAME),
    StaffMember("lingnan.reviewer", "招玉贞", (Role.REVIEWER,), CENTRE_NAME),
    StaffMember("zhujiang.head", "丘海东", (Role.HEAD_TEACHER, Role.TEACHER), ENTERPRISE_NAME),
    StaffMember("zhujiang.editor", "莫少芳", (Role.COURSE_EDITOR,), ENTERPRISE_NAME),
    StaffMember("zhujiang", "伦建平", (Role.INSTITUTION_ADMINISTRATOR,), ENTERPRISE_NAME),
    StaffMember("zhujiang.reviewer", "简月娥", (Role.REVIEWER,), ENTERPRISE_NAME),
    StaffMember("reviewer", "黄淑贞", (Role.REVIEWER,)),
    StaffMember("reviewer2", "郭志明", (Role.REVIEWER,)),
    StaffMember("supervisor", "周建业", (Role.SUPERVISOR,), AUTHORITY_NAME),
    StaffMember("supervisor2", "许文静", (Role.SUPERVISOR,), AUTHORITY_NAME),
    StaffMember("foshan", "潘惠明", (Role.SUPERVISOR,), FOSHAN_NAME),
    StaffMember("district", "麦婉华", (Role.SUPERVISOR,), DISTRICT_NAME),
    StaffMember("province", "卢绍文", (Role.SUPERVISOR,), PROVINCE_NAME),
    StaffMember("system", "吴文浩", (Role.SYSTEM_ADMINISTRATOR,)),
    StaffMember("security", "郑海燕", (Role.SECURITY_ADMINISTRATOR,)),
    StaffMember("auditor", "冯启明", (Role.AUDIT_ADMINISTRATOR,)),
)

PAPERS = {
    "institution": (
        (PaperKind.BUSINESS_LICENCE, "52440100DEM0001", "广州市民政局", None),
        (PaperKind.TRAINING_LICENCE, "人社民 4401047000001", "越秀区人力资源和社会保障局", 41),
        (PaperKind.CREDIT_CHECK, "XY-2026-0301", "信用广东", 300),
    ),
    "lingnan": (
        (PaperKind.BUSINESS_LICENCE, "52440600DEM0002", "佛山市民政局", None),
        (PaperKind.TRAINING_LICENCE, "人社民 4406047000002", "禅城区人力资源和社会保障局", -3),
    ),
    "zhujiang": ((PaperKind.BUSINESS_LICENCE, "91440106DEM0003", "天河区市场监督管理局", None),),
}
"""What the institutions have on file, by their administrators: kind, number, issuer, and for how many days still (None: without end)."""

LEARNER_NAMES = (
    "李小明", "王秀英", "张伟", "刘洋", "陈杰", "杨丽华", "赵强", "黄志勇", "周婷", "吴桂芳",
    "徐浩然", "孙玉兰", "胡建国", "朱晓燕", "高峰", "林美玲", "何俊", "郭子豪", "马晓东", "罗丹",
    "梁志伟", "宋佳", "郑敏", "谢海波", "韩雪", "唐文静", "冯磊", "欧阳慧敏", "司徒伟明", "阿依古丽·买买提江",
)  # fmt: skip

UNDECIDED_LEARNER = 4
"""Who has not yet been asked for consent, by the number of the login name: so that this can be tried."""


def id_number(serial: int) -> str:
    """Return an identity number with a right check digit; birth dates spread over the working ages."""
    born = f"{1968 + serial % 38}{serial % 12 + 1:02d}{serial % 28 + 1:02d}"
    first_17 = f"440104{born}{serial:03d}"
    return first_17 + check_digit(first_17)


def phone(serial: int) -> str:
    """Return a phone number of the right shape."""
    return f"1380000{serial:04d}"


def learner_login(serial: int) -> str:
    """Return the login name of a learner, the first being learner01."""
    return f"learner{serial:02d}"
