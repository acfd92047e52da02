"""Activity: what is being answered, and what became of the last requests."""
