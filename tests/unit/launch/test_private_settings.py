"""Who may read Claude Code's settings while the router's key is in them, and afterwards."""

import sys
from pathlib import Path

import pytest

from ccr_desktop.core.config.schema import Config
from ccr_desktop.launch import normal_claude

KEY = "sk-router-0123456789"
WITH_KEY, WITHOUT = Config(port=4000, api_key=KEY), Config(port=4000)
CONTENT = b'{\n  "model": "opus"\n}\n'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no modes there")


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Claude Code's settings, which everybody may read."""
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "claude"))
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    (tmp_path / "claude").mkdir()
    path = tmp_path / "claude" / "settings.json"
    path.write_bytes(CONTENT)
    path.chmod(0o644)
    return path


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def switch_on(config: Config) -> None:
    normal_claude.apply(normal_claude.plan(config))


def test_with_a_key_only_the_owner_reads_the_file_until_it_is_undone(file: Path) -> None:
    assert normal_claude.plan(WITH_KEY).holds_key

    switch_on(WITH_KEY)

    assert KEY in file.read_text("utf-8")
    assert mode(file) == 0o600
    assert normal_claude.undo(WITH_KEY) == ()
    assert (file.read_bytes(), mode(file)) == (CONTENT, 0o644)


@pytest.mark.parametrize("before", [0o644, 0o640, 0o600])
def test_without_a_key_the_same_may_read_it(file: Path, before: int) -> None:
    file.chmod(before)
    assert not normal_claude.plan(WITHOUT).holds_key

    switch_on(WITHOUT)

    assert mode(file) == before
    normal_claude.undo(WITHOUT)
    assert mode(file) == before


def test_the_copy_of_a_file_that_has_the_key_is_as_private(file: Path) -> None:
    switch_on(WITH_KEY)
    file.write_bytes(file.read_bytes().replace(b"opus", b"haiku"))
    switch_on(Config(port=5000, api_key=KEY))

    copies = [*file.parent.glob("*.before-ccr-*")]

    assert any(KEY in copy.read_text("utf-8") for copy in copies)
    assert {mode(copy) for copy in copies} == {0o600}


@pytest.mark.parametrize("is_changed", [False, True], ids=["untouched", "changed"])
def test_a_router_that_moved_still_gives_back_what_was_before_it(
    file: Path, is_changed: bool
) -> None:
    switch_on(WITH_KEY)
    if is_changed:
        file.write_bytes(file.read_bytes().replace(b"opus", b"haiku"))
    switch_on(Config(port=5000, api_key=KEY))
    assert mode(file) == 0o600

    normal_claude.undo(Config(port=5000, api_key=KEY))

    assert mode(file) == 0o644


def test_a_key_that_comes_or_goes_later_closes_or_opens_the_file(file: Path) -> None:
    switch_on(WITHOUT)
    switch_on(WITH_KEY)
    assert mode(file) == 0o600

    switch_on(WITHOUT)
    assert mode(file) == 0o644

    normal_claude.undo(WITHOUT)
    assert (file.read_bytes(), mode(file)) == (CONTENT, 0o644)


def test_what_somebody_else_allowed_since_stays(file: Path) -> None:
    switch_on(WITH_KEY)
    file.chmod(0o640)

    normal_claude.undo(WITH_KEY)

    assert (file.read_bytes(), mode(file)) == (CONTENT, 0o640)


def test_a_file_with_the_key_is_known(file: Path) -> None:
    assert normal_claude.file_with_key(WITH_KEY) is None

    switch_on(WITH_KEY)

    assert normal_claude.file_with_key(WITH_KEY) == file
    assert normal_claude.file_with_key(WITHOUT) is None
    file.write_bytes(b"{")
    assert normal_claude.file_with_key(WITH_KEY) is None
