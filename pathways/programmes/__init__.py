"""Rule sets, programmes, offices, municipalities and other reference data."""
