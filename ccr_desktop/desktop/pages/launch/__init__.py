"""Launch: Claude Code opened in a folder, and where it is found."""
