"""Every error that a user may see, with a short title and a sentence that says what to do.

    CcrError(title, message)
    ├ ConfigError(issues)              the configuration is wrong            CLI exit 2
    ├ ConfigConflict                   its file changed before it was saved
    ├ SecretError(state)               keys can't be read or kept
    │ └ KeyAwaited                     the store has not answered yet
    ├ ClaudeMissing(looked)            Claude Code was not found
    ├ FolderMissing                    the folder to start it in is gone
    ├ TerminalMissing(commands)        no terminal to start it in
    ├ ClientError(status)              the request is wrong                  4xx
    │ └ RuleChanged                    the rule is another one, or gone, by now
    ├ RoutingError                     no such provider, model or route      404
    ├ CredentialError                  the sign-in of another program
    ├ UpdateError                      a new version can't be found, fetched or trusted
    ├ TransformerError(name)           a transformer failed                  500
    ├ UpstreamError(provider, model)   the provider did not answer properly
    │ ├ UpstreamUnreachable            no connection                         502
    │ ├ UpstreamTimeout                a phase took too long                 504
    │ ├ UpstreamRejected(failure)      the provider said no                  its status
    │ │ └ UpstreamKeyMissing           it has no key, and was not asked      403, 503
    │ └ UpstreamProtocolError          the answer can't be understood        502
    └ ServiceError                     the service can't start               CLI exit 3

A class exists only where somebody catches it differently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccr_desktop.core.config.issues import Issue
    from ccr_desktop.core.config.schema import Config
    from ccr_desktop.core.protocol.failures import Failure
    from ccr_desktop.core.secrets.state import StoreState


_FEW = 10
_MARKS_OF_NAMES = "_,./\\"


def few(told: Sequence[object]) -> list[str]:
    """The first of what is wrong with a file, and where to find the rest when that is much."""
    lines = [str(each) for each in told[:_FEW]]
    if more := len(told) - len(lines):
        lines.append(f"And {more} more: `ccr config check` lists them all.")
    return lines


class CcrError(Exception):
    """Something failed; `title` says what in a few words, `message` what can be done."""

    def __init__(self, title: str, message: str) -> None:
        super().__init__(f"{title}: {message}" if message else title)
        self.title = title
        self.message = message


def as_sentences(error: CcrError) -> str:
    """For what stands by itself, or behind a colon."""
    return sentences(error.title, error.message)


def sentences(title: str, text: str) -> str:
    """What happened and what is known of it, which an error has without a capital."""
    return f"{title}. {begun(text)}".strip()


def begun(said: str) -> str:
    """With a capital, unless it begins with a file or a setting, which is written as it is."""
    word = said.partition(" ")[0].rstrip(".,:;")
    is_name = any(mark in word for mark in _MARKS_OF_NAMES)
    return said if is_name else f"{said[:1].upper()}{said[1:]}"


class ConfigError(CcrError):
    """The configuration can't be used; `issues` lists all problems at once.

    `readable` is what could be read all the same, None when that is nothing.
    """

    def __init__(
        self, source: str, issues: Sequence[Issue], readable: Config | None = None
    ) -> None:
        lines = "\n".join(f"  {line}" for line in few(issues))
        super().__init__(f"The configuration {source} can't be used", f"\n{lines}")
        self.issues = tuple(issues)
        self.readable = readable


class ConfigConflict(CcrError):
    """The file was changed by somebody else since it was read: saving would lose that."""


class WriteError(CcrError):
    """The disk is full, or there is no right to; the file is as it was."""


class SecretError(CcrError):
    """Keys can't be read or kept: there is no store, it is locked, or it refused.

    `detail` is the part of the message that the store itself said.
    """

    def __init__(
        self, title: str, message: str, *, state: StoreState | None = None, detail: str = ""
    ) -> None:
        super().__init__(title, message)
        self.state = state
        self.detail = detail


class KeyAwaited(SecretError):
    """The store has not answered: it may be slow, or wait for a person to unlock it."""

    def __init__(self) -> None:
        super().__init__(
            "The password store has not given this key yet",
            "If a window asks you to unlock the store, answer it.",
        )


class ClaudeMissing(CcrError):
    """Claude Code is not there, or not where the configuration says; `looked` has the places."""

    def __init__(self, looked: Sequence[str], install: str) -> None:
        places = ", ".join(looked)
        super().__init__(
            "Claude Code was not found",
            f"Install it with `{install}`, or set CLAUDE_PATH to say where it is. "
            f"Looked in {places}.",
        )
        self.looked = tuple(looked)
        self.install = install


class FolderMissing(CcrError):
    """The folder in which Claude Code should start is not there."""


class TerminalMissing(CcrError):
    """There is no terminal to open; `commands` do the same when they are typed into one."""

    def __init__(self, title: str, message: str, commands: Sequence[str]) -> None:
        super().__init__(title, message)
        self.commands = tuple(commands)


class ClientError(CcrError):
    """The request can't be served as it was sent (400, 401, 403, 404 or 413).

    Where it `is_lasting` a client that asks again hears the same.
    """

    def __init__(
        self, title: str, message: str = "", *, status: int = 400, is_lasting: bool = False
    ) -> None:
        super().__init__(title, message)
        self.status = status
        self.is_lasting = is_lasting


class RuleChanged(ClientError):
    """The rule that was to be changed is no longer as it was seen."""

    def __init__(self) -> None:
        super().__init__("The rule was changed meanwhile", "Look at it and try again.")


class RuleRefusal(ClientError):
    """An own rule refuses the request; `rule` is its place in the file."""

    def __init__(self, title: str, message: str, rule: str) -> None:
        super().__init__(title, message, status=403)
        self.rule = rule


class RoutingError(CcrError):
    """No provider, model or route fits the request."""


class CredentialError(CcrError):
    """The sign-in that another program keeps is missing, broken or no longer accepted."""


class UpdateError(CcrError):
    """A new version can't be found, fetched, trusted or installed. Nothing of it was run."""


