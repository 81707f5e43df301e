"""The pages of the counselor's desk."""
