"""Management commands of the registrations floor."""
