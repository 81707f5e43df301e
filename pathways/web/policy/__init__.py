"""The rules, to read: lines on a timeline, one rule set in words."""
