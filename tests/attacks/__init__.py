"""Each module is an attack: what somebody tries, and what stops it."""
