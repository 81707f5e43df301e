"""The certificate of a case on the desk: the condition node by node, issuing, replacing, revoking."""
