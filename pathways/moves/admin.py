"""Nothing of a move is edited in the technical admin: it names people and belongs to the offices."""
