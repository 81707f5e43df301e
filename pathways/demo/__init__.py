"""The demo world: invented people in every programme, office and stage, built through the acts of real use."""
