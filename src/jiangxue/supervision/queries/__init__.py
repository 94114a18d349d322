"""What supervision is asked."""
