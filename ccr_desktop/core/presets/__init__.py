"""Presets as claude-code-router 2 has them: a manifest, its questions, and what they become."""
