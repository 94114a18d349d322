"""A witness of ledgers: remembers the last checkpoint of each and signs a new one only if it continues that one.

An institution or an authority runs it on its own machine, or uses it by mail (docs/witness.md). Written from docs/formats/witness.md
and ledger.md; it knows the verifier and must not import `jiangxue`. Only signing needs a package, `cryptography`.
"""
