"""Carries out what stands in the outbox."""
