"""Files that a configuration names."""

from pathlib import Path
from typing import Any

import pytest
import trustme

from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.config.schema import PluginFile
from ccr_desktop.core.config.user_files import UserFiles


@pytest.fixture
def issues() -> list[Issue]:
    return []


@pytest.fixture
def files(tmp_path: Path, issues: list[Issue], monkeypatch: pytest.MonkeyPatch) -> UserFiles:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "mine.py").touch()
    (tmp_path / "folder").mkdir()
    return UserFiles(tmp_path, issues)


@pytest.mark.parametrize("text", ["mine.py", "./mine.py", "~/mine.py"])
def test_a_path_begins_at_the_configuration_or_at_home(
    text: str, files: UserFiles, issues: list[Issue], tmp_path: Path
) -> None:
    assert Path(files.path(text, "X")) == tmp_path / "mine.py"
    assert not issues


@pytest.mark.parametrize(
    ("text", "said"), [("none.py", "there is no file {path}."), ("folder", "{path} is a folder.")]
)
def test_a_path_that_is_not_there_is_a_warning(
    text: str, said: str, files: UserFiles, issues: list[Issue], tmp_path: Path
) -> None:
    files.path(text, "X")

    assert str(issues[0]).startswith(f"X: {said.format(path=tmp_path / text)}")
    assert issues[0].severity == "warning"


def test_certificates_are_read_once_to_see_that_they_are_some(
    files: UserFiles, issues: list[Issue], tmp_path: Path
) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    (tmp_path / "mine.pem").write_text("nothing of the kind")

    assert files.certificates("ca.pem", "CA_FILE") == str(tmp_path / "ca.pem")
    assert not issues
    for name in ("mine.pem", "none.pem", "folder", ""):
        assert files.certificates(name, "CA_FILE") == ""
    assert [issue.problem.split()[1] for issue in issues] == ["holds", "is", "is"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b" \n", "{path} is empty."),
        (b"nothing of the kind", "{path} holds no certificates in PEM form."),
        (b"0\x82\x03\xff", "{path} holds no certificates in PEM form."),
        (
            b"-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n",
            "a certificate in {path} is damaged.",
        ),
        (
            b"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n",
            "{path} holds a private key, and no certificates.",
        ),
    ],
)
def test_what_is_wrong_with_certificates_is_told_in_words(
    files: UserFiles, issues: list[Issue], tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "mine.pem"
    path.write_bytes(content)

    files.certificates("mine.pem", "CA_FILE")

    [issue] = issues
    assert issue.problem == problem.format(path=path)
    assert "-----BEGIN CERTIFICATE-----" in issue.hint


def test_a_program_is_a_name_or_a_path(
    files: UserFiles, issues: list[Issue], tmp_path: Path
) -> None:
    assert files.program("claude", "CLAUDE_PATH") == "claude"
    assert files.program("~/mine.py", "CLAUDE_PATH") == str(tmp_path / "mine.py")
    assert not issues

    files.program("/no/claude", "CLAUDE_PATH")
    assert [issue.where for issue in issues] == ["CLAUDE_PATH"]


def test_own_transformers_have_a_path_and_options(
    files: UserFiles, issues: list[Issue], tmp_path: Path
) -> None:
    path = str(tmp_path / "mine.py")

    found = files.plugins(
        ["mine.py", {"name": "n", "type": "class", "path": "mine.py", "options": {"a": 1}}]
    )

    assert found == (
        PluginFile(path, {}, "transformers[0]"),
        PluginFile(path, {"a": 1}, "transformers[1]"),
    )
    assert not issues


@pytest.mark.parametrize(
    ("found", "where"),
    [
        ({"path": "mine.py"}, "transformers"),
        ([5], "transformers[0]"),
        ([{"options": {}}], "transformers[0]"),
        ([{"path": " "}], "transformers[0]"),
        ([{"path": "mine.py", "options": 5}], "transformers[0].options"),
        ([{"path": "mine.py", "option": {}}], "transformers[0].option"),
        ([{"path": "none.py"}], "transformers[0].path"),
    ],
)
def test_each_mistake_has_its_place(
    found: Any, where: str, files: UserFiles, issues: list[Issue]
) -> None:
    files.plugins(found)

    assert [issue.where for issue in issues] == [where]


@pytest.mark.parametrize("key", ["plugins", "Plugins"])
def test_the_token_speed_plugin_can_be_switched_on(
    key: str, files: UserFiles, issues: list[Issue]
) -> None:
    assert files.shows_token_speed({key: [{"name": "token-speed", "enabled": True}]})
    assert not files.shows_token_speed({key: [{"name": "token-speed"}]})
    assert not files.shows_token_speed({})
    assert not issues


def test_another_server_plugin_is_a_warning(files: UserFiles, issues: list[Issue]) -> None:
    files.shows_token_speed({"plugins": [{"name": "mine", "enabled": True}]})

    assert str(issues[0]).startswith("plugins[0]: there is no plugin 'mine'. Known: token-speed.")


@pytest.mark.parametrize(
    "raw",
    [
        {"transformers": [{"path": "x" * 5000}]},
        {"CUSTOM_ROUTER_PATH": "module.exports = " + "x" * 5000},
        {"CA_FILE": "-----BEGIN CERTIFICATE-----" + "x" * 5000},
        {"REWRITE_SYSTEM_PROMPT": "You are " + "x" * 5000},
        {"projects": {"/" + "x" * 5000: "a,m"}},
        {"StatusLine": {"default": {"modules": [{"type": "script", "scriptPath": "x" * 5000}]}}},
    ],
)
def test_a_text_that_is_too_long_for_a_path_is_no_file(raw: dict[str, Any]) -> None:
    provider = {"name": "a", "api_base_url": "http://127.0.0.1:1/v1", "models": ["m"]}
    found = read_config({"Providers": [provider], **raw}, None, {})

    assert any(issue.severity == "warning" for issue in found.issues)
