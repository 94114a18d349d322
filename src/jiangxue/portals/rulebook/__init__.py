"""Pages of rules (规则), the same for everybody: what is in force, what comes, what was, and making a new version."""
