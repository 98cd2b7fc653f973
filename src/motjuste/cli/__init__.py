"""The command line: one file a noun; commands return values, output.py shows them."""
