"""Home: what runs now."""
