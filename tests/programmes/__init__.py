"""Tests of the programmes floor."""
