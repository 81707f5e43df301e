"""A newcomer's way in, as their counselor gives and takes it."""
