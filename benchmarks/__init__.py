"""The project's own benchmark: the router beside claude-code-router, on one machine in one run."""
