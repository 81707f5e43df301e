"""Cases are not shown in the technical admin: administrators have no task for which they need a case's content."""
