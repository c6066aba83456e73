"""Tests of the measuring method."""
