"""CV Desk: what customers get, what it takes out of them, and what to do about it."""

__version__ = "0.1.0"
