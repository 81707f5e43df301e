"""What a rule set would do to the open cases, before it is published."""
