"""Reading files that are said to be rosters: caged, values alone, no formula and no macro is ever run. Decision 0036."""
