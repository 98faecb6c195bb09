"""Telegram: private chats with customers, questions in groups, a desk in the staff's group."""

CHANNEL = "telegram"
# Groups have their own rate limit, and nobody is a customer in them.
GROUP = "telegram_group"
# The menu in private chats, besides the languages.
COMMANDS = ("help", "status", "cancel", "human", "privacy")
# The menu in the staff's group.
STAFF_COMMANDS = ("tickets", "find", "open", "away", "case", "report", "export", "calendar")
