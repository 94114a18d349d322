"""The PPT lesson: telling apart the low-voltage devices that an electrician meets every day."""

from jiangxue.project.demonstration.documents.texts.sheets import (
    Circuit,
    Comparison,
    Cover,
    Device,
    Group,
    Groups,
    Member,
    SlidesText,
    Span,
    Spans,
    Station,
)

_ISOLATOR = Member("QS", "隔离开关")
_BREAKER = Member("QF", "断路器")
_FUSE = Member("FU", "熔断器")
_RESIDUAL = Member("RCD", "漏电保护器")
_CONTACTOR = Member("KM", "接触器")
_THERMAL = Member("FR", "热继电器")
_BUTTON = Member("SB", "按钮")
_TIMER = Member("KT", "时间继电器")

_SHEETS = (
    Cover(("看字母，认出图纸上的电器", "看铭牌，读懂最要紧的数字", "看接线，知道它在电路里管什么")),
    Groups(
        "低压电器分两大类",
        (
            Group("配电电器", "接通、分断、保护线路", (_ISOLATOR, _BREAKER, _FUSE, _RESIDUAL)),
            Group("控制电器", "控制、保护电动机等设备", (_CONTACTOR, _THERMAL, _BUTTON, _TIMER)),
        ),
        "低压：交流 1000 V、直流 1500 V 及以下",
    ),
    Device(
        "隔离开关（刀开关）",
        _ISOLATOR,
        "isolator",
        (
            "停电时，给出看得见的断开点",
            "没有灭弧装置的，不准带负荷拉、合",
            "静触头在上接电源，手柄向上为合",
            "停电：先断负荷，后拉隔离开关",
        ),
    ),
    Device(
        "断路器",
        _BREAKER,
        "breaker",
        (
            "接通、分断电路，过载、短路自动跳闸",
            "铭牌三看：额定电流、分断能力、脱扣曲线",
            "跳闸以后，先查原因，再复位合闸",
            "没有标明隔离功能的，不能当隔离开关用",
        ),
    ),
    Spans(
        "脱扣曲线：多大电流瞬时跳闸",
        "瞬时脱扣电流是额定电流的几倍",
        (Span("B 型", 3, 5), Span("C 型", 5, 10), Span("D 型", 10, 20)),
        (
            "B 型：短路电流小的长线路",
            "C 型：照明、插座等一般线路",
            "D 型：启动电流大的电动机",
            "例：C16 在 80～160 A 瞬时跳闸",
        ),
    ),
    Device(
        "熔断器",
        _FUSE,
        "fuse",
        (
            "电流过大，熔体先熔断，切断电路",
            "单台电动机：熔体取额定电流的 1.5～2.5 倍",
            "更换：先断电，查原因，换同规格熔体",
            "绝不用铜丝、铁丝代替",
        ),
    ),
    Device(
        "接触器",
        _CONTACTOR,
        "contactor",
        (
            "线圈通电就吸合，可以频繁操作、远距离控制",
            "有自锁电路的，来电不会自己启动",
            "线圈电压看清再接：220 V 还是 380 V",
            "不能切断短路电流，前面要有断路器或熔断器",
        ),
    ),
    Device(
        "热继电器",
        _THERMAL,
        "thermal",
        (
            "保护电动机：过载、断相时延时动作",
            "整定电流等于电动机的额定电流",
            "动作要有一段时间，不能作短路保护",
            "动作以后，等它冷却，查明原因再复位",
        ),
    ),
    Comparison(
        "断路器与漏电保护器，一眼分清",
        ("看什么", "断路器", "漏电保护器"),
        (
            ("试验按钮", "没有", "有，标着 T 或“试验”"),
            ("铭牌", "C16 或 D25", "多两项：30 mA 和 0.1 s"),
            ("保护什么", "过载、短路", "漏电，有的兼管过载、短路"),
            ("接线", "相线接进去", "相线、N 线都穿过，PE 线不穿过"),
            ("跳闸以后", "查过载和短路", "查漏电，不准短接"),
        ),
        "两者常常做在一个壳里，叫漏电断路器：有试验按钮的，就有漏电保护",
    ),
    Circuit(
        "连起来看：电动机从电源到启动",
        (
            Station("QS", "隔离开关", "隔离"),
            Station("QF", "断路器", "短路保护"),
            Station("KM", "接触器", "控制"),
            Station("FR", "热继电器", "过载保护"),
            Station("M", "电动机", "负荷"),
        ),
        (
            Station("FU", "熔断器", "控制回路保护"),
            Station("FR", "常闭触头", "过载就断开"),
            Station("SB1", "停止按钮", "常闭"),
            Station("SB2", "启动按钮", "并联 KM 自锁"),
            Station("KM", "线圈", "通电就吸合"),
        ),
        "现场识别三步：看字母，看铭牌，看接线。动手以前，先停电，先验电。",
    ),
)

APPARATUS = SlidesText(
    slug="low-voltage-apparatus",
    title="常用低压电器的识别",
    subtitle="低压电工安全操作基础　课件",
    notice="演示内容，图形为示意",
    sheets=_SHEETS,
)
