"""A preset of the present configuration: what may be shared, and questions instead of keys."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

from ccr_desktop import paths
from ccr_desktop.core.presets.build import APPLIED
from ccr_desktop.core.presets.manifest import read_manifest
from ccr_desktop.core.presets.packages import MANIFEST, Package
from ccr_desktop.core.secrets import PREFIX
from ccr_desktop.core.setup.secret_fields import is_stand_in, replace_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccr_desktop.core.presets.manifest import Input, Manifest
    from ccr_desktop.core.protocol.json import JsonObject
    from ccr_desktop.core.setup.secret_fields import Path as JsonPath


def share(config: JsonObject, name: str, about: JsonObject) -> Package:
    """A package of *config* with the transformer files that it names."""
    shared = {key: copy.deepcopy(value) for key, value in config.items() if key in APPLIED}
    if "providers" in config and "Providers" not in config:
        shared["Providers"] = copy.deepcopy(config["providers"])
    files = _take_files(shared)
    questions: list[JsonObject] = []
    ask = _Questions(shared, questions)
    cleaned = replace_secrets(_without_stored(shared, ask), ask)
    places = json.dumps(cleaned)
    questions.sort(key=lambda question: places.find(_placeholder(question["id"])))
    dynamic = {"schema": questions} if questions else {}
    raw = {"name": name, "version": "1.0.0", **about, **cleaned, **dynamic}
    text = json.dumps(raw, indent=2, ensure_ascii=False)
    manifest = read_manifest(raw, name)
    return Package(manifest, {MANIFEST: f"{text}\n".encode(), **files})


class _Questions:
    """Turns each secret into the placeholder of a question."""

    def __init__(self, shared: JsonObject, questions: list[JsonObject]) -> None:
        self._shared = shared
        self._questions = questions

    def __call__(self, path: JsonPath, _text: str) -> str:
        label = _label(self._shared, path)
        id_ = base = re.sub(r"[^a-zA-Z0-9]+", "_", label).strip("_") or "secret"
        taken = {question["id"] for question in self._questions}
        count = 1
        while id_ in taken:
            count += 1
            id_ = f"{base}_{count}"
        self._questions.append({"id": id_, "type": "password", "label": label})
        return _placeholder(id_)


def asked_place(manifest: Manifest, entry: Input) -> JsonPath | None:
    """Where the answer goes to a question that `share` has named; None for others."""
    shared = dict(manifest.parts)
    places = _places_of(_placeholder(entry.id), shared, ())
    return next((path for path in places if _label(shared, path) == entry.label), None)


def _places_of(text: str, value: Any, path: JsonPath) -> Iterator[JsonPath]:
    items: Iterable[tuple[str | int, Any]] = ()
    match value:
        case dict():
            items = value.items()
        case list():
            items = enumerate(value)
        case _ if value == text:
            yield path
    for step, item in items:
        yield from _places_of(text, item, (*path, step))


def _placeholder(id_: str) -> str:
    return f"#{{{id_}}}"


def _without_stored(value: Any, ask: _Questions, path: JsonPath = ()) -> Any:
    """What refers to this machine's keyring means nothing elsewhere: there it is asked for."""
    match value:
        case str() if value.startswith(PREFIX):
            return ask(path, value)
        case dict():
            return {key: _without_stored(item, ask, (*path, key)) for key, item in value.items()}
        case list():
            return [_without_stored(item, ask, (*path, at)) for at, item in enumerate(value)]
        case _:
            return value


def _take_files(shared: JsonObject) -> dict[str, bytes]:
    """The Python files of transformers, and their paths in the package."""
    files: dict[str, bytes] = {}
    for entry in shared.get("transformers") or []:
        path = entry.get("path") if isinstance(entry, dict) else None
        if not isinstance(path, str) or is_stand_in(path):
            continue
        place = paths.expanded(path)
        if place.suffix == ".py" and place.is_file():
            entry["path"] = f"transformers/{place.name}"
            files[entry["path"]] = place.read_bytes()
    return files


def _label(shared: JsonObject, path: JsonPath) -> str:
    match path:
        case ("Providers", int(index), *rest):
            entry = shared["Providers"][index]
            name = entry.get("name", index) if isinstance(entry, dict) else index
            return " ".join([str(name), *(str(part) for part in rest)])
        case _:
            return " ".join(map(str, path))
