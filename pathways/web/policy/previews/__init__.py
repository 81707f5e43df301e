"""Trying a rule set: its examples, what it does to the open cases, one person under two versions, what is wrong in it."""
