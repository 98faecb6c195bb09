"""Slack: direct messages with customers, mentions in channels, a desk in the staff's channel."""

CHANNEL = "slack"
