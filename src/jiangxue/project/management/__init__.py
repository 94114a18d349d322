"""Management commands of the whole program."""
