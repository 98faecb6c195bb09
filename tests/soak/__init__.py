"""A crash harness: real processes, killed at random, and a fleet whose every message must count.

python -m tests.soak --rounds 40 --database postgresql --replicas 1 2 4 --seed 7 --outage 20
"""
