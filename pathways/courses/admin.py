"""Courses have pages of their own on the desk; the technical admin shows none of them."""
