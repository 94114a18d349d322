"""What a report is made of: filters, columns, and how figures come about."""
