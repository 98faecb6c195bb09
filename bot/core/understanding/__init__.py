"""From text to ranked intents and a verdict."""
