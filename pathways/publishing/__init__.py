"""A rule set's way into force: proposed, approved by another person, scheduled, in force, cases following."""
