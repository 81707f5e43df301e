"""How a newcomer gets in: the access letter with its one-time code, sign-in codes by e-mail or phone."""
