"""What is missing is left out on a developer's machine, and fails where tests are the judge."""

import sys
from pathlib import Path

import pytest

from tests.support.programs import leave_out, need

NOWHERE = "no-such-program-anywhere"


def test_a_program_that_is_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))

    assert need(Path(sys.executable).name) == sys.executable


def test_a_developer_skips_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)

    with pytest.raises(pytest.skip.Exception, match=NOWHERE):
        need("git", NOWHERE)


@pytest.mark.parametrize(
    ("system", "outcome"),
    [("linux", pytest.fail.Exception), ("win32", pytest.skip.Exception)],
)
def test_ci_fails_where_it_can_be_installed(
    monkeypatch: pytest.MonkeyPatch, system: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr("tests.support.programs.sys.platform", system)

    with pytest.raises(outcome, match=NOWHERE):
        need(NOWHERE)


def test_ci_fails_without_a_fixture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match="no recordings"):
        leave_out("no recordings")
