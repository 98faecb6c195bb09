"""The commands of `seloste`."""
