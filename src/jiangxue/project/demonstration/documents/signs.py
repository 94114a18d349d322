"""The signs of devices in circuit drawings, as strokes in a field 100 wide and 200 high, the current running down at 50."""

from collections.abc import Mapping

type Stroke = tuple[tuple[int, int], ...]

_ABOVE: Stroke = ((50, 0), (50, 62))
_BLADE: Stroke = ((50, 200), (50, 140), (20, 70))
_ARC: Stroke = ((50, 46), (43, 48), (40, 54), (43, 60), (50, 62))

SIGNS: Mapping[str, tuple[Stroke, ...]] = {
    "isolator": (_ABOVE, ((36, 62), (64, 62)), _BLADE),
    "breaker": (_ABOVE, ((41, 53), (59, 71)), ((41, 71), (59, 53)), _BLADE),
    "fuse": (((50, 0), (50, 200)), ((34, 58), (66, 58), (66, 142), (34, 142), (34, 58))),
    "contactor": (_ABOVE, _ARC, _BLADE),
    "thermal": (
        ((50, 0), (50, 82), (68, 82), (68, 118), (50, 118), (50, 200)),
        ((22, 58), (88, 58), (88, 142), (22, 142), (22, 58)),
    ),
}
