"""Commands for those who work on Pathways; nothing here runs in an installation."""
