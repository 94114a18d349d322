"""Reading tests and attempts. What takes no viewer is for callers who know already that their viewer may see the places."""
