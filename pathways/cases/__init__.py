"""The case: facts, decisions, deadlines, notes and letters of one person in one region."""
