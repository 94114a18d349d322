"""Rules about organisations: pure."""
