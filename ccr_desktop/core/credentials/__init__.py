"""Credentials that other programs keep: read, renewed in time, and never created."""
