"""How many people are dealt with while somebody waits for a page; more are left to the worker. Decision 0035."""

AT_ONCE = 200
"""People in one transaction, of a page or of the worker: about a second."""
