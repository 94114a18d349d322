"""What of the log can be known by those who may not change it."""
