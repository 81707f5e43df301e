"""Who teaches what: providers, course offers, sessions, enrolments."""
