"""The hot path: what it refuses, what it survives, and that nothing is answered before its commit."""
