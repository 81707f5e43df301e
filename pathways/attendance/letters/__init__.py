"""Papers of this floor and their words."""
