"""The Qt kit: session, jobs, theme, and the few widgets every page is made of."""
