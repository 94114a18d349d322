"""Administrative regions by GB/T 2260 code: province ⊃ city ⊃ district."""

import re

_CODE = re.compile(r"[1-9][0-9](?:[0-9]{2}(?:[0-9]{2})?)?")


def is_region_code(code: str) -> bool:
    """Say whether `code` has the shape of a province (44), city (4401) or district (440103) code."""
    return _CODE.fullmatch(code) is not None


def lies_in(code: str, region: str) -> bool:
    """Say whether the region `code` is `region` or lies within it."""
    return code.startswith(region)
