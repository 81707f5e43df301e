"""A municipality's list comes in: upload, dry run, import, report."""
