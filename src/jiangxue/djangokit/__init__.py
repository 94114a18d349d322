"""What Django needs for this house and knows no domain: sealed fields, append-only tables, the database's clock, logs."""
