"""The staff's side on every channel: cards, the staff form, what a desk asks of the service."""
