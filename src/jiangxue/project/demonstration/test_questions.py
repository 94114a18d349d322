"""The test questions of the demonstration, by the slug of the lesson that answers them. Sample copy, as the lessons are."""

from collections.abc import Mapping, Sequence

from jiangxue.courseware.rules.content import Purpose
from jiangxue.courseware.rules.questions import QuestionDraft


def _asked(text: str, options: Sequence[str], right_index: int) -> QuestionDraft:
    return QuestionDraft(text, options, right_index, Purpose.TEST)


_CURRENT_AND_VOLTAGE = (
    _asked("触电死亡的事故，大多是哪一种伤害造成的？", ("电弧灼伤", "电击", "高处坠落", "金属溅伤"), 1),
    _asked("手上出汗、沾水以后，人体的电阻会怎样变化？", ("明显下降", "明显上升", "没有变化"), 0),
    _asked("高压线落在室外的地上，人要离开多远？", ("2 m 以上", "4 m 以上", "8 m 以上", "3 m 以上"), 2),
    _asked("给手持灯提供安全电压，电源必须是哪一种？", ("自耦变压器", "串联电阻降压", "安全隔离变压器"), 2),
)

_RESIDUAL_CURRENT = (
    _asked(
        "漏电保护器一直在比较什么？",
        ("进去的电流和回来的电流", "电压和电流", "两根相线的电压", "线路的温度"),
        0,
    ),
    _asked(
        "潮湿的场所，开关箱里漏电保护器的动作电流不大于多少？",
        ("50 mA", "30 mA", "15 mA"),
        2,
    ),
    _asked(
        "按下试验按钮，漏电保护器不跳闸，应当怎么办？",
        ("多按几次再用", "立即停用，换上合格的", "把它短接，先用着"),
        1,
    ),
    _asked(
        "“三级配电”是哪三级？",
        ("变压器、电缆、设备", "相线、中性线、保护线", "总开关、插座、插头", "总配电箱、分配电箱、开关箱"),
        3,
    ),
)

_ISOLATION = (
    _asked(
        "停电时，负荷开关和隔离开关的操作次序是哪一个？",
        ("先断开负荷开关，后拉开隔离开关", "先拉开隔离开关，后断开负荷开关", "两个同时断开"),
        0,
    ),
    _asked("没有验过电的线路，应当怎样看待？", ("指示灯灭了就当作没电", "一律当作有电", "仪表没读数就当作没电"), 1),
    _asked(
        "拆除接地线，次序是哪一个？",
        ("先拆接地端，后拆导体端", "两端一起拆", "先拆导体端，后拆接地端"),
        2,
    ),
    _asked(
        "停电作业时，负责监护的人可以做什么？",
        ("帮着递工具", "离开一会儿", "做旁边的小修", "只监护，不做别的工作"),
        3,
    ),
)

_FIRST_AID = (
    _asked("心跳停止以后，大约几分钟大脑就开始受损？", ("4 分钟", "10 分钟", "20 分钟", "30 分钟"), 0),
    _asked(
        "有人高压触电，首先应当怎么做？",
        ("用木棒挑开电线", "拽住他的衣服", "不靠近，马上通知供电部门停电"),
        2,
    ),
    _asked("胸外按压的速度，每分钟是多少次？", ("60～80 次", "100～120 次", "140～160 次"), 1),
    _asked(
        "伤者恢复了呼吸，接下来应当怎么做？",
        ("让他站起来走走", "马上给他喝水", "可以离开了", "让他侧卧，继续观察"),
        3,
    ),
)

_APPARATUS = (
    _asked("停电时，能给出看得见的断开点的是哪一种电器？", ("接触器", "隔离开关", "热继电器", "按钮"), 1),
    _asked("熔断器的熔体断了，应当怎样更换？", ("先断电查原因，换同规格熔体", "用铜丝代替", "换一个更大的熔体"), 0),
    _asked("热继电器的整定电流，应当取多少？", ("额定电流的 2 倍", "断路器的额定电流", "电动机的额定电流"), 2),
    _asked(
        "有试验按钮，铭牌上多了 30 mA 和 0.1 s，这是什么？",
        ("普通断路器", "熔断器", "时间继电器", "带漏电保护的断路器"),
        3,
    ),
)

_WORK_TICKET = (
    _asked(
        "工作负责人监护的时候，可以自己动手干活吗？",
        ("活少时可以", "不可以", "许可人同意就可以"),
        1,
    ),
    _asked(
        "工作票上的“工作地点”，怎样写才对？",
        ("1 号配电室", "水泵房开关", "1 号配电室 303 水泵房馈线开关", "3 号柜里面"),
        2,
    ),
    _asked(
        "设备编号写错了，应当怎么办？",
        ("作废重填", "涂掉重写", "在旁边改正，签上名字"),
        0,
    ),
    _asked(
        "工作班成员什么时候才能动手？",
        ("工作票填好以后", "停电以后", "到了计划工作时间", "许可开工，听清交代并签名以后"),
        3,
    ),
)

_SITE_CHECKLIST = (
    _asked("分配电箱到开关箱，最远可以有多远？", ("30 m", "50 m", "100 m"), 0),
    _asked("电缆里的黄绿双色线，只能作哪一种线？", ("相线", "N 线", "PE 线"), 2),
    _asked("金属容器里面照明，电压不能大于多少？", ("36 V", "12 V", "24 V", "42 V"), 1),
    _asked(
        "检查结果一栏，可以怎样写？",
        ("基本合格", "大致可以", "下次再看", "合格、不合格或者不涉及"),
        3,
    ),
)

_RAIN_AND_LADDER = (
    _asked("案例里，电缆的接头有什么问题？", ("没有防水，泡在水里", "接得太紧", "埋得太深"), 0),
    _asked("下雨打雷时，露天电气作业应当怎么办？", ("加快干完", "停止作业", "穿上雨衣继续干"), 1),
    _asked(
        "开工以前按试验按钮，不跳闸的开关箱应当怎么办？",
        ("小心使用", "只接小设备", "今天不用，换上合格的"),
        2,
    ),
)

TEST_QUESTIONS: Mapping[str, Sequence[QuestionDraft]] = {
    "current-and-voltage": _CURRENT_AND_VOLTAGE,
    "residual-current": _RESIDUAL_CURRENT,
    "isolation": _ISOLATION,
    "first-aid": _FIRST_AID,
    "low-voltage-apparatus": _APPARATUS,
    "work-ticket": _WORK_TICKET,
    "site-checklist": _SITE_CHECKLIST,
    "rain-and-ladder": _RAIN_AND_LADDER,
}
