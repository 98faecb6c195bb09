"""Measures the matching beside its peers: same phrases, same questions, same run.

`make bench-matching` prints the table; a short form is tested in `tests/test_bench_matching.py`.
"""
