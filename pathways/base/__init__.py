"""A handful of Django helpers with no domain word in them."""
