"""Tests of messages, corrections asked for and changes reported."""
