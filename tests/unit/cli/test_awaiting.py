"""A command that waits for a key says so, if it takes long."""

import pytest

from ccr_desktop.cli import awaiting
from ccr_desktop.cli.awaiting import ToldSecrets
from tests.support.locked_secrets import LockedSecrets


def test_it_is_said_what_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(awaiting, "_AFTER_S", 0.0)
    secrets = LockedSecrets(p="sk-a")
    tell = awaiting._tell

    def told(name: str) -> None:
        tell(name)
        secrets.open()

    monkeypatch.setattr(awaiting, "_tell", told)

    assert ToldSecrets(keyring=secrets).get("p") == "sk-a"
    assert capsys.readouterr().err.startswith(
        "ccr: waiting for your password store to give the key 'p'."
    )


def test_one_that_answers_leaves_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    secrets = LockedSecrets(p="sk-a")
    secrets.open()

    assert ToldSecrets(keyring=secrets).get("p") == "sk-a"
    assert capsys.readouterr().err == ""
