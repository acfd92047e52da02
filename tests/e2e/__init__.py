"""The real Claude Code against a router process and a scripted provider."""
