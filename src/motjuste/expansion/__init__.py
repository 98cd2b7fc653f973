"""While typing: keys, snippets, matching, what to erase and insert. Values and functions only."""
