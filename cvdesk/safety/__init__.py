"""Backups, restoring them, and whether a file is whole."""
