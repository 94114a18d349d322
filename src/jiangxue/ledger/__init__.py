"""The append-only log of evidence (存证日志). For now its insert-only inbox; sealing into a Merkle log starts from there.

Knows no learner: entries carry a random archive id, a kind, and a salted commitment; what was committed to lies encrypted beside
them and can be erased without touching the log.
"""
