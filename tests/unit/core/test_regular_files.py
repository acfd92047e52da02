"""Pipes and devices are no files, wherever their names come from."""

import os
from pathlib import Path

import pytest

from ccr_desktop.core.config.files import read_bytes
from ccr_desktop.core.regular_files import open_regular
from ccr_desktop.core.routing.prompts import TextFiles, agent_prompts
from ccr_desktop.core.user_code import load_module
from ccr_desktop.errors import ConfigError

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none with names")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """One that nobody writes to: opening it the plain way would wait for ever."""
    path = tmp_path / "pipe.py"
    os.mkfifo(path)
    return path


def test_a_file_is_opened_also_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    for name in "ab":
        with open_regular(tmp_path / name) as file:
            assert file.read() == b"text"


def test_a_folder_and_what_is_missing_are_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):
        open_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "a")


@needs_pipes
def test_no_pipe_is_waited_for(pipe: Path) -> None:
    with pytest.raises(ConfigError, match=r"It is a pipe, not a file\. Move it away"):
        read_bytes(pipe)
    with pytest.raises(OSError, match="It is a pipe"):
        TextFiles().read(pipe)
    with pytest.raises(OSError, match="It is a pipe"):
        load_module(pipe)


@needs_pipes
def test_no_device_is_read(tmp_path: Path) -> None:
    link = tmp_path / "config.json"
    link.symlink_to("/dev/zero")

    with pytest.raises(ConfigError, match="It is a device"):
        read_bytes(link)


@pytest.mark.parametrize("name", ["a\0.md", "a\ud800.md"])
def test_what_can_be_no_path_is_not_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match=r"null|surrogates|No such file"):
        TextFiles().read(tmp_path / name)


@needs_pipes
def test_an_agent_that_is_no_file_is_passed_over(tmp_path: Path) -> None:
    agents = tmp_path / ".claude" / "agents"
    agents.mkdir(parents=True)
    os.mkfifo(agents / "a.md")
    (agents / "b.md").write_text("You review code.")

    assert agent_prompts(TextFiles(), tmp_path, None) == {"b": "You review code."}


def test_a_configuration_has_a_largest_size(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    with path.open("wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)

    with pytest.raises(ConfigError, match="It is larger than 16 MiB"):
        read_bytes(path)
