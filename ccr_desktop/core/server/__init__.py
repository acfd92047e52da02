"""The HTTP surface for clients."""
