"""Tickets: the transition table, the law's clock, proof of identity, staff's decisions."""
