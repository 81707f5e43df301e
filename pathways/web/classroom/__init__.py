"""The classroom: teachers keep the register of their own courses."""
