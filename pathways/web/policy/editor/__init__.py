"""The forms of the workbench, made from the kinds of the rule-set format: a new field needs no new form."""
