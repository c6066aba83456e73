"""Feedback: what customers said, caught in one line and kept in their own words."""
