"""Own rules: their list, their editor, and what they come to."""
