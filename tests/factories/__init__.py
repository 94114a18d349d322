"""Small worlds for tests, made through the services that pages use."""
