"""Provider errors: one reader for all their shapes, and the Anthropic envelope they end in.

Status and type table: https://docs.anthropic.com/en/api/errors. The shapes of providers are
those that their public SDKs and proxies handle; see the tests for one case each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ccr_desktop.core.protocol import failure_codes as codes
from ccr_desktop.core.protocol.json import JSONDecodeError, JsonObject, dumps_text, loads_lenient
from ccr_desktop.core.protocol.masking import hide

ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    408: "timeout_error",
    409: "conflict_error",
    413: "request_too_large",
    422: "invalid_request_error",
    424: "api_error",
    429: "rate_limit_error",
    503: "overloaded_error",
    504: "timeout_error",
    529: "overloaded_error",
}
_NUMBER = re.compile(r"\d[\d,_]{2,}")
_IN_MESSAGES = re.compile(r"(\d[\d,_]{2,}) in the messages", re.I)
_LIMIT = re.compile(r"(?:maximum|limit|context (?:length|window|size))\D{0,30}(\d[\d,_]{2,})", re.I)
_SECRET = re.compile(
    r"(?<![a-z0-9])(?P<begin>"
    r"(?:sk-|Bearer\s+|key=|AIza|gsk_|xai-|nvapi-|pplx-|gh[opu]_|ya29\.)(?=[a-z0-9_\-.*]{6})"
    r"|(?:github_pat_|hf_|r8_|AKIA|eyJ)(?=[a-z0-9_]{16})"  # names of models may begin so, too
    r")[a-z0-9_\-.*]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)",
    re.I,
)
# What every credential holds: where there is none of them, nothing needs to be tried.
_MARKS = (
    *("sk-", "bearer", "key=", "aiza", "gsk_", "xai-", "nvapi-", "pplx-", "ghp_", "ya29."),
    *("gho_", "ghu_", "github_pat_", "hf_", "r8_", "akia", "eyj", "://"),
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})", re.I)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.I | re.S)
MAX_MESSAGE_CHARS = 500
_MAX_NESTING = 8


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as the client will read it. `retry_after_s` is in seconds.

    `remedy` says what to do where the provider reported no failure: the status is ours then, and
    another try would end like this one. `is_empty`: it said nothing at all.
    """

    status: int
    type: str
    message: str
    retry_after_s: float | None = None
    remedy: str = ""
    said: str = field(default="", repr=False, compare=False)
    """All that was said, as it came: secrets are looked for in it before it is cut."""
    limit: int | None = field(default=None, repr=False, compare=False)
    is_empty: bool = field(default=False, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        status: int,
        message: str,
        *,
        retry_after_s: float | None = None,
        limit: int | None = None,
    ) -> Failure:
        """A failure whose type follows from its status; of *message* so much is shown."""
        shown = _clip(redact(message), limit)
        return cls(status, error_type(status), shown, retry_after_s, said=message, limit=limit)

    def without(self, secrets: Iterable[str]) -> Failure:
        """The same failure, with *secrets* masked wherever they were said."""
        text = redact(hide(self.said or self.message, secrets))
        return replace(self, message=_clip(text, self.limit), said="", limit=None)

    def prefixed(self, prefix: str) -> Failure:
        """The same failure, saying whose it is. Keeps wordings that clients act upon in front."""
        if self.message.startswith("prompt is too long"):
            return self.reworded(f"{self.message} ({prefix})")
        return self.reworded(f"{prefix}: {self.message}")

    def reworded(self, message: str) -> Failure:
        """The same failure in other words, which are fit to be shown."""
        return replace(self, message=message, said="", limit=None)


def error_type(status: int) -> str:
    """Anthropic's error type for an HTTP status."""
    return ERROR_TYPES.get(status, "invalid_request_error" if 400 <= status < 500 else "api_error")


def envelope(failure: Failure, request_id: str = "") -> JsonObject:
    """The body of an Anthropic error answer, also the data of an `error` event."""
    body: JsonObject = {
        "type": "error",
        "error": {"type": failure.type, "message": failure.message},
    }
    return {**body, "request_id": request_id} if request_id else body


def may_hold_key(text: str) -> bool:
    """Whether there is anything in *text* that `redact` would have to look at."""
    folded = text.casefold()
    return any(mark in folded for mark in _MARKS)


def redact(text: str) -> str:
    """*text* without anything that looks like a credential."""
    if not may_hold_key(text):
        return text
    return _SECRET.sub(lambda match: f"{match['begin'] or ''}***", text)


