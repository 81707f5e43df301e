"""Start, stop and failure of the processes of an installation."""
