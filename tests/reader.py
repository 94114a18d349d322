"""A person who reads a check-in: its Chinese words alone say which option to press. Knows nothing of how it was made. Clause T2.6."""

import re
from collections.abc import Sequence

NAMED = (
    re.compile(r"请点选「(?P<name>[^「」]+)」。"),
    re.compile(r"下面哪一个写着「(?P<name>[^「」]+)」？请点它。"),
    re.compile(r"请找到「(?P<name>[^「」]+)」并点一下。"),
    re.compile(r"要继续学习，请点「(?P<name>[^「」]+)」。"),
)
SUM = re.compile(r"(?P<first>\d+) \+ (?P<second>\d+) 等于多少？")
ONE_OF_A_GROUP = re.compile(r"下面哪一个是(?P<group>[^？]+)？")
GROUPS = {
    "工具": {"锤子", "螺丝刀", "扳手", "钳子", "锯子"},
    "水果": {"苹果", "香蕉", "葡萄", "西瓜", "桃子"},
    "动物": {"马", "兔子", "老虎", "金鱼", "燕子"},
    "交通工具": {"自行车", "公共汽车", "火车", "轮船", "飞机"},
    "家具": {"桌子", "椅子", "床", "衣柜", "书架"},
}


def pressed(text: str, options: Sequence[str]) -> int:
    """Return the place of the one option that the words ask for; a person must find exactly one."""
    asked_for = _asked_for(text)
    fitting = [at for at, option in enumerate(options) if option in asked_for]
    assert len(fitting) == 1, (text, options)
    return fitting[0]


def _asked_for(text: str) -> set[str]:
    for wording in NAMED:
        if found := wording.fullmatch(text):
            return {found["name"]}
    if found := SUM.fullmatch(text):
        return {str(int(found["first"]) + int(found["second"]))}
    found = ONE_OF_A_GROUP.fullmatch(text)
    assert found, text
    return GROUPS[found["group"]]
