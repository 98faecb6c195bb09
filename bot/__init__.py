"""Seloste: a chat assistant for privacy inquiries."""

__version__ = "0.1.0"
