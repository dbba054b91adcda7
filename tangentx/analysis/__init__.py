"""What is known about a program: activity, facts, aliases.  Pure functions IR -> facts."""
