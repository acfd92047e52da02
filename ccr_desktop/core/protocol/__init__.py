"""The vocabulary: message types, deltas, the SSE decoder and the one emitter. Pure."""
