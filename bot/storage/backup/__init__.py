"""Backup, restore and the move to another database."""
