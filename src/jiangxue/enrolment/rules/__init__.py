"""Pure facts about classes."""
