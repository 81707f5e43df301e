"""People are not shown in the technical admin: its users have no task for which they need identities."""
