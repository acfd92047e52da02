"""Wire formats: one request encoder and one stream decoder each. Pure and synchronous."""
