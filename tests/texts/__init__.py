"""What is written: translations, their completeness and their plainness."""
