"""Facts that administrators add to programmes, on screen."""
