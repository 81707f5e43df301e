"""Tests of the base floor."""
