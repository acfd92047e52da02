import json
import os
import sys
from pathlib import Path

import pytest

from ccr_desktop.core.credentials.copilot_editors import editors_token
from ccr_desktop.errors import CredentialError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    base = "AppData/Local" if sys.platform == "win32" else ".config"
    folder = tmp_path / base / "github-copilot"
    folder.mkdir(parents=True)
    return folder


def write(path: Path, **tokens: object) -> None:
    path.write_text(json.dumps({key: {"oauth_token": token} for key, token in tokens.items()}))


def test_the_newer_file_counts_first(folder: Path) -> None:
    write(folder / "hosts.json", **{"github.com": "old"})
    assert editors_token() == "old"

    write(folder / "apps.json", **{"acme.ghe.com:Iv1": "theirs", "github.com:Iv1": "new"})
    assert editors_token() == "new"
    assert editors_token("acme.ghe.com") == "theirs"


@pytest.mark.timeout(10)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none with names")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "apps.json")
    write(folder / "hosts.json", **{"github.com": "old"})

    assert editors_token() == "old"


def test_another_file_may_be_named(folder: Path) -> None:
    write(folder / "apps.json", **{"github.com:Iv1": "usual"})
    write(folder.parent / "mine.json", **{"github.com": "mine"})

    assert editors_token(file=str(folder.parent / "mine.json")) == "mine"


def test_the_folder_may_be_elsewhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    (tmp_path / "own/github-copilot").mkdir(parents=True)
    write(tmp_path / "own/github-copilot/apps.json", **{"github.com:Iv1": "there"})

    assert editors_token() == "there"


@pytest.mark.parametrize(
    "content", ["", "[1]", '{"github.com": 5}', '{"github.com": {"oauth_token": 5}}', "{}"]
)
def test_a_file_without_a_token_is_none(folder: Path, content: str) -> None:
    (folder / "apps.json").write_text(content)

    with pytest.raises(CredentialError, match=r"apps\.json and .*hosts\.json"):
        editors_token()

    assert [path.name for path in folder.iterdir()] == ["apps.json"]
