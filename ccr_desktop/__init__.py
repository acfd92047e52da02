"""CCR Desktop: use Claude Code with any model."""

__version__ = "0.1.0"
