"""Settings: each section is a file of its own, with a line in `sections.py`."""
