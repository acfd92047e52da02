"""Settings of other programs as they write them, made by hand from their sources."""
