"""The status line of Claude Code: one line made of what the client, git and the router know.

Claude Code runs the command several times a second. So nothing here loads a module that costs
milliseconds (typing, dataclasses, pathlib, re, json) unless the line needs it.
"""
