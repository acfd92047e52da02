"""The set-up assistant: from nothing to the first answer in five steps."""
