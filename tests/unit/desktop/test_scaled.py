"""Nothing is cut where the system draws everything larger.

Qt takes the factor once for a process, so each has one of its own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCREEN = {"name": "large", "x": 0, "y": 0, "width": 3200, "height": 2000}
FITTING = (
    "tests/unit/desktop/test_longer_words.py::test_no_longer_word_is_cut",
    "tests/unit/desktop/test_dialogs_fit.py::test_nothing_is_cut_by_longer_words",
    "tests/unit/desktop/test_dialogs_fit.py::test_nothing_of_a_plugin_is_cut_by_longer_words",
)
_OUTER = ("PYTEST_", "COV_")


@pytest.mark.timeout(900)
@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_nothing_is_cut_by_longer_words_in_a_larger_drawing(tmp_path: Path, factor: str) -> None:
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [SCREEN]}), "utf-8")
    own = {key: value for key, value in os.environ.items() if not key.startswith(_OUTER)}
    environment = {
        **own,
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        "QT_SCALE_FACTOR": factor,
    }
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--basetemp={tmp_path / 'own'}")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *FITTING],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
