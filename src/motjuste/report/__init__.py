"""Numbers for people: what the statistics say in a language, in a terminal and on a page."""
