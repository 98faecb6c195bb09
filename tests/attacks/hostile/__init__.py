"""Hostile histories over the core: who takes part, what truly happened, what must hold."""
