"""The right words, at the right length, for the right person, wherever you type."""

__version__ = "0.1.0"
