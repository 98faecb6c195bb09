"""Rules that each recognise one thing in a message, whatever is open."""
