"""The hot path: hears the beats of all learners, many in one transaction, without Django.

`app` speaks HTTP, `wire` JSON, `committer` gathers what comes within a few milliseconds, `lane` is a connection that may break and
comes back, `hearing` judges one gathering in one transaction, `rows` knows the tables. What a beat does is decided by
`learning.rules.hearing`, which knows nothing of all this. Decision 0010.
"""
