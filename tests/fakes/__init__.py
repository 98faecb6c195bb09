"""Stand-ins for the world outside: real servers on loopback, with faults on order."""
