"""Breaks each promise on purpose, one line at a time, and shows that a test notices."""
