"""What a reply means at its stage, and what may not be taken for a yes."""
