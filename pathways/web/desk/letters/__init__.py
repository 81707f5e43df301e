"""The queue of letters on the desk: approve, send or print, cancel; work on many with progress; many invitations."""
