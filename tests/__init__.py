"""Tests, in the folders of the program they look at."""
