"""Plain questions on a terminal: a line, a secret, yes or no, one of a list.

Questions go to stderr, so that what a command prints can still be piped.
"""

from __future__ import annotations

import getpass
import os
import select
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ccr_desktop.errors import ClientError

if sys.platform != "win32":
    import termios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SHOWN_CHOICES = 20


def is_interactive() -> bool:
    """Whether somebody sits in front of this process who can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str, default: str = "") -> str:
    """One line; Enter alone takes the default. The end of input counts as Ctrl-C."""
    hint = f" [{default}]" if default else ""
    return _line(f"{question}{hint}: ").strip() or default


def ask_yes(question: str, *, default: bool = True) -> bool:
    while True:
        answer = _line(f"{question} [{'Y/n' if default else 'y/N'}] ").strip().lower()
        if not answer:
            return default
        if answer in {"y", "yes", "n", "no"}:
            return answer.startswith("y")
        say("Please answer y or n.")


def ask_secret(question: str) -> str:
    """A line that is not shown while it is typed."""
    if _can_await():
        with _unseen():
            return _line(f"{question}: ").strip()
    try:
        return getpass.getpass(f"{question}: ", stream=sys.stderr).strip()
    except EOFError:
        raise KeyboardInterrupt from None


def ask_checked(question: str, check: Callable[[str], str], default: str = "") -> str:
    """Ask again until *check* accepts the answer; it returns what is meant or raises."""
    while True:
        try:
            return check(ask(question, default))
        except ClientError as exc:
            say(str(exc))


def choose(question: str, choices: Sequence[str], *, current: int | None = None) -> int | str:
    """The index of a choice, by its number or words from it; a text that begins with `+` as it is.

    More choices than fit are shown a part at a time: words narrow them down.
    """
    shown = list(range(len(choices)))
    while True:
        _list(choices, shown, current)
        answer = ask(question)
        if not answer and current is not None:
            return current
        if answer.startswith("+"):
            return answer
        if answer.isdigit() and 1 <= int(answer) <= len(choices):
            return int(answer) - 1
        shown = _matching(choices, answer)
        if len(shown) == 1:
            return shown[0]
        if not shown:
            say(f"Nothing matches {answer!r}.")
            shown = list(range(len(choices)))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def say_awaited(what: str) -> None:
    """Tell a person at a terminal that standard input is read; a pipe needs no telling."""
    if sys.stdin.isatty():
        end = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
        say(f"Type or paste {what}; {end} ends it.")


def _matching(choices: Sequence[str], answer: str) -> list[int]:
    exact = [index for index, choice in enumerate(choices) if choice == answer]
    words = answer.casefold().split()
    return exact or [
        index
        for index, choice in enumerate(choices)
        if all(word in choice.casefold() for word in words)
    ]


def _list(choices: Sequence[str], shown: Sequence[int], current: int | None) -> None:
    for index in shown[:_SHOWN_CHOICES]:
        say(f" {'*' if index == current else ' '}{index + 1:>3}  {choices[index]}")
    if len(shown) > _SHOWN_CHOICES:
        say(f"      … {len(shown) - _SHOWN_CHOICES} more: type a part of the name to find one.")


def _line(prompt: str) -> str:
    print(prompt, end="", file=sys.stderr, flush=True)
    if _can_await():
        _await_input()
    line = sys.stdin.readline()
    if not line:
        say("")
        raise KeyboardInterrupt
    return line


def _can_await() -> bool:
    return _reads_a_terminal() and threading.current_thread() is threading.main_thread()


@contextmanager
def _unseen() -> Iterator[None]:
    """What is typed at the terminal is not shown; what was typed before counts for nothing."""
    if sys.platform == "win32":
        raise AssertionError("terminals of Windows have no such mode")
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    silent = before[:]
    silent[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, silent)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSAFLUSH, before)
        say("")  # the line end was not shown either


def _reads_a_terminal() -> bool:
    try:
        return os.name == "posix" and os.isatty(sys.stdin.fileno())
    except OSError:  # what stands in its place has no descriptor
        return False


def _await_input() -> None:
    """Wait until there is a line, or Ctrl-C.

    One that is pressed right before a read begins is noticed by Python only once that has ended.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer)
    try:
        select.select([sys.stdin, reader], [], [])
    finally:
        signal.set_wakeup_fd(before)
        os.close(reader)
        os.close(writer)
