"""`python -m ccr_desktop` is the `ccr` command."""

import sys

from ccr_desktop.cli.main import ccr

if __name__ == "__main__":
    sys.exit(ccr())
