"""Ideas without a domain and without Django: clock, viewer, ids, cryptography, canonical JSON."""
