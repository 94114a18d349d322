"""The witness program: what it decides, what it remembers, and what it survives."""
