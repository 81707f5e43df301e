"""Every write of this floor: reference data, and the life of rule sets."""

from pathways.programmes.actions.publishing import Loaded, PublicationError, load_rule_sets, publish_rule_set
from pathways.programmes.actions.reference import load_reference

__all__ = ["Loaded", "PublicationError", "load_reference", "load_rule_sets", "publish_rule_set"]
