"""The staff side on every channel: cards, staff forms, and the port of the desk."""
