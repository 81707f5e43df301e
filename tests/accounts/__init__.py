"""Tests of the accounts floor."""
