import os
from pathlib import Path

import pytest

from ccr_desktop.core.config.schema import PluginFile
from ccr_desktop.core.transformers import plugin_files
from ccr_desktop.core.transformers.plugin_files import PluginFiles

MINE = """
from dataclasses import dataclass

class Base:
    def request(self, body, context):
        return body

@dataclass
class Mine(Base):
    options: dict
    name = "mine"
"""


def write(path: Path, text: str) -> PluginFile:
    """Write *path* so that it is seen to have changed."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))
    return PluginFile(str(path), {}, "transformers[0]")


def test_classes_with_a_name_and_a_hook_are_transformers(tmp_path: Path) -> None:
    found = PluginFiles().load([write(tmp_path / "mine.py", MINE)])

    assert list(found.classes) == ["mine"]
    assert not found.issues
    assert not found.broken


def test_a_changed_file_is_loaded_again_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    files = PluginFiles()
    file = write(tmp_path / "mine.py", MINE)
    first = files.load([file]).classes["mine"].make
    assert files.load([file]).classes["mine"].make is first
    assert not files.has_changed([file])

    write(tmp_path / "mine.py", MINE.replace('"mine"', '"other"'))

    assert files.has_changed([file])
    assert list(files.load([file]).classes) == ["other"]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.py", "def broken(:", "SyntaxError"),
        ("a.py", "import no_such_module_at_all", "ModuleNotFoundError"),
        ("a.py", "import sys\nsys.exit(3)", "SystemExit: 3"),
        ("a.py", "raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("a.py", "import asyncio\nraise asyncio.CancelledError", "CancelledError"),
        ("a.py", "class Mine:\n    name = 'mine'", "it defines no class with a text `name` and"),
        (
            "a.py",
            "class Mine:\n    def request(self): ...",
            "class Mine has hooks and no text",
        ),
        ("a.txt", "", "this is neither Python nor JavaScript"),
    ],
    ids=["syntax", "import", "exit", "interrupt", "cancelled", "no hook", "no name", "text"],
)
def test_a_file_that_cant_be_used_is_an_issue_with_its_reason(
    tmp_path: Path, name: str, text: str, problem: str
) -> None:
    found = PluginFiles().load([write(tmp_path / name, text)])

    (issue,) = found.issues
    assert issue.where == "transformers[0]"
    assert problem in issue.problem
    assert str(tmp_path / name) in issue.problem
    assert issue.severity == "warning"
    assert problem in found.broken[str(tmp_path / name)]


def test_a_class_without_a_name_is_told_beside_one_that_has_one(tmp_path: Path) -> None:
    text = f"{MINE}\nclass Other(Base): ...\nclass _Helper(Base): ..."

    found = PluginFiles().load([write(tmp_path / "mine.py", text)])

    assert list(found.classes) == ["mine"]
    (issue,) = found.issues
    assert str(issue) == (
        f"transformers[0]: {tmp_path / 'mine.py'}: its class Other has hooks and no text `name`: "
        "give it one, or an underscore in front when it is no transformer. "
        "Requests that need it fail until it can be loaded."
    )


def test_a_file_that_never_ends_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugin_files, "LOAD_LIMIT_S", 0.1)
    file = write(tmp_path / "a.py", "import threading\nthreading.Event().wait(60)")

    found = PluginFiles().load([file])

    assert found.broken == {file.path: "it took longer than 0.1 s to load"}
    assert "it took longer than 0.1 s to load" in found.issues[0].problem


def test_a_file_that_is_gone_is_broken(tmp_path: Path) -> None:
    files = PluginFiles()
    file = write(tmp_path / "mine.py", MINE)
    files.load([file])
    (tmp_path / "mine.py").unlink()

    assert files.has_changed([file])
    assert files.load([file]).broken == {file.path: "there is no such file"}
    assert not files.has_changed([file])


def test_of_two_of_one_name_the_later_counts(tmp_path: Path) -> None:
    one, two = (write(tmp_path / name, MINE) for name in ("one.py", "two.py"))

    found = PluginFiles().load([one, two])

    assert found.classes["mine"].file == two
    assert "has a second 'mine'" in found.issues[0].problem


def test_files_are_loaded_beside_each_other(tmp_path: Path) -> None:
    """Each waits at import, and again where it is made, until the other one has come so far."""
    meeting = "import threading\nplace = threading.__dict__.setdefault('{0}', threading.Barrier(2))"
    parts = [meeting.format("at_import"), "place.wait(5)", meeting.format("at_making")]
    text = "\n".join(parts) + (
        "\nclass A:\n    name = '{name}'\n    def request(self, body, context): return body\n"
        "    def __init__(self, options): place.wait(5)\n"
    )
    files = [write(tmp_path / f"{name}.py", text.format(name=name)) for name in "ab"]

    found = PluginFiles().load(files)

    assert [*found.classes] == ["a", "b"]
    assert (found.broken, found.unmade) == ({}, {})


def test_files_that_never_end_are_waited_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plugin_files, "LOAD_LIMIT_S", 0.5)
    hanging = "import threading\nthreading.Event().wait(60)"
    files = [write(tmp_path / f"{number}.py", hanging) for number in range(3)]
    right = write(
        tmp_path / "right.py", "class A:\n    name = 'a'\n    def request(self, b, c): return b\n"
    )

    found = PluginFiles().load([*files, right])

    assert [*found.broken] == [file.path for file in files]
    assert [*found.classes] == ["a"]
