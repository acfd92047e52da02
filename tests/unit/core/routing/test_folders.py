"""Which folders a client names, and which a session has named."""

from pathlib import Path
from typing import Any

import pytest

from ccr_desktop.core.routing.folders import SessionFolders, named_folders
from tests.unit.core.routing.facts import body


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("Working directory: /a\nWorking directory: /b\n", ["/a", "/b"]),
        (" - Primary working directory: /a\n - Platform: linux", ["/a"]),
        ("<env>\nWorking directory: /a</env>", ["/a"]),
        (
            "Working directory: /a\nAdditional working directories: /b, /c",
            ["/a", "/b, /c", "/b", "/c"],
        ),
        (
            " - Additional working directories:\n   - /b\n   - /c\n - Platform: linux",
            ["/b", "/c"],
        ),
        ("You are an agent.", []),
    ],
)
def test_each_folder_that_the_client_names_is_found(system: str, expected: list[str]) -> None:
    assert named_folders(body(system=system)) == [Path(text) for text in expected]


def test_what_others_than_the_client_say_names_no_folder() -> None:
    said: list[dict[str, Any]] = [
        {"role": "user", "content": "Working directory: /user"},
        {"role": "assistant", "content": "Working directory: /assistant"},
        {"role": "system", "content": [{"type": "text", "text": "Working directory: /a"}]},
    ]

    assert named_folders(body(messages=said)) == [Path("/a")]


def test_a_session_keeps_its_folders_with_the_newest_last() -> None:
    folders = SessionFolders()

    for name in ("/a", "/b", "/a"):
        folders.note("s", [Path(name)])
    folders.note("", [Path("/c")])

    assert folders.of("s") == [Path("/b"), Path("/a")]
    assert folders.of("") == []
    for number in range(1000):
        folders.note(str(number), [])
    assert folders.of("s") == []
