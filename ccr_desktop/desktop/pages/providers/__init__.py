"""Providers: which services answer, their keys and models, and whether they work."""
