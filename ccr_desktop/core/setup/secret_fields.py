"""Which texts of a configuration are secret, and copies of it without them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.addresses import is_bare_word, is_of_provider, read_proxy
from ccr_desktop.core.config.interpolation import is_reference, refers_to_others
from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.protocol.masking import CREDENTIAL_PARAMETER
from ccr_desktop.core.secrets import PREFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccr_desktop.core.protocol.json import JsonObject

Path = tuple[str | int, ...]
MASK = "***"
_SECRET_NAME = re.compile(
    r"api[_-]?key|secret|token|password|passwd|private[_-]?key|access[_-]?key"
    r"|authorization|cookie|credential|passphrase|bearer|x-auth$|(?:^|[_-])(?:pwd|pass)$"
    r"|^key$|(?<!cache)[_-]key$|(?:auth|subscription|signing|master)key$|^clientkeys$",
    re.I,
)
# Names that hold such a word and never a secret: counts, and the names of variables or fields.
_HARMLESS_NAME = re.compile(
    r"tokenizer|token_?count|max_?tokens|responseField|(?<!x-)auth$|_path$", re.I
)
_NAMED_BY_PEOPLE = {"projects", "agents", "models", "routeSets", "prices", "context_windows"}
"""What stands under a name of theirs is no secret because of it: a folder `~/secret-shop`."""
_LABELS = {"name", "label", "type", "expires"}
_CREDENTIALS_IN_URL = re.compile(rf"(?<=://)[^/\s?#]+@|[?&]{CREDENTIAL_PARAMETER}=[^&\s]+", re.I)
_CREDENTIALS_OF_PROXY = re.compile(r"[^\s/@:,]+:[^\s/]+@[\w.-]+:\d+")  # an address without scheme
_ADDRESSES = {"api_base_url", "OPENAI_BASE_URL"}
_PROXIES = {"proxy_url", "PROXY_URL", "HTTPS_PROXY", "https_proxy", "httpsProxy"}
_TEMPLATE = re.compile(r"#\{[^}]+\}|\{\{[^}]+\}\}")


def json_path(path: Path) -> str:
    """`Providers[0].api_key`, as issues name a place."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def is_stand_in(text: str) -> bool:
    """Whether *text* only says where the secret is: `$VAR`, `keyring:NAME`, or a template's."""
    stripped = text.strip()
    return (
        not stripped
        or stripped.startswith(PREFIX)
        or is_reference(stripped)
        or _TEMPLATE.fullmatch(stripped) is not None
    )


def replace_secrets(value: Any, replacement: Callable[[Path, str], str]) -> Any:
    """A copy in which every secret text is what *replacement* makes of it."""
    return _replaced(value, replacement, (), is_secret=False)


def find_secrets(value: Any) -> Iterator[tuple[Path, str]]:
    """Every secret text with its place."""
    found: list[tuple[Path, str]] = []

    def note(path: Path, text: str) -> str:
        found.append((path, text))
        return text

    replace_secrets(value, note)
    yield from found


def masked(value: Any) -> Any:
    """A copy that may be shown to anybody. References stay readable."""
    return replace_secrets(value, lambda _path, _text: MASK)


def shown_address(url: str) -> str:
    """*url* as anybody may see it: whole, but for what opens it."""
    return _CREDENTIALS_IN_URL.sub(_shut, url)


def _shut(found: re.Match[str]) -> str:
    text = found.group()
    return f"{MASK}@" if text.endswith("@") else f"{text.partition('=')[0]}={MASK}"


def with_placeholders(raw: JsonObject) -> tuple[JsonObject, dict[str, str]]:
    """A copy to give away: each secret is a `$NAME`; the names with the places they stand at."""
    names: dict[str, str] = {}

    def placeholder(path: Path, _text: str) -> str:
        name = base = _variable(raw, path)
        count = 1
        while name in names:
            count += 1
            name = f"{base}_{count}"
        names[name] = json_path(path)
        return f"${name}"

    return replace_secrets(raw, placeholder), names


def _replaced(
    value: Any, replacement: Callable[[Path, str], str], path: Path, *, is_secret: bool
) -> Any:
    match value:
        case dict():
            is_theirs = bool(path) and path[-1] in _NAMED_BY_PEOPLE
            return {
                key: _replaced(
                    item,
                    replacement,
                    (*path, key),
                    is_secret=not is_theirs and _hides(key, inside=is_secret),
                )
                for key, item in value.items()
            }
        case list():
            return [
                _replaced(item, replacement, (*path, index), is_secret=is_secret)
                for index, item in enumerate(value)
            ]
        case str() if not is_stand_in(value) and (
            is_secret or _looks_secret(value) or _is_no_address(path, value)
        ):
            return replacement(path, value)
        case _:
            return value


def _hides(name: str, *, inside: bool) -> bool:
    """Whether texts under *name* are secret; *inside* means that they are among keys."""
    return _is_secret_name(name) or (inside and name.lower() not in _LABELS)


def _is_secret_name(name: str) -> bool:
    """Of a path, as rules have them, the last name says it: `metadata.key`."""
    named = _SECRET_NAME.search(name) or _SECRET_NAME.search(name.rpartition(".")[2])
    return named is not None and not _HARMLESS_NAME.search(name)


def _looks_secret(text: str) -> bool:
    if redact(text) != text or _CREDENTIALS_IN_URL.search(text):
        return True
    return _CREDENTIALS_OF_PROXY.fullmatch(text.strip()) is not None


def _is_no_address(path: Path, text: str) -> bool:
    """Whether *text* stands for an address and is none: nobody knows what in it is secret."""
    name = path[-1] if path else ""
    text = text.strip()
    if name in _PROXIES:
        return "@" in text or is_bare_word(text) or not read_proxy(text, "", [])
    if name not in _ADDRESSES or is_of_provider(text):
        return False
    return "@" in text or not refers_to_others(text)


def _variable(raw: JsonObject, path: Path) -> str:
    """A name for the environment variable that takes the place of a secret."""
    match path:
        case ("APIKEY",):
            return "CCR_APIKEY"
        case ("Providers" | "providers" as key, int(index), str(field), *_):
            field = "api_key" if field.startswith("api_key") else field
            words = f"{_provider_name(raw, key, index)}_{field}"
        case _:
            words = "_".join(part for part in path if isinstance(part, str))
    name = re.sub(r"[^A-Z0-9]+", "_", words.upper()).strip("_")
    return f"_{name}" if name[:1].isdigit() else name or "SECRET"


def _provider_name(raw: JsonObject, key: str, index: int) -> str:
    entry = raw[key][index]
    name = entry.get("name") if isinstance(entry, dict) else None
    return name if isinstance(name, str) else f"PROVIDER_{index + 1}"
