"""The newcomer's own pages, `/my/`: one person, their own case, their language, a phone."""
