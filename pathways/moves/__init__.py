"""A case goes to another region: old duty closed, new one opened, what was done carried over."""
