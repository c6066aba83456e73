"""Every number of the program, gathered once by Filter for screen, paper, export and command line."""
