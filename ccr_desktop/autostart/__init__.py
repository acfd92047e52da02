"""Starting the app at login: how the system at hand has it, and what is started then."""
