"""What a business is set up with: levers, factors, questions, offerings, channels, segments, settings, the filter."""
