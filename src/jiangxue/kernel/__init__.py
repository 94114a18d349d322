"""Ideas without a domain and without Django: clock, viewer, regions, ids, cryptography, canonical JSON."""