def masked_json(data: bytes, secrets: Sequence[str]) -> bytes:
    """A provider's JSON as it came, or with masks; nothing where escapes would undo them."""
    text = data.decode("utf-8", "replace")
    masked = redact(hide(text, secrets))
    plain = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), masked)
    if redact(hide(plain, secrets)) != plain:
        return b""
    return data if masked == text else masked.encode()


def read_failure(body: bytes, status: int) -> Failure:
    """What a provider's error answer says, whatever its shape; *status* is the HTTP status."""
    try:
        payload = loads_lenient(body)
    except JSONDecodeError:
        return _plain(body, status)
    return failure_of(payload, status) or _plain(body, status)


NO_API = "the address does not answer as an API"


def unreadable(body: bytes) -> Failure:
    """What to say of an answer that is no JSON although its status is a success."""
    if body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<":
        return read_failure(body, 502)
    title = f" ({text})" if (text := _title(body)) else ""
    problem = f"{NO_API}: an HTML page came with status 200{title}"
    failure = Failure.of(502, problem, limit=MAX_MESSAGE_CHARS)
    return replace(failure, remedy="Check api_base_url.")


def failure_of(payload: Any, status: int | None = None) -> Failure | None:
    """The failure that a JSON value describes, or None if it describes none.

    *status* is the HTTP status when that is an error by itself; without one (an error inside a
    200 or inside a stream) the status comes from the payload's code, type or words.
    """
    if isinstance(payload, list) and payload:
        payload = payload[0]
    if not isinstance(payload, dict) or (found := _message(payload)) is None:
        return None
    message, detail = found
    if status == 400 and _names_bad_key(detail):
        status = 401
    code = _own_status(detail) or _own_status(payload)
    kinds = [*_kinds(detail), *_kinds(payload)]
    words = " ".join([*kinds, message])
    known = (codes.STATUS_OF_NAME.get(name.lower()) for name in kinds)
    resolved = status or code or next(filter(None, known), None) or _status_by_words(words)
    if any(name.lower() in codes.NO_MONEY for name in kinds):
        resolved = 402
    if codes.UNREADABLE_CALL in kinds:
        resolved, message = 502, _with_generation(message, detail)
    wait_s = _retry_after(detail)
    failure = Failure.of(resolved, message, retry_after_s=wait_s, limit=MAX_MESSAGE_CHARS)
    return _worded_overflow(failure) if _is_overflow(failure, kinds) else failure


def _with_generation(message: str, detail: JsonObject) -> str:
    """*message*, and the beginning of what the model wrote in place of a call."""
    text = " ".join(str(detail.get("failed_generation") or "").split())
    return f"{message} The model wrote: {_clip(text, 200)}" if text else message


def _message(payload: JsonObject) -> tuple[str, JsonObject] | None:
    """The human text of an error payload and the object that its codes stand in."""
    error = payload.get("error")
    if isinstance(error, dict):
        return _nested_message(error), error
    if isinstance(error, str) and error:
        return error, payload
    if isinstance(base := payload.get("base_resp"), dict):
        return (_flatten(base.get("status_msg")), base) if base.get("status_code") else None
    if isinstance(errors := payload.get("errors"), list) and errors:
        return _flatten(errors[0]), errors[0] if isinstance(errors[0], dict) else {}
    for key in ("message", "detail", "msg", "Message"):
        value = payload.get(key)
        if _is_wording(value) and "choices" not in payload and "content" not in payload:
            return _flatten(value), payload
    return None


def _is_wording(value: Any) -> bool:
    if isinstance(value, dict):
        return "message" in value or "detail" in value
    return bool(value)


def _nested_message(error: JsonObject) -> str:
    message = _flatten(error.get("message") or error.get("detail") or " ".join(_kinds(error)))
    metadata = error.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    inner = _json_text(raw) or _json_text(message)
    if inner and (found := _message(inner)):
        text = found[0]
        return text if not message or _json_text(message) else f"{message}: {text}"
    return f"{message}: {raw}" if isinstance(raw, str) and raw else message or dumps_text(error)


def _json_text(value: Any) -> JsonObject | None:
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return None
    try:
        parsed = loads_lenient(value.encode("utf-8", "replace"))
    except JSONDecodeError:
        return None
    return parsed if isinstance(parsed, dict) else None


