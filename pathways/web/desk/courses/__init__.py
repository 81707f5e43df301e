"""Courses on the desk: the list of offers, one course, its sessions, and the courses of a case."""
