"""Whether an installation is whole, looked at from inside: `ccr --selftest`.

`ccr doctor` looks at the user's configuration and network; this looks at the program alone.
"""
