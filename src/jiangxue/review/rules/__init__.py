"""Who may review, what an opinion must say, and who may take a course down: pure decisions."""
