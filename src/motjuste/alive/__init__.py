"""Staying alive: faults that are survived, the way back to a display, and an account of both."""
