"""Complaints: cases with a number, stages and deadlines."""
