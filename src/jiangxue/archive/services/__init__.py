"""Giving archives out, and settling the hours that they prove."""
