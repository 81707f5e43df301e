"""Lists hold identities and are not shown in the technical admin."""
