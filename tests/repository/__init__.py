"""What no single test of a feature shows: the shape of the code, the rights in the database, the papers that speak of both."""
