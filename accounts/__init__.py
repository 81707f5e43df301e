"""Who may sign in: users, organisations, memberships and roles."""
