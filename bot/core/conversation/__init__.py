"""The customer's side of a conversation: (state, event, world) -> (state, effects)."""
