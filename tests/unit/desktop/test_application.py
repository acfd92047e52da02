"""Links that macOS sends as events, in a process of their own: there is only one application."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent

from ccr_desktop.desktop.application import opened_link

OURS = "ccr-desktop://import?data=a%2Fb"
SCRIPT = """\
import json
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from ccr_desktop.desktop.application import Application

def send(link):
    return QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl(link)))

application = Application("test")
opened = []
taken = [send("ccr-desktop://import?early")]
before = list(opened)
application.open_links_with(opened.append)
taken += [send("ccr://provider?name=late"), send("https://example.com/"), send("file:///tmp/x")]
print(json.dumps([before, opened, taken]))
"""


@pytest.mark.parametrize(
    ("address", "link"),
    [(OURS, OURS), ("https://example.com/ccr-desktop://x", ""), ("file:///ccr-desktop", "")],
    ids=["ours", "somebody else's", "a file"],
)
def test_only_links_of_ours_are_opened_as_they_were_written(address: str, link: str) -> None:
    assert opened_link(QFileOpenEvent(QUrl(address))) == link


def test_links_wait_until_the_window_is_there(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "CCR_DESKTOP_HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stderr
    before, opened, taken = json.loads(done.stdout)
    assert before == []
    assert opened == ["ccr-desktop://import?early", "ccr://provider?name=late"]
    assert taken[:2] == [True, True]
