"""Thin edges: a channel's payload to an event, an effect to a call. All escaping is in render."""
