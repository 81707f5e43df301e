"""The counselor's desk: today, cases, why, new person, lists."""
