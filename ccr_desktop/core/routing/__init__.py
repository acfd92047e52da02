"""Choosing the route of a request, with reasons."""
