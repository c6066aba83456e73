"""Measurements: slow, printed, and never part of ./test."""
