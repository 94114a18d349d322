"""What lies in ops/, really run."""
