"""Where somebody is registered as a resident (户籍地), as a code of GB/T 2260. Pure."""

import re
from collections.abc import Mapping
from itertools import takewhile

from jiangxue.enrolment.rules.roster.cells import number_in, tidied

PROVINCES: Mapping[str, str] = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
    "71": "台湾省",
    "81": "香港特别行政区",
    "82": "澳门特别行政区",
}
_SHORT = {name[:3] if name.startswith(("内蒙古", "黑龙江")) else name[:2]: code for code, name in PROVINCES.items()}
_CODE = re.compile(r"([1-9][0-9])([0-9]{2})?([0-9]{2})?(?:[0-9]{6})?")
_ENDS = tuple("省市区县州盟旗")


def region_in(cell: str, names: Mapping[str, str]) -> str | None:
    """Return the code that a cell means, without ending zeros, None where it means none that is known; `names` are the known regions by code.

    A code counts if its province does: the table of regions need not be whole. Of names and addresses the deepest known region counts.
    """
    code = _CODE.fullmatch(number_in(cell))
    if code is not None:
        deep = "".join(takewhile(lambda part: part and part != "00", code.groups("")))
        return deep if code[1] in PROVINCES else None
    text = re.sub(r"\s", "", tidied(cell))
    begun = _province(text)
    if begun is not None:
        return _deepest(*begun, names)
    named = [(name, code) for code, name in names.items() if text.startswith(name)]
    if not named:
        return None
    name, found = max(named, key=lambda each: len(each[0]))
    return _deepest(found, text[len(name) :], names)


def _province(text: str) -> tuple[str, str] | None:
    """Return the province with which an address begins, and the rest of it."""
    for code, name in PROVINCES.items():
        if text.startswith(name):
            return code, text[len(name) :]
    for short, code in _SHORT.items():
        if text.startswith(short):
            return code, text[len(short) :].lstrip("省市")
    return None


def _deepest(code: str, rest: str, names: Mapping[str, str]) -> str:
    below = {name: each for each, name in names.items() if each.startswith(code) and len(each) > len(code)}
    for name in sorted(below, key=lambda each: (len(below[each]), -len(each))):
        short = name[:-1] if name.endswith(_ENDS) else name
        if rest.startswith(name) or (len(short) > 1 and rest.startswith(short)):
            return _deepest(below[name], rest[len(name if rest.startswith(name) else short) :], names)
    return code
