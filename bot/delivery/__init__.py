"""Carries out the effects in the outbox."""
