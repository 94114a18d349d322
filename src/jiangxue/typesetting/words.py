"""Words that every paper has, and texts as papers may hold them."""

from django.utils.translation import gettext as _

from jiangxue.kernel.readable import is_readable

_NO_CHARACTERS = frozenset("\ufffe\uffff")


def page_words() -> tuple[str, str, str]:
    """Return the words before, between and after a page's number and that of all pages."""
    before, between, after = (_("Page {page} of {pages}")).replace("{pages}", "{page}").split("{page}")
    return before, between, after


def plain(text: str) -> str:
    """Return a text without what no paper can show: control signs, half characters, signs that turn the order of others around."""
    return "".join(
        sign for sign in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ") if _is_shown(sign)
    )


def _is_shown(sign: str) -> bool:
    return is_readable(sign) and sign not in _NO_CHARACTERS
