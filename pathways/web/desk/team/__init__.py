"""The team lead's view: who has how much, share cases out, who stands in for whom."""
