"""Attendance on the desk: the tab of a case, corrections with their before and after, and who is at risk."""