class TransformerError(CcrError):
    """A transformer, built in or a plugin, failed on a request."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"The transformer {name!r} failed", problem)
        self.name = name


class UpstreamError(CcrError):
    """A provider did not deliver an answer."""

    def __init__(self, provider: str, model: str, title: str, message: str) -> None:
        super().__init__(title, message)
        self.provider = provider
        self.model = model


class UpstreamUnreachable(UpstreamError):
    """No connection could be made, or it broke, as `was_connected` says."""

    def __init__(
        self, provider: str, model: str, title: str, message: str, *, was_connected: bool = False
    ) -> None:
        super().__init__(provider, model, title, message)
        self.was_connected = was_connected


class UpstreamTimeout(UpstreamError):
    """One phase of the exchange took longer than the configuration allows."""


class UpstreamProtocolError(UpstreamError):
    """The provider answered something that is not an answer."""


class UpstreamListError(UpstreamError):
    """The provider did not list its models, but answered with the HTTP *status*."""

    def __init__(self, provider: str, model: str, title: str, message: str, *, status: int) -> None:
        super().__init__(provider, model, title, message)
        self.status = status


class UpstreamRejected(UpstreamError):
    """The provider answered with an error of its own.

    `headers` are those a client steers its retries by; `raw` is the body as it came, for
    clients that speak the provider's protocol.
    """

    def __init__(
        self,
        provider: str,
        model: str,
        failure: Failure,
        headers: Mapping[str, str],
        raw: bytes | None = None,
    ) -> None:
        super().__init__(provider, model, f"{provider},{model} answered {failure.status}", "")
        self.failure = failure
        self.headers = headers
        self.raw = raw


class UpstreamKeyMissing(UpstreamRejected):
    """The provider has no key, so nothing was sent."""

    AWAITED = 503
    """The status while the key may still come: clients ask again by themselves."""

    @property
    def is_awaited(self) -> bool:
        return self.failure.status == self.AWAITED


class ServiceError(CcrError):
    """The service can't start or stop."""
