"""The course questions of the demonstration, by the slug of the lesson that answers them. Sample copy, as the lessons are."""

from collections.abc import Mapping, Sequence

from jiangxue.courseware.rules.questions import QuestionDraft

_CURRENT_AND_VOLTAGE = (
    QuestionDraft("50 Hz 交流电通过人体，超过多少就可能危及生命？", ("1 mA", "10 mA", "30 mA", "220 mA"), 2),
    QuestionDraft(
        "高压线落在地上，您已经在它附近，应当怎样离开？",
        ("双脚并拢，小步跳开", "迈开大步，尽快跑开", "用木棒挑开电线再走"),
        0,
    ),
    QuestionDraft("在金属容器里面作业，安全电压应当选多少？", ("42 V", "36 V", "24 V", "12 V"), 3),
    QuestionDraft(
        "人站在地上，碰到一根相线，电流经过人体流入大地。这是哪一种触电？",
        ("两相触电", "单相触电", "跨步电压触电"),
        1,
    ),
)

_RESIDUAL_CURRENT = (
    QuestionDraft(
        "一般场所的开关箱里，应当选用哪一种漏电保护器？",
        (
            "动作电流不大于 100 mA，动作时间不大于 0.1 s",
            "动作电流不大于 30 mA，动作时间不大于 0.1 s",
            "动作电流不大于 30 mA，动作时间不大于 1 s",
        ),
        1,
    ),
    QuestionDraft(
        "下面哪一种情况，漏电保护器不会跳闸？",
        ("人站在地上，碰到一根相线", "电流经过设备外壳流入大地", "人同时碰到相线和中性线，没有电流流入大地"),
        2,
    ),
    QuestionDraft(
        "漏电保护器跳闸，检查后没有发现原因，可以怎么做？",
        (
            "连续合闸，直到合上",
            "短接漏电保护器，先恢复用电",
            "换一个动作电流更大的",
            "试着送电一次，再跳闸就必须查明原因",
        ),
        3,
    ),
    QuestionDraft(
        "工地上的漏电保护器，什么时候按试验按钮？",
        ("每天使用前按一次", "每月按一次就够了", "跳闸以后才按"),
        0,
    ),
)

_ISOLATION = (
    QuestionDraft(
        "停电作业五个步骤，哪一个次序是对的？",
        (
            "验电、停电、接地、挂牌、遮栏",
            "停电、接地、验电、挂牌、遮栏",
            "停电、验电、接地、挂牌、遮栏",
            "停电、挂牌、验电、遮栏、接地",
        ),
        2,
    ),
    QuestionDraft(
        "验电以前，怎样证明验电器是好的？",
        ("在确实有电的地方试一试", "看设备的指示灯灭了没有", "看仪表有没有读数"),
        0,
    ),
    QuestionDraft(
        "装设接地线，先接哪一端？",
        ("先接导体端，后接接地端", "先接接地端，后接导体端", "哪一端先接都可以"),
        1,
    ),
    QuestionDraft(
        "恢复送电时，开关上的标示牌由谁来摘？",
        ("先到现场的人", "合闸的人", "班组里任何一个人", "挂牌的人自己"),
        3,
    ),
)

_FIRST_AID = (
    QuestionDraft(
        "有人低压触电，身边就有开关。首先应当做什么？",
        ("马上用手把他拉开", "马上拉下开关，切断电源", "马上做人工呼吸", "马上把他送往医院"),
        1,
    ),
    QuestionDraft("伤者没有反应。判断他有没有呼吸，要在多长时间以内完成？", ("1 分钟", "30 秒", "20 秒", "10 秒"), 3),
    QuestionDraft("给成年人做胸外按压，深度应当是多少？", ("2～3 cm", "5～6 cm", "8～9 cm"), 1),
    QuestionDraft(
        "心肺复苏时，胸外按压和人工呼吸怎样配合？",
        ("按压 30 次，吹气 2 次", "按压 15 次，吹气 5 次", "按压 5 次，吹气 1 次", "按压 2 次，吹气 30 次"),
        0,
    ),
)

_APPARATUS = (
    QuestionDraft(
        "图纸上的 QF 是哪一种电器？",
        ("隔离开关", "熔断器", "断路器", "热继电器"),
        2,
    ),
    QuestionDraft(
        "热继电器在电动机电路里管什么？",
        ("过载保护", "短路保护", "漏电保护"),
        0,
    ),
    QuestionDraft(
        "C 型断路器上标着 C16，多大的电流会使它瞬时跳闸？",
        ("16 A", "48～80 A", "160～320 A", "80～160 A"),
        3,
    ),
)

_WORK_TICKET = (
    QuestionDraft(
        "同一张工作票上，签发人、负责人和许可人可以怎样安排？",
        ("人手不够时，一个人兼任", "三个人分别担任，不得兼任", "签发人可以兼任负责人和许可人"),
        1,
    ),
    QuestionDraft(
        "303 断路器停电检修，母线不停电。“保留的带电部位”一栏怎样写？",
        ("写“无”", "写“注意安全”", "写“设备已停电”", "写“303 刀闸上口及母线有电”"),
        3,
    ),
    QuestionDraft(
        "工作到一半，发现要扩大工作范围，应当怎么办？",
        ("另办一张新的工作票", "打电话告诉许可人就可以", "在原来的票上添几个字"),
        0,
    ),
)

_SITE_CHECKLIST = (
    QuestionDraft(
        "工地上，开关箱到它的固定设备，最远可以有多远？",
        ("30 m", "3 m", "10 m", "50 m"),
        1,
    ),
    QuestionDraft(
        "在潮湿的地方，开关箱里的漏电保护器动作电流不能大于多少？",
        ("100 mA", "30 mA", "15 mA"),
        2,
    ),
    QuestionDraft(
        "检查时发现一台漏电保护器被短接了，应当怎样处理？",
        ("立即断电，上锁挂牌，修好复查合格再送电", "写进记录，一个星期以内改好", "当天下班以前改好，先继续使用"),
        0,
    ),
)

_RAIN_AND_LADDER = (
    QuestionDraft(
        "广播里的小李，看见老王触电以后，第一步做了什么？",
        ("用手去拉老王", "跑到开关箱，拉下开关", "打急救电话", "做胸外按压"),
        1,
    ),
    QuestionDraft(
        "案例里的漏电保护器，为什么没有跳闸？",
        ("动作电流太大", "雨水使它损坏", "有人嫌麻烦，把它短接了"),
        2,
    ),
    QuestionDraft(
        "电气作业要搬一架梯子，哪一种做法是对的？",
        ("用绝缘梯子，放平，两个人抬", "用铝合金梯子，一个人竖着扛", "用铝合金梯子，两个人竖着抬"),
        0,
    ),
)

QUESTIONS: Mapping[str, Sequence[QuestionDraft]] = {
    "current-and-voltage": _CURRENT_AND_VOLTAGE,
    "residual-current": _RESIDUAL_CURRENT,
    "isolation": _ISOLATION,
    "first-aid": _FIRST_AID,
    "low-voltage-apparatus": _APPARATUS,
    "work-ticket": _WORK_TICKET,
    "site-checklist": _SITE_CHECKLIST,
    "rain-and-ladder": _RAIN_AND_LADDER,
}
