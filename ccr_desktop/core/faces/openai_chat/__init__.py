"""Chat Completions as a client speaks it: https://platform.openai.com/docs/api-reference/chat."""
