"""The verifier that needs only Python: its parts against published vectors and other implementations, and attacks on archives."""
