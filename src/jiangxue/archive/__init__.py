"""The file of a learner in a class (电子档案), as others can verify it without us. Clauses T8.1, T8.2.

For now what the ledger holds about it, with its proofs, as ARCHIVE.zip. Knows who may have it and keeps who had it; proves nothing
itself: that is the ledger's, and the verifier's.
"""
