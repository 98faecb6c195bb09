"""What makes the encoder, as far as it needs no more than the product does."""
