"""A version's way into force on screen: its steps, what a team lead releases, what is to be reviewed."""
