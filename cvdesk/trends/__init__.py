"""How figures change: series by month, their limits, and what the limits show."""
