"""What customers get against what it takes out of them: score sheets and the scorecard."""
