"""Settings from elsewhere: shown in a dialog, and taken as one change that can be undone."""
