"""The API: what the published rules say about given facts, and the reference data that goes with it."""
