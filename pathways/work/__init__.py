"""What a person should do today: tasks derived from the floors below. A task ends when its cause ends."""
