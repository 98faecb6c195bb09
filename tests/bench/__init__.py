"""The benchmark, `make bench`: how many messages a second, what limits them, and whether it lasts.

Everything is real: the model, the store, the threads of a replica. Only the far ends do nothing.
"""
