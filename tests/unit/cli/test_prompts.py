"""Plain questions; a real terminal answers them in the end-to-end tests."""

import ctypes
import io
import operator
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from ccr_desktop.cli import prompts
from ccr_desktop.errors import ClientError

if sys.platform != "win32":
    import termios

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def type_(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return type_


def test_a_line_or_the_default(typed) -> None:  # type: ignore[no-untyped-def]
    typed("  mine \n\n")

    assert prompts.ask("Name") == "mine"
    assert prompts.ask("Name", "default") == "default"


def test_the_end_of_input_is_giving_up(typed) -> None:  # type: ignore[no-untyped-def]
    typed("")

    with pytest.raises(KeyboardInterrupt):
        prompts.ask("Name")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("y\n", True), ("No\n", False), ("\n", True), ("what\nyes\n", True)],
)
def test_yes_or_no(typed, text: str, expected: bool) -> None:  # type: ignore[no-untyped-def]
    typed(text)

    assert prompts.ask_yes("Sure?") is expected


def test_an_answer_is_asked_for_until_it_fits(typed, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    def check(answer: str) -> str:
        if answer != "right":
            raise ClientError("No good", "Say right.")
        return answer.upper()

    typed("wrong\nright\n")

    assert prompts.ask_checked("What", check) == "RIGHT"
    assert "Say right." in capsys.readouterr().err


CHOICES = ["near,small", "near,large", "far,large"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2\n", 1),
        ("near,large\n", 1),
        ("FAR\n", 2),
        ("large\n3\n", 2),
        ("large near\n", 1),
        ("9\n1\n", 0),
        ("nothing\n1\n", 0),
        ("+new,model\n", "+new,model"),
        ("\n", 1),
    ],
)
def test_a_choice_by_number_or_words(typed, text: str, expected: object) -> None:  # type: ignore[no-untyped-def]
    typed(text)

    assert prompts.choose("Which", CHOICES, current=1) == expected


def test_a_long_list_is_shown_in_part(typed, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    typed("m-33\n")

    assert prompts.choose("Which", [f"m-{number}" for number in range(40)]) == 33
    assert "20 more: type a part of the name" in capsys.readouterr().err


@pytest.mark.parametrize("closed", ["stdin", "stderr"])
def test_nobody_sits_at_a_closed_stream(closed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, closed, None)

    assert not prompts.is_interactive()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The other end of standard input, where a person sits."""
    typed, line = os.openpty()
    with open(line) as stdin:  # noqa: PTH123  # a descriptor
        monkeypatch.setattr(sys, "stdin", stdin)
        yield typed
    os.close(typed)


@posix_only
@pytest.mark.parametrize("ask", [prompts.ask, prompts.ask_secret])
def test_ctrl_c_right_before_the_wait_ends_it(
    ask: Callable[[str], str], terminal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signal comes, and the wait begins, without an instruction of Python in between."""
    press, wait = ctypes.CDLL(None)["raise"], select.select

    def pressed(*awaited: list[int]) -> object:
        calls = [partial(press, signal.SIGINT), partial(wait, *awaited, 60)]
        return [*map(operator.call, calls)][-1]

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    monkeypatch.setattr(select, "select", pressed)
    begun_s = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ask("Name")
    signal.signal(signal.SIGINT, before)

    assert time.monotonic() - begun_s < 50
    assert termios.tcgetattr(sys.stdin)[3] & termios.ECHO


@posix_only
def test_a_secret_is_not_shown_while_it_is_typed(
    terminal: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wait = select.select

    def typed(*awaited: list[int]) -> object:
        os.write(terminal, b"sk-hidden\n")
        return wait(*awaited, 60)

    monkeypatch.setattr(select, "select", typed)

    assert prompts.ask_secret("Key") == "sk-hidden"

    assert capsys.readouterr().err == "Key: \n"
    assert wait([terminal], [], [], 0)[0] == []  # nothing came back
    assert termios.tcgetattr(sys.stdin)[3] & termios.ECHO
