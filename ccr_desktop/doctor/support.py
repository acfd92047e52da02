"""A text to send with a report: facts, results, settings, logs; no keys, no conversations."""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from ccr_desktop import __version__, paths
from ccr_desktop.core.config.fields import MAX_SHOWN
from ccr_desktop.core.config.files import encode
from ccr_desktop.core.observe.journal import report
from ccr_desktop.core.observe.logging import LOG_FILE
from ccr_desktop.core.setup.free_texts import masked_for_others, words_of_rules
from ccr_desktop.core.setup.secret_fields import MASK
from ccr_desktop.doctor.examine import known_secrets, without_secrets
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ccr_desktop.core.observe.journal import Entry
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.doctor.check import Around, Result

_LOG_LINES = 200
_TAIL_BYTES = 256 * 1024
_MOST_REQUESTS = 50
_TELLING = 8
"""A shorter word may be a part of anything else."""
_QUOTED = (
    rf"""['"][^\n]{{{MAX_SHOWN - 1}}}…|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\{{\{{.*?\}}\}}"""
)
_NO_SUCH = "there is no (?:API|colour|failure|placeholder|plugin|style|type)"
_FOUND = re.compile(rf"\b(contains|found|shows?|of the type|{_NO_SUCH}) (?:{_QUOTED})")
"""What is told of the words in a message, and of a text that can't stand where it does."""
_NO_ADDRESS = re.compile(rf"(?:{_QUOTED}) is no address")
"""As logs of earlier versions tell it."""
_FAILURES = "crash-*.txt"
_LIBRARIES = ("PySide6-Essentials", "qasync", "aiohttp", "keyring", "orjson", "tiktoken")
_VARIABLES = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "LANG", "SHELL", "TERM")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the file is made of. `secrets` never stand in it."""

    raw: JsonObject
    source: str
    issues: Sequence[str]
    log_lines: Sequence[str]
    failure: str = ""
    """The last report of a failure in the app itself."""
    requests: Sequence[Entry] = ()
    secrets: Sequence[str] = ()

    @classmethod
    def of(cls, around: Around, requests: Sequence[Entry] = ()) -> Facts:
        """Everything from the files as they are now. May block."""
        store, raw = around.store, around.config.raw
        with suppress(ConfigError):
            raw = store.written.raw  # as the file stands, in force or not
        return cls(
            raw=dict(raw),
            source=str(store.path or "built-in settings"),
            issues=[str(issue) for issue in (*store.problems, *store.config.issues)],
            log_lines=_log_lines(),
            failure=_last_failure(),
            requests=requests,
            secrets=known_secrets(store, around.environment),
        )


def support_text(facts: Facts, results: Sequence[Result]) -> str:
    """All of it, in the order in which somebody who helps reads it."""
    text = "\n\n".join(
        f"== {title} ==\n{body or '-'}"
        for title, body in (
            ("Versions", "\n".join(_versions())),
            ("Checks", "\n".join(line for result in results for line in _lines(result))),
            ("Problems of the settings", "\n".join(facts.issues)),
            (f"Settings ({facts.source})", encode(masked_for_others(facts.raw)).decode().strip()),
            ("Requests", "\n".join(map(_request, facts.requests[:_MOST_REQUESTS]))),
            ("Last failure of the app itself", facts.failure.strip()),
            ("Last lines of the log", "\n".join(facts.log_lines)),
        )
    )
    shown = _without_words(without_secrets(text, facts.secrets), words_of_rules(facts.raw))
    home = str(Path.home())
    return (shown.replace(home, "~") if len(home) > 1 else shown) + "\n"


def _without_words(text: str, words: Iterable[str]) -> str:
    """Why a rule fits is told with the word that was found, and a refusal with its text.

    Rules of before, which are in no file any more, are known by how that is told.
    """
    text = _FOUND.sub(rf"\1 {MASK!r}", _NO_ADDRESS.sub(f"{MASK!r} is no address", text))
    for word in sorted({*words}, key=len, reverse=True):
        text = text.replace(repr(word), repr(MASK))
        told = " ".join(word.strip().splitlines())
        if len(told) >= _TELLING:
            text = text.replace(told, MASK)
    return text


def _versions() -> Iterator[str]:
    yield f"CCR Desktop {__version__}"
    yield f"Made: {time.strftime('%Y-%m-%d %H:%M:%S %z')}"
    yield f"System: {platform.platform()}"
    yield f"Python: {platform.python_version()} ({platform.machine()}, {sys.platform})"
    for library in _LIBRARIES:
        yield f"{library}: {_version_of(library)}"
    for name in _VARIABLES:
        yield f"{name}: {os.environ.get(name, '-')}"


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def _lines(result: Result) -> Iterator[str]:
    finding = result.finding
    yield f"{finding.verdict.value}: {result.check.title}: {finding.text}"
    if finding.remedy.text:
        yield f"    {finding.remedy}"
    for line in finding.details:
        yield f"    {line}"


def _request(entry: Entry) -> str:
    """Without what was said, and without folders."""
    return report(entry).partition("\n")[2].rstrip() + "\n"


def _last_failure() -> str:
    """Its first part: what the log said then may be long."""
    try:
        newest = max(paths.log_dir().glob(_FAILURES), default=None)
        text = newest.read_text(encoding="utf-8", errors="replace") if newest else ""
    except OSError:
        return ""
    return text.partition("\n\nLast lines of the log:")[0]


def _log_lines() -> list[str]:
    try:
        with (paths.log_dir() / LOG_FILE).open("rb") as file:
            file.seek(max(file.seek(0, os.SEEK_END) - _TAIL_BYTES, 0))
            return file.read().decode("utf-8", "replace").splitlines()[-_LOG_LINES:]
    except OSError:
        return []
