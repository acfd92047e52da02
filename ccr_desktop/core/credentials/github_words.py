"""What GitHub answers where it should have given something, in words that people can use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.protocol.json import loads_object
from ccr_desktop.core.protocol.masking import hide
from ccr_desktop.core.protocol.sentences import ended

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccr_desktop.core.dialects.base import UpstreamAnswer
    from ccr_desktop.core.protocol.json import JsonObject

_NAME = re.compile(r"\w{1,60}", re.ASCII)
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<")
_MOST = 300


def github_said(answer: UpstreamAnswer, secrets: Iterable[str] = ()) -> str:
    """Why there was nothing of use in *answer*: its words, and never the text of it."""
    told = loads_object(answer.body)
    if said := _said(told):
        shown = redact(hide(said, secrets))
        shown = shown if len(shown) <= _MOST else f"{shown[:_MOST]}…"
        return f"GitHub says: {ended(shown)}"
    if _PAGE.match(answer.body):
        return (
            "A web page came where an answer of GitHub should be. A proxy may stand between, or"
            " the network wants you to sign in first: open GitHub in a browser."
        )
    return f"What GitHub answered, with status {answer.status}, can't be understood."


def _said(told: JsonObject) -> str:
    details = told.get("error_details")
    detailed = details.get("message") if isinstance(details, dict) else None
    texts = (told.get("error_description"), detailed, told.get("message"))
    for text in texts:
        if isinstance(text, str) and (words := " ".join(text.split())) and words[0] not in "<{[":
            return words
    name = told.get("error")
    return name if isinstance(name, str) and _NAME.fullmatch(name.replace(" ", "_")) else ""
