"""Item models over frozen data."""
