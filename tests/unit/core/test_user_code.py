import sys
from pathlib import Path

import pytest

from ccr_desktop.core.user_code import NotUsableError, load_module, stamp, why


def test_a_file_is_run_as_a_module_of_its_own(tmp_path: Path) -> None:
    one, two = tmp_path / "a" / "x.py", tmp_path / "b" / "x.py"
    for number, path in enumerate((one, two)):
        path.parent.mkdir()
        path.write_text(f"NUMBER = {number}")

    modules = [load_module(path) for path in (one, two)]

    assert [module.NUMBER for module in modules] == [0, 1]
    assert all(sys.modules[module.__name__] is module for module in modules)


def test_a_file_that_fails_leaves_what_was_loaded_before(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("NUMBER = 1")
    before = load_module(path)
    path.write_text("1 / 0")

    with pytest.raises(ZeroDivisionError):
        load_module(path)

    assert sys.modules[before.__name__] is before


def test_other_and_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotUsableError, match="neither Python nor JavaScript"):
        load_module(tmp_path / "x.txt")
    with pytest.raises(NotUsableError, match="No such file"):
        stamp(tmp_path / "x.py")


@pytest.mark.parametrize("name", ["a\0.py", "a\ud800.py"])
def test_what_can_be_no_path_is_a_missing_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotUsableError):
        stamp(tmp_path / name)


def test_a_traceback_shows_the_users_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("def inner():\n    1 / 0\ninner()\n")

    with pytest.raises(ZeroDivisionError) as caught:
        load_module(path)

    told = why(caught.value, path)
    assert told.startswith("Traceback (most recent call last):")
    assert told.count("File ") == 2
    assert told.endswith("ZeroDivisionError: division by zero")
    assert why(NotUsableError("no file"), path) == "no file"
