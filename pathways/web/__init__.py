"""The doors for people: an area per audience, which never import each other."""
