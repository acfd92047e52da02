"""Routes: which model does which work."""
