"""Reading a preset's `manifest.json`: who made it, what it asks, what it sets."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.hidden_names import note_hidden_signs
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.hidden_signs import hidden_sign
from ccr_desktop.core.presets.patterns import check_pattern
from ccr_desktop.core.presets.placeholders import ids_in_braces, with_one_spelling
from ccr_desktop.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccr_desktop.core.protocol.json import JsonObject

METADATA = (
    "name",
    "version",
    "description",
    "author",
    "homepage",
    "repository",
    "license",
    "keywords",
    "ccrVersion",
    "source",
    "sourceType",
    "checksum",
)
DYNAMIC = ("schema", "template", "configMappings", "userValues")
KINDS = ("password", "input", "select", "multiselect", "confirm", "editor", "number")
OPERATORS = ("eq", "ne", "in", "nin", "gt", "lt", "gte", "lte", "exists")
_NAME = re.compile(r"[^/\\:*?\"<>|\x00-\x1f\ud800-\udfff]{1,100}")
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)
_SUPERSCRIPT = str.maketrans("¹²³", "123")  # digits of ports, there
_MOST_BYTES = 200  # a name in Chinese has three for each character; file systems take 255


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison with the answer to the question *field*."""

    field: str
    operator: str = "eq"
    value: Any = None


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    value: Any
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One question. `options_from` is static, providers or models."""

    id: str
    kind: str = "password"
    label: str = ""
    prompt: str = ""
    placeholder: str = ""
    options: tuple[Option, ...] = ()
    options_from: str = "static"
    provider_field: str = ""
    when: tuple[Condition, ...] = ()
    default: Any = None
    is_required: bool = True
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None

    @property
    def title(self) -> str:
        return self.label or self.prompt or self.id


@dataclass(frozen=True, slots=True)
class Target:
    """A value that goes to a place such as `Providers[0].api_key`."""

    target: str
    value: Any
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A preset. `parts` are the members of a configuration that it brings along."""

    name: str
    about: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[Input, ...] = ()
    template: Mapping[str, Any] | None = None
    mappings: tuple[Target, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """`userValues`: what was answered when the preset was installed elsewhere."""
    parts: Mapping[str, Any] = field(default_factory=dict, repr=False)
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)


def read_manifest(raw: JsonObject, source: str, fallback_name: str = "") -> Manifest:
    """The manifest that *raw* describes. Raises `ConfigError` with everything that is wrong."""
    issues: list[Issue] = []
    note_hidden_signs(raw, issues, "error")
    name = raw.get("name", fallback_name)
    if not isinstance(name, str) or not is_safe_name(name):
        hint = "A name without slashes and special characters is needed, and no device of Windows."
        issues.append(Issue("name", "is missing or can't be used.", hint))
        name = ""
    if not isinstance(raw.get("Providers") or [], list):
        issues.append(Issue("Providers", "found no list.", "A list of providers is allowed."))
    template, answers = raw.get("template"), raw.get("userValues")
    for key, value in (("template", template), ("userValues", answers)):
        if value is not None and not isinstance(value, dict):
            issues.append(Issue(key, "found no object.", "An object is allowed."))
    template = template if isinstance(template, dict) else {}
    inputs = _inputs(raw.get("schema"), issues)
    parts = {key: value for key, value in raw.items() if key not in (*METADATA, *DYNAMIC)}
    manifest = Manifest(
        name=name,
        about={key: raw[key] for key in METADATA if key in raw},
        inputs=(*inputs, *_unasked(inputs, [*ids_in_braces(parts), *ids_in_braces(template)])),
        template=with_one_spelling(template) or None,
        mappings=_mappings(raw.get("configMappings"), issues),
        answers=answers if isinstance(answers, dict) else {},
        parts=with_one_spelling(parts),
        raw=raw,
    )
    if issues:
        raise ConfigError(f"of the preset {source}", issues)
    return manifest


def is_safe_name(name: str) -> bool:
    """Whether *name* can be the name of a folder and stays one, on every system."""
    is_seen = bool(_NAME.fullmatch(name)) and not hidden_sign(name)
    is_plain = is_seen and not name.startswith(".") and ".." not in name
    is_short = len(name.encode("utf-8", "replace")) <= _MOST_BYTES
    is_whole = name == name.strip() and not name.endswith(".")
    return is_plain and is_short and is_whole and not is_device(name)


def is_device(name: str) -> bool:
    """Whether Windows takes a file of that name for a device, whatever its ending is."""
    stem = name.partition(".")[0].rstrip().translate(_SUPERSCRIPT).casefold()
    return stem in _DEVICES


