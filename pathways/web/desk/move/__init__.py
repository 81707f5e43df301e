"""The move of a case to another region, step by step; what the receiving office sees of it; changing programme in Brussels."""
