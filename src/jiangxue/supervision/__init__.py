"""What the labour authority does with what it sees: sampling, cases, rectification orders, reports (监管). Clauses C5, M6."""
