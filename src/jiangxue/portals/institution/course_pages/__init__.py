"""The pages on which an institution's editors make a course: its facts, plan, outline, versions and papers. Clauses C2, C6, M6, M7."""
