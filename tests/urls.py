"""Addresses of databases."""


def url_of(url: str, database: str) -> str:
    """Return the address of another database of the same server, for the same role."""
    before, _, after = url.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{database}" + (f"?{after}" if after else "")
