"""Signs that everybody reads as another one, though no decomposition of Unicode says so.

Source: docs/rules/screening.md; the signs of radicals by Unicode's EquivalentUnifiedIdeograph.
"""

import unicodedata

_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩"
    "⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑"
    "⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_MEANT = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王"
    "𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長"
    "镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_NEGATIVE_LETTERS = (0x1F150, 0x1F170)
"""Where the white letters A to Z on black discs and squares begin."""

_READ_AS = dict(zip(_RADICALS, _MEANT, strict=True)) | {
    chr(first + at): chr(ord("a") + at) for first in _NEGATIVE_LETTERS for at in range(26)
}


def read_as(sign: str) -> str:
    """Return the sign that one sign is read as, itself where it is read as nothing else."""
    number = unicodedata.numeric(sign, -1)
    if (
        number == int(number) >= 0
        and unicodedata.category(sign) in ("Nd", "No")
        and not unicodedata.decomposition(sign)
    ):
        return str(int(number))
    return _READ_AS.get(sign, sign)
