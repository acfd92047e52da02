"""Other protocols that clients speak, in terms of Messages: their requests and their answers."""
