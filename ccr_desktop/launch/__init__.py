"""How Claude Code is found and started, alone or in a terminal. Needs no Qt, prints nothing."""
