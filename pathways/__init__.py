"""The floors of Pathways, one small package each; see docs/architecture.md."""
