"""Lists of new residents on the desk: upload, dry run, import with progress, report, probable duplicates."""
