"""How long it takes to make the finder of 20,000 words, and to find them in a long text.

`python -m scripts.test tests/measured/screening.py -q -n 0 -s -p no:randomly`
"""

import random
from collections.abc import Callable
from time import perf_counter

from jiangxue.screening.rules.finding import Finder, Word

CHANCE = random.Random(20261124)
SIGNS = [chr(0x4E00 + each) for each in range(3_500)]
ENGLISH = "The quick brown fox jumps over the lazy dog, 0123 times. "


def seconds(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return perf_counter() - began


def chinese(size: int) -> str:
    """Return so many bytes of random signs, every twelfth one a mark between them."""
    return "".join(CHANCE.choice(SIGNS) if at % 12 else CHANCE.choice("，。、\n ") for at in range(size // 3))


def test_seconds_of_finding() -> None:
    words = [Word("".join(CHANCE.choices(SIGNS, k=CHANCE.randint(2, 6))), "其他") for _ in range(20_000)]
    texts = {
        "100 kB Chinese": chinese(100_000),
        "1 MB Chinese": chinese(1_000_000),
        "1 MB English": (ENGLISH * 20_000)[:1_000_000],
    }
    print(f"\nfinder: {min(seconds(lambda: Finder(words)) for _ in range(5)):.2f} s")
    finder = Finder(words)
    for name, text in texts.items():
        print(f"{name}: {min(seconds(lambda text=text: finder.found_in(text)) for _ in range(5)):.3f} s")
