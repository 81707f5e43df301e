"""Letters and messages on their way out: drafted, approved, sent or printed; knows no case."""
