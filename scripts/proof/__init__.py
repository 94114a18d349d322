"""Proof that each guard of trusted time is needed: what to take away, and which test must notice."""
