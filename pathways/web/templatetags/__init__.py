"""Template tags of the pages; `{% load pw %}`."""
