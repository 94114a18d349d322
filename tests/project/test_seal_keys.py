"""The keys by which data is sealed, as the environment names them: for pages, workers and the sealer alike."""

import pytest

from jiangxue.project.env import NotConfigured, read_seal_keys, read_sealer

FIRST, SECOND, THIRD = "11" * 32, "22" * 32, "ab" * 32
OTHERS = {"JIANGXUE_SEALER_DATABASE_URL": "postgresql://sealer@/jiangxue", "JIANGXUE_LOG_KEY": "99" * 32}


def _said(key: str = "", keys: str = "", current: str = "") -> dict[str, str]:
    return {"JIANGXUE_SEAL_KEY": key, "JIANGXUE_SEAL_KEYS": keys, "JIANGXUE_SEAL_KEY_CURRENT": current}


@pytest.mark.parametrize(
    ("said", "keys", "current"),
    [
        (_said(FIRST), {1: FIRST}, 1),
        (_said(FIRST, f"2:{SECOND}", "1"), {1: FIRST, 2: SECOND}, 1),
        (_said(FIRST, f"2:{SECOND}", "2"), {1: FIRST, 2: SECOND}, 2),
        (_said("", f"1:{FIRST},2:{SECOND}", "2"), {1: FIRST, 2: SECOND}, 2),
        (_said(FIRST, f" 7:{THIRD.upper()},\n2:{SECOND} ", "7"), {1: FIRST, 2: SECOND, 7: THIRD}, 7),
        (_said("", f"2:{SECOND}"), {2: SECOND}, 2),
        (_said("", f"65535:{SECOND}"), {65535: SECOND}, 65535),
    ],
)
def test_keys_are_named_with_their_numbers(said: dict[str, str], keys: dict[int, str], current: int) -> None:
    ring = read_seal_keys(said)
    assert ring.keys == {number: bytes.fromhex(key) for number, key in keys.items()}
    assert ring.current == current


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (_said(), "JIANGXUE_SEAL_KEY is not set"),
        (_said("", "", "2"), "JIANGXUE_SEAL_KEY is not set"),
        (_said("xy" * 32), "JIANGXUE_SEAL_KEY must be hexadecimal"),
        (_said(FIRST[:-2]), "JIANGXUE_SEAL_KEY must be 32 bytes"),
        (_said(FIRST, SECOND, "1"), "the 1. of them is not"),
        (_said(FIRST, f"2:{SECOND},3:{THIRD[:-1]}", "1"), "the 2. of them is not"),
        (_said(FIRST, f"2:{SECOND},", "1"), "the 2. of them is not"),
        (_said(FIRST, f"2={SECOND}", "1"), "the 1. of them is not"),
        (_said(FIRST, f"0:{SECOND}", "1"), "the 1. of them is not"),
        (_said(FIRST, f"02:{SECOND}", "1"), "the 1. of them is not"),
        (_said(FIRST, f"-2:{SECOND}", "1"), "the 1. of them is not"),
        (_said(FIRST, f"２:{SECOND}", "1"), "the 1. of them is not"),
        (_said(FIRST, f"65536:{SECOND}", "1"), "the 1. of them is not"),
        (_said(FIRST, f"1:{SECOND}", "1"), "two sealing keys with the number 1"),
        (_said(FIRST, f"2:{SECOND},2:{THIRD}", "1"), "two sealing keys with the number 2"),
        (_said(FIRST, f"2:{FIRST.upper()}", "2"), "the sealing key 2 is another one again"),
        (_said(FIRST, f"2:{SECOND}"), "JIANGXUE_SEAL_KEY_CURRENT must say which of the sealing keys 1, 2 seals"),
        (_said(FIRST, f"2:{SECOND}", "3"), "names the sealing key 3, but there is only 1, 2"),
        (_said(FIRST, "", "2"), "names the sealing key 2, but there is only 1"),
        (_said(FIRST, f"2:{SECOND}", "two"), "JIANGXUE_SEAL_KEY_CURRENT must be a whole number"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_no_key_is_repeated(said: dict[str, str], why: str) -> None:
    with pytest.raises(NotConfigured, match=why) as refusal:
        read_seal_keys(said)
    for key in (FIRST, SECOND, THIRD):
        assert key[:20] not in str(refusal.value).lower()


def test_the_sealer_reads_the_same_keys() -> None:
    ring = read_sealer({**OTHERS, **_said(FIRST, f"2:{SECOND}", "2")}).seal_keys
    assert (sorted(ring.keys), ring.current) == ([1, 2], 2)
    with pytest.raises(NotConfigured, match="JIANGXUE_SEAL_KEY_CURRENT"):
        read_sealer({**OTHERS, **_said(FIRST, f"2:{SECOND}")})
