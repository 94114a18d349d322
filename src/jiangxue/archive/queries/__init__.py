"""Reading archives, for callers who know already that their viewer may see the place."""
