"""The integration contract: built from the rules, signed by both, sealed, amended by new versions."""
