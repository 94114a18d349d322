"""What reporting does by itself: it keeps what would be too slow to be asked anew."""
