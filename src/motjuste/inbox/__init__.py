"""What arrived: invitations, the policies that judge them, and the record of what became of each."""
