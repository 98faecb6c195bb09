"""Attacks on what the product promises, each tried as its attacker would."""
