"""Office and person meet: appointments, first contact, assessments, papers that are asked for."""