def _inputs(found: Any, issues: list[Issue]) -> tuple[Input, ...]:
    if found is None:
        return ()
    if not isinstance(found, list):
        issues.append(Issue("schema", "found no list.", "A list of questions is allowed."))
        return ()
    inputs = (_input(entry, f"schema[{index}]", issues) for index, entry in enumerate(found))
    return tuple(entry for entry in inputs if entry)


def _unasked(inputs: tuple[Input, ...], ids: list[str]) -> tuple[Input, ...]:
    """Questions for what the preset leaves open without asking."""
    known = {entry.id for entry in inputs}
    missing = (id_ for id_ in dict.fromkeys(ids) if id_ not in known)
    return tuple(Input(id=id_, kind="password" if _is_key(id_) else "input") for id_ in missing)


def _is_key(id_: str) -> bool:
    return any(word in id_.lower() for word in ("key", "token", "secret", "password"))


def _input(entry: Any, where: str, issues: list[Issue]) -> Input | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str) or not entry["id"]:
        issues.append(Issue(where, "has no id.", 'Write {"id": "apiKey", …}.'))
        return None
    kind = entry.get("type", "password")
    if kind not in KINDS:
        issues.append(Issue(f"{where}.type", f"found {kind!r}.", f"Allowed: {', '.join(KINDS)}."))
        return None
    source = entry.get("options")
    dynamic = source if isinstance(source, dict) else {}
    return Input(
        id=entry["id"],
        kind=kind,
        label=_text(entry.get("label")),
        prompt=_text(entry.get("prompt")),
        placeholder=_text(entry.get("placeholder")),
        options=_options(dynamic.get("options") if dynamic else source),
        options_from=_text(dynamic.get("type")) or "static",
        provider_field=_text(dynamic.get("providerField")),
        when=_conditions(entry.get("when"), f"{where}.when", issues),
        default=entry.get("defaultValue"),
        is_required=entry.get("required") is not False,
        pattern=_pattern(entry.get("validator"), f"{where}.validator", issues),
        minimum=_number(entry.get("min")),
        maximum=_number(entry.get("max")),
    )


def _options(found: Any) -> tuple[Option, ...]:
    options = []
    for item in found if isinstance(found, list) else []:
        if not isinstance(item, dict):
            options.append(Option(str(item), item))
        elif "value" in item and not item.get("disabled"):
            label = _text(item.get("label")) or str(item["value"])
            options.append(Option(label, item["value"], _text(item.get("description"))))
    return tuple(options)


def _mappings(found: Any, issues: list[Issue]) -> tuple[Target, ...]:
    mappings = []
    for index, item in enumerate(found if isinstance(found, list) else []):
        where = f"configMappings[{index}]"
        if not isinstance(item, dict) or not isinstance(item.get("target"), str):
            hint = 'Write {"target": "Providers[0].api_key", "value": "#{apiKey}"}.'
            issues.append(Issue(where, "has no target.", hint))
            continue
        when = _conditions(item.get("when"), f"{where}.when", issues)
        mappings.append(Target(item["target"], item.get("value"), when))
    return tuple(mappings)


def _conditions(found: Any, where: str, issues: list[Issue]) -> tuple[Condition, ...]:
    """One condition or a list of them, which must all hold."""
    conditions = []
    for item in found if isinstance(found, list) else [] if found is None else [found]:
        operator = item.get("operator", "eq") if isinstance(item, dict) else None
        if operator not in OPERATORS or not isinstance(item.get("field"), str):
            hint = f'Write {{"field": …, "operator": …}} with one of {", ".join(OPERATORS)}.'
            issues.append(Issue(where, "is no condition.", hint))
            continue
        conditions.append(Condition(_bare(item["field"]), operator, item.get("value")))
    return tuple(conditions)


def _bare(field_name: str) -> str:
    """`#{apiKey}` and `apiKey` mean the same question."""
    return field_name.removeprefix("#{").removesuffix("}")


def _pattern(found: Any, where: str, issues: list[Issue]) -> str:
    if not isinstance(found, str) or not found:
        return ""
    pattern = found[1 : found.rindex("/")] if re.fullmatch(r"/.+/[a-z]*", found) else found
    try:
        check_pattern(pattern)
    except ValueError as exc:
        hint = "A regular expression is allowed."
        issues.append(Issue(where, f"can't be read: {exc}.", hint))
        return ""
    return pattern


def _text(found: Any) -> str:
    return found.strip() if isinstance(found, str) else ""


def _number(found: Any) -> float | None:
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return float(found) if is_number and abs(found) <= sys.float_info.max else None
