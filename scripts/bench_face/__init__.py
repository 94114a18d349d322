"""`make bench-face`: what it costs to look at faces."""
