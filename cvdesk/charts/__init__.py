"""Charts of a series without a screen or paper: what is written and drawn where, the same for both."""
