"""Pages of an institution's staff."""
