"""Going through the invitations one by one, in the terminal: the whole screen, or line by line."""
