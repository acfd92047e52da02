"""Facts about provider APIs, as data."""
