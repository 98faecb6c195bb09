"""The signed JSON channel: events in, effects out."""

CHANNEL = "http"
