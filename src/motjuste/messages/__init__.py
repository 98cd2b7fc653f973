"""What to say: templates, fit, length, channels, typography. Values and functions only."""
