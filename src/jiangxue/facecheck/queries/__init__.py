"""What is known of faces."""
