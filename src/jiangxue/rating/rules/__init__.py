"""What a rating may hold, and what ratings come to: pure decisions."""
