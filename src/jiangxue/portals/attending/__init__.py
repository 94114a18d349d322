"""The plan of a class and who was present: for its staff, and for those who supervise them."""
