"""The eyes on real pictures, with the real models."""
