"""Statistics, queries and exports: the one domain that may read every table (查询统计). Clauses T7, T1.3."""
