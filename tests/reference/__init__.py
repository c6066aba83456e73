"""Runs a file of reference cases, worked examples with known results, against the program's own functions."""
