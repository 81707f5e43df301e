"""Papers in and out: stored files and typst letters; knows no case."""
