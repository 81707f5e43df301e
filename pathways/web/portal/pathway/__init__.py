"""What newcomers see: the next step, why, papers, calendar, their data."""
