"""Tools that the router offers to a model and runs itself, out of the client's sight."""
