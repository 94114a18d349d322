"""What `make` runs: setting up, serving, testing and the launcher of our own PostgreSQL; nothing here is part of the product."""
