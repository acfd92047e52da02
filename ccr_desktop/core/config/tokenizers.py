"""Reading `tokenizer` of claude-code-router 2: by which vocabulary a model's tokens are counted."""

from __future__ import annotations

from typing import Any

from ccr_desktop.core.config.fields import shown
from ccr_desktop.core.config.issues import Issue
from ccr_desktop.core.config.schema import DEFAULT_ENCODING
from ccr_desktop.core.config.spelling import note_unknown_keys

ENCODINGS = (DEFAULT_ENCODING, "o200k_base")  # whose vocabularies are bundled
OF_TOKENIZERS = ("default", "models")
OF_ENCODINGS = ("type", "encoding")
"""The members of each entry in them."""


def read_encodings(found: Any, where: str, issues: list[Issue]) -> dict[str, str]:
    """tiktoken's encodings by model, `""` for all others; what can't be done is reported."""
    if found is None:
        return {}
    if not isinstance(found, dict):
        hint = 'Write {"default": {"type": "tiktoken", "encoding": "o200k_base"}}.'
        issues.append(Issue(where, f"found {shown(found)}.", hint))
        return {}
    note_unknown_keys(found, OF_TOKENIZERS, where, issues)
    entries = {"": (found.get("default"), f"{where}.default")}
    models = found.get("models")
    for model, entry in models.items() if isinstance(models, dict) else ():
        entries[model] = (entry, f"{where}.models.{model}")
    return {
        model: _encoding(entry, place, issues)
        for model, (entry, place) in entries.items()
        if entry is not None
    }


def _encoding(entry: Any, where: str, issues: list[Issue]) -> str:
    kind = entry.get("type") if isinstance(entry, dict) else None
    if kind != "tiktoken":
        problem = f"tokenizers of the type {shown(kind)} are not part of this version."
        hint = f"Tokens are counted with {DEFAULT_ENCODING}; allowed is the type 'tiktoken'."
        issues.append(Issue(where, problem, hint, "warning"))
        return DEFAULT_ENCODING
    encoding = entry.get("encoding") or DEFAULT_ENCODING
    if encoding in ENCODINGS:
        return str(encoding)
    hint = f"Tokens are counted with {DEFAULT_ENCODING}; allowed: {', '.join(ENCODINGS)}."
    issues.append(Issue(f"{where}.encoding", f"found {shown(encoding)}.", hint, "warning"))
    return DEFAULT_ENCODING
