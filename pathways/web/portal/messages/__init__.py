"""Messages with the office, corrections asked for, changes reported."""
