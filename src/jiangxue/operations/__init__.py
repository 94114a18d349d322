"""Running the platform: whether its parts work. Clause T10."""
