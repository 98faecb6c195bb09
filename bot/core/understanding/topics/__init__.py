"""What a message wants: from a text to a topic or a right, and to a verdict."""
