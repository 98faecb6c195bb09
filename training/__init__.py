"""Makes the encoder and what ships with it; nothing in bot/ imports it."""
