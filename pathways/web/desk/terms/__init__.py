"""The terms of a case: why each date, requests on a ground, decisions, and what each act would move."""
