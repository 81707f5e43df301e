"""Pages for anyone: no sign-in, nothing kept."""
