"""What supervisors do with what they see, and what institutions answer: pages under several portals' addresses."""