def _flatten(value: Any, nesting: int = 0) -> str:
    if nesting > _MAX_NESTING:
        return "…"
    match value:
        case str():
            return value
        case list():
            return "; ".join(_flatten(item, nesting + 1) for item in value)
        case {"msg": str(text), "loc": list(where)}:
            return f"{'.'.join(map(str, where))}: {text}"
        case {"message": message}:
            return _flatten(message, nesting + 1)
        case {"detail": detail}:
            return _flatten(detail, nesting + 1)
        case _:
            return dumps_text(value)


def _own_status(detail: JsonObject) -> int | None:
    for key in ("code", "status_code", "status", "http_code"):
        value = detail.get(key)
        if isinstance(value, str) and re.fullmatch(r"[45]\d\d", value, re.ASCII):
            return int(value)
        if isinstance(value, int) and 400 <= value <= 599:
            return value
        if isinstance(value, int | str) and str(value) in codes.STATUS_OF_NUMBER:
            return codes.STATUS_OF_NUMBER[str(value)]
    return None


def _kinds(detail: JsonObject) -> list[str]:
    """The words and numbers by which a provider classes the error."""
    values = [detail.get(key) for key in ("type", "code", "status", "error_type")]
    if isinstance(metadata := detail.get("metadata"), dict):
        values.append(metadata.get("error_type"))  # OpenRouter's
    numbers = [str(value) for value in values if type(value) is int]
    return [value for value in values if isinstance(value, str) and value != "error"] + numbers


def _names_bad_key(detail: JsonObject) -> bool:
    """Google calls a wrong key an invalid argument: https://cloud.google.com/apis/design/errors"""
    details = detail.get("details")
    reasons = (
        item.get("reason")
        for item in (details if isinstance(details, list) else ())
        if isinstance(item, dict)
    )
    return "API_KEY_INVALID" in reasons


def _status_by_words(text: str) -> int:
    return next((status for pattern, status in codes.STATUS_OF_WORDS if pattern.search(text)), 500)


def _retry_after(detail: JsonObject) -> float | None:
    value = detail.get("resets_in_seconds") or detail.get("retry_after")
    if isinstance(value, int | float) and value >= 0:
        return float(value)
    details = detail.get("details")
    for item in details if isinstance(details, list) else ():
        delay = item.get("retryDelay") if isinstance(item, dict) else None
        if isinstance(delay, str) and re.fullmatch(r"\d+(\.\d+)?s", delay, re.ASCII):
            return float(delay[:-1])
    return None


def _is_overflow(failure: Failure, kinds: Sequence[str]) -> bool:
    if not codes.OVERFLOWS.isdisjoint(kinds):
        return True
    may_be = 400 <= failure.status < 500 and failure.status not in {401, 402, 403, 429}
    return may_be and bool(codes.OVERFLOW_WORDS.search(" ".join([*kinds, failure.message])))


def _worded_overflow(failure: Failure) -> Failure:
    """Claude Code compacts on Anthropic's wording of a context overflow, and on no other."""
    if failure.message.startswith("prompt is too long"):
        return replace(failure, status=400, type=ERROR_TYPES[400])
    sizes = _context_sizes(failure.message)
    intro = f"prompt is too long{sizes}. The provider says: "
    limit = len(intro) + MAX_MESSAGE_CHARS
    return Failure.of(400, f"{intro}{failure.said}", limit=limit)


def _context_sizes(message: str) -> str:
    if (limit := _LIMIT.search(message)) is None:
        return ""
    maximum, *_ = _numbers(limit.group(1))
    in_messages = _IN_MESSAGES.search(message)  # the rest is room for the answer
    used = max(_numbers(message))
    if in_messages and (prompt := _numbers(in_messages.group(1))[0]) > maximum:
        used = prompt
    return f": {used} tokens > {maximum} maximum" if used > maximum else ""


def _numbers(text: str) -> list[int]:
    return [int(re.sub(r"\D", "", number)) for number in _NUMBER.findall(text)]


def _plain(body: bytes, status: int) -> Failure:
    return Failure.of(status, _plain_message(body), limit=MAX_MESSAGE_CHARS)


def _plain_message(body: bytes) -> str:
    if title := _title(body):
        return f"an HTML page came back: {title}"
    if body.lstrip()[:1] == b"<":
        return "an HTML page came back instead of JSON"
    return body.decode("utf-8", "replace").strip() or "the answer had no text"


def _title(body: bytes) -> str:
    """The title of an HTML page, if it has one."""
    found = _TITLE.search(body)
    return " ".join(found.group(1).decode("utf-8", "replace").split()) if found else ""


def _clip(text: str, limit: int | None) -> str:
    return text if limit is None or len(text) <= limit else f"{text[:limit]}…"
