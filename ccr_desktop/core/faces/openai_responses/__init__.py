"""The Responses API as a client speaks it: https://platform.openai.com/docs/api-reference/responses."""
