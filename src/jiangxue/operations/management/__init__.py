"""What operators do at the terminal."""
