"""Calendar, talks, assessments and papers on the desk."""
