"""The endpoint that hears beats; it authenticates by the beat's own mac and needs no cookie."""
