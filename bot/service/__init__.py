"""One event in, one transaction, effects out."""
