"""Identity and contact, apart from the facts that rules may see."""
