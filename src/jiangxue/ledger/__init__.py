"""The append-only log of evidence (存证日志). An insert-only inbox, the Merkle log into which it is sealed, and the proofs made from that.

Knows no learner: entries carry a random archive id, a kind, and a salted commitment; what was committed to lies encrypted beside
them and can be erased without touching the log.
"""
