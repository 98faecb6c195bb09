"""Reads intents/ and responses/ into core values; strict, with errors that name file and key."""
