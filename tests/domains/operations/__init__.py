"""Looking after the platform."""
