"""Pages of supervisors."""
