"""Where both programs of the bundle begin. Their names say which of the two it is."""

import sys
from pathlib import Path

from ccr_desktop.own_program import CONSOLE, keep_bundle, leave_bundle

keep_bundle()
leave_bundle()

from ccr_desktop import __main__ as begin  # noqa: E402  # with the environment as it should be

is_console = Path(sys.executable).stem == CONSOLE
sys.exit(begin.ccr() if is_console else begin.ccr_desktop())
