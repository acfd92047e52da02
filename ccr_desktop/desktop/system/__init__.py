"""What the app asks of the operating system: one Protocol a matter, one file a system."""
