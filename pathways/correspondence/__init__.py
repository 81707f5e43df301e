"""What newcomer and office tell each other: messages, corrections asked for, changes reported."""
