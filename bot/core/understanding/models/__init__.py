"""What is learnt and looked up: weights, features, the linear model, the encoder, indexes."""
