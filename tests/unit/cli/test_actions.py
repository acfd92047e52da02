"""Commands with sub-commands."""

import argparse

import pytest

from ccr_desktop.cli.actions import Actions

EXAMPLES = """\
  ccr thing do x      does it
  ccr thing doubt     is another"""


@pytest.fixture
def seen() -> list[argparse.Namespace]:
    return []


@pytest.fixture
def actions(seen: list[argparse.Namespace]) -> Actions:
    def handle(options: argparse.Namespace) -> int:
        seen.append(options)
        return 7

    made = Actions("thing", "Does things.", EXAMPLES)
    made.add("do", "do it", handle, aliases=("make",)).add_argument("what")
    made.add("rest", "have a rest", handle)
    return made


@pytest.mark.parametrize(
    "line",
    ["do x --config f", "--config f do x", "make x --config f", "--config g do x --config f"],
)
def test_the_file_is_named_before_or_behind(
    actions: Actions, seen: list[argparse.Namespace], line: str
) -> None:
    assert actions.run(line.split()) == 7
    assert (seen[0].what, seen[0].config) == ("x", "f")


def test_without_an_action_the_help_is_shown_or_something_else_done(
    actions: Actions, seen: list[argparse.Namespace], capsys: pytest.CaptureFixture[str]
) -> None:
    assert actions.run([]) == 2
    assert "ccr thing do x" in capsys.readouterr().err
    assert actions.run([], lambda options: seen.append(options) or 5) == 5
    assert seen[0].config is None


@pytest.mark.parametrize(
    ("action", "shown", "hidden"),
    [("do", "ccr thing do x", "doubt"), ("rest", "ccr thing rest", "do x")],
)
def test_each_action_shows_its_own_examples(
    actions: Actions, capsys: pytest.CaptureFixture[str], action: str, shown: str, hidden: str
) -> None:
    with pytest.raises(SystemExit):
        actions.run([action, "--help"])

    said = capsys.readouterr().out
    assert shown in said
    assert hidden not in said
