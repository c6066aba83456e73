"""What to do: actions, the plan of best value, and what came of it."""
