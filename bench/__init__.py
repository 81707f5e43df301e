"""Benchmarks against floors measured in the same run: `make bench`, results in `docs/performance.md`.

Never part of the test suite: a time says something only beside the floor of the same machine in the same minutes.
"""
