"""Reads made for a screen, each with a fixed number of queries; nothing here writes."""
