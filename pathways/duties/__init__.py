"""The dated duties of a case: terms with their ledger, exemptions, suspensions, postponements."""
