"""Getting in: access code, sign-in code, staying and leaving."""
