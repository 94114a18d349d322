"""Query and statistics (查询统计) for those who answer for classes: the same pages for institutions and supervisors. Clauses T7, C5."""
