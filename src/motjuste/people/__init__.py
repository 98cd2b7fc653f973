"""To whom: contact cards, names, and who is meant. Values and functions only."""
