"""The rule language: truth against an independent interpreter, formats, wording, reasons."""
