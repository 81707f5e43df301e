"""Terms and requests are not shown in the technical admin: administrators have no task for which they need them."""
