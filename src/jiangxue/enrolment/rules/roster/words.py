"""Words of lists in the spellings that people use: documents, groups, education. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.courseware.rules.content import PriorityGroup
from jiangxue.enrolment.rules.background import Education
from jiangxue.enrolment.rules.roster.cells import word_in

NOTHING = frozenset(
    [
        "",
        "无",
        "否",
        "没有",
        "其他",
        "其它",
        "其他人员",
        "普通人员",
        "一般人员",
        "不属于",
        "不详",
        "未知",
        "空",
        "/",
        "\\",
        "—",
        "——",
        "NONE",
        "N/A",
        "#N/A",
    ]
)
"""What people write where there is nothing to say."""
ID_TYPES: Mapping[IdType, tuple[str, ...]] = {
    IdType.RESIDENT: (
        "居民身份证",
        "身份证",
        "二代身份证",
        "第二代身份证",
        "中华人民共和国居民身份证",
        "二代证",
        "公民身份证",
        "01",
        "1",
        "111",
    ),
    IdType.HK_MACAO_PERMIT: ("港澳居民来往内地通行证", "港澳通行证", "回乡证", "港澳居民通行证", "港澳来往内地通行证"),
    IdType.TAIWAN_PERMIT: ("台湾居民来往大陆通行证", "台胞证", "台湾通行证", "台湾居民通行证"),
    IdType.RESIDENCE_PERMIT: ("港澳台居民居住证", "港澳台居住证", "港澳居民居住证", "台湾居民居住证", "居住证"),
    IdType.FOREIGN_PERMANENT: ("外国人永久居留身份证", "外国人永久居留证", "永久居留身份证", "永居证", "五星卡"),
    IdType.PASSPORT: ("护照", "外国护照", "普通护照", "外国人护照", "PASSPORT"),
}
GROUPS: Mapping[PriorityGroup, tuple[str, ...]] = {
    PriorityGroup.GRADUATES: (
        "高校毕业生",
        "毕业生",
        "应届毕业生",
        "应届生",
        "应届大学生",
        "应届高校毕业生",
        "离校未就业高校毕业生",
        "毕业年度高校毕业生",
        "高校应届毕业生",
        "大学毕业生",
        "毕业学年学生",
    ),
    PriorityGroup.MIGRANT_WORKERS: (
        "农民工",
        "进城务工人员",
        "农村转移就业劳动者",
        "农村转移劳动力",
        "农村富余劳动力",
        "农村劳动力",
        "农村转移就业劳动力",
        "外来务工人员",
        "农村劳动者",
        "返乡农民工",
    ),
    PriorityGroup.UNEMPLOYED: (
        "失业人员",
        "登记失业人员",
        "城镇登记失业人员",
        "失业",
        "下岗失业人员",
        "城镇失业人员",
        "领取失业保险金人员",
    ),
    PriorityGroup.VETERANS: ("退役军人", "退伍军人", "退役士兵", "复员军人", "转业军人", "自主就业退役士兵"),
    PriorityGroup.LIFTED_OUT_OF_POVERTY: (
        "脱贫人口",
        "脱贫劳动力",
        "脱贫人员",
        "脱贫家庭劳动力",
        "建档立卡",
        "建档立卡贫困户",
        "脱贫户",
        "防止返贫监测对象",
        "贫困劳动力",
        "脱贫家庭子女",
    ),
    PriorityGroup.HARD_TO_EMPLOY: (
        "就业困难人员",
        "就业困难",
        "困难人员",
        "4050人员",
        "大龄失业人员",
        "零就业家庭成员",
        "零就业家庭",
        "低保人员",
        "城乡低保家庭成员",
    ),
    PriorityGroup.DISABLED: ("残疾人", "残疾人员", "残疾", "残障人士", "持证残疾人"),
}
EDUCATIONS: Mapping[Education, tuple[str, ...]] = {
    Education.PRIMARY: ("小学", "小学及以下", "小学毕业", "小学以下", "文盲", "小学文化"),
    Education.JUNIOR_MIDDLE: ("初中", "初级中学", "初中毕业", "初中及以下", "初中文化"),
    Education.SENIOR_MIDDLE: ("高中", "普通高中", "高级中学", "高中毕业", "高中文化"),
    Education.SECONDARY_VOCATIONAL: (
        "中专",
        "职高",
        "中职",
        "职业高中",
        "中等职业学校",
        "中等专科",
        "中等专业学校",
        "中等职业教育",
        "职业中专",
        "中专毕业",
    ),
    Education.TECHNICAL_SCHOOL: ("技校", "技工学校", "技工", "技师学院", "高级技校", "技工院校", "高级技工学校"),
    Education.JUNIOR_COLLEGE: ("大专", "专科", "大学专科", "高职", "高等职业教育", "大专毕业", "高职高专", "高等专科"),
    Education.BACHELOR: ("本科", "大学本科", "大学", "学士", "本科毕业", "全日制本科", "大学本科及以上", "本科及以上"),
    Education.MASTER: ("硕士", "硕士研究生", "研究生", "硕士学位"),
    Education.DOCTOR: ("博士", "博士研究生", "博士学位", "博士后"),
}


class UnknownWord(ValueError):
    """A cell holds none of the words that are known."""


def id_type_in(cell: str) -> IdType | None:
    """Return the kind of document that a cell names, None for an empty one; raises `UnknownWord`."""
    return _known(_ID_TYPES, cell)


def group_in(cell: str) -> PriorityGroup | None:
    """Return the group that a cell names, None where it names none; raises `UnknownWord`."""
    return _known(_GROUPS, cell)


def education_in(cell: str) -> Education | None:
    """Return the education that a cell names, None where it names none; raises `UnknownWord`."""
    return _known(_EDUCATIONS, cell)


def _spelled[Value: StrEnum](words: Mapping[Value, Iterable[str]]) -> dict[str, Value]:
    return {word_in(spelling): value for value, spellings in words.items() for spelling in spellings}


def _known[Value: StrEnum](words: Mapping[str, Value], cell: str) -> Value | None:
    word = word_in(cell)
    if word in NOTHING:
        return None
    if word not in words:
        raise UnknownWord(word)
    return words[word]


_ID_TYPES, _GROUPS, _EDUCATIONS = _spelled(ID_TYPES), _spelled(GROUPS), _spelled(EDUCATIONS)
