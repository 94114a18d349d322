"""Pure facts about names and numbers of people."""
