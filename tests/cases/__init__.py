"""Tests of the cases floor."""
