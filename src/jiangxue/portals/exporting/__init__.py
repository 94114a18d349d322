"""Exports (导出): asking for a list as a file, seeing how far it is, fetching it; and releasing what others ask for unmasked. Clauses T7, M2."""
