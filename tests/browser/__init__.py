"""Headless Chromium on the real server, the real database and a real film."""
