"""Shell doors of this floor."""
