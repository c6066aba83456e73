"""What feedback is about: themes, and the words that suggest them."""
