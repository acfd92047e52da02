"""What the app's start loads for nothing."""

from __future__ import annotations

import subprocess
import sys


def test_no_source_of_a_module_is_read_for_pyside() -> None:
    code = (
        "import linecache, ccr_desktop.desktop.app\n"
        "print([name for name in linecache.cache if 'ccr_desktop' in name])"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"
