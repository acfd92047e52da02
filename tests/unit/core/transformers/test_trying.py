"""The transformers of a file, tried out: nothing of it can hold the caller for ever."""

from pathlib import Path

import pytest

from ccr_desktop.core.config.schema import PluginFile
from ccr_desktop.core.transformers import trying
from ccr_desktop.core.transformers.trying import try_out
from ccr_desktop.errors import CcrError

POLITE = """
class Polite:
    name = "polite"

    def __init__(self, options):
        self.word = options["word"]

    def request(self, body, context):
        return {**body, "metadata": self.word}

    def upstream_request(self, body, context):
        raise ValueError("no such thing")
"""


def written(folder: Path, text: str) -> PluginFile:
    path = folder / "mine.py"
    path.write_text(text, encoding="utf-8")
    return PluginFile(str(path), {}, "")


def test_each_hook_is_tried_and_what_fails_is_told(tmp_path: Path) -> None:
    [tried] = try_out(written(tmp_path, POLITE), {"word": "please"})

    assert tried.name == "polite"
    request, upstream = tried.steps
    assert '"metadata": "please"' in request.after
    assert '"metadata"' not in request.before
    assert "ValueError: no such thing" in upstream.problem


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("import nothing_of_that_name", {}, "ModuleNotFoundError"),
        (POLITE, {}, "KeyError: 'word'"),
    ],
)
def test_what_cannot_be_made_is_told(
    tmp_path: Path, text: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(CcrError, match=said):
        try_out(written(tmp_path, text), options)


def test_what_does_not_end_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = """
import threading

class Stuck:
    name = "stuck"

    def request(self, body, context):
        threading.Event().wait()
"""
    monkeypatch.setattr(trying, "LIMIT_S", 0.05)

    with pytest.raises(CcrError, match="longer than"):
        try_out(written(tmp_path, stuck), {})
