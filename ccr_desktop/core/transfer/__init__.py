"""Settings that come in from elsewhere or go out: files and links of this and of other programs."""
