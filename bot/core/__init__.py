"""The functional core: pure and synchronous; no I/O, no clock, no randomness, no logging."""
