"""Looking after the customers one has: keeping in touch, telling them, thanking them, bringing them together."""
