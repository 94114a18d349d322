"""The list of words at which a person must look (敏感词库), where they were found, and what a person said of it.

Owns the versions of the list, the screenings, the hits and their decisions. Knows places of texts only as opaque kinds and ids, hides and
deletes nothing, and does not decide who may decide.
"""
