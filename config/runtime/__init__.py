"""What starts and watches the processes of one installation: embedded PostgreSQL, web, worker, beat.

Nothing here imports Django: the supervisor must stay small and be up at once.
"""
