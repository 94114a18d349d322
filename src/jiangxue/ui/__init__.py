"""Page shell, components and their template tags; knows no domain."""
