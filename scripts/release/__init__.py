"""Checksums, signature and notes of a release: `python -m scripts.release --help`."""
