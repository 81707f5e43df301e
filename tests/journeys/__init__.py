"""Whole ways through the product in Chromium, one per person who walks it."""
