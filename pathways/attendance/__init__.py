"""Who was there: presences in minutes, results, corrections, progress and forecast."""
