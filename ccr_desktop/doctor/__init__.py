"""Checks of all that Claude Code needs on its way to a provider, each with a way out."""
