"""`make bench-media`: what packaging courseware costs on this machine."""
