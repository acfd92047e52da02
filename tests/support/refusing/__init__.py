"""Providers that refuse what the real ones refuse, and answer in their manner otherwise."""
