"""Pages for everybody, signed in or not: the catalogue of courses."""
