"""What arrived: invitations and replies, and what can be known of them without a file, a clock or a network."""
