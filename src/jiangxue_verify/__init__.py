"""Check an archive of Jiangxue without Jiangxue: nothing but Python's standard library, no network, no database.

Written from docs/formats/ledger.md, archive.md and witness.md alone; it must not import `jiangxue`, so that a fault of the platform
is not repeated here. Runs on Python 3.9 and later.
"""
