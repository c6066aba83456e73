"""Bringing lists in and giving everything out."""
