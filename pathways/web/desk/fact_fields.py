"""The fields of facts, as every area makes them (`pathways.web.fact_fields`)."""

from pathways.web.fact_fields import LARGEST_NUMBER, date_widget, fact_field, field_of, initial_of, yes_or_no

__all__ = ["LARGEST_NUMBER", "date_widget", "fact_field", "field_of", "initial_of", "yes_or_no"]
