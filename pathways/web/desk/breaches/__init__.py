"""Breach files on the desk: the queue, a file with its procedure, each step, and what is proposed for a case."""
