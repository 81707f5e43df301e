"""What newcomers do: sign, choose a course, report an absence, ask, answer, book."""
