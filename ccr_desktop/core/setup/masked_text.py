"""The text of a configuration as it may be shown: comments and all, without secrets."""

from __future__ import annotations

import re

from ccr_desktop.core.config.positions import Path, Positions, Span, unquoted
from ccr_desktop.core.protocol.failures import redact
from ccr_desktop.core.setup.secret_fields import MASK, find_secrets

_STRING = re.compile(r"""^\s*["']""")


def secret_spans(text: str) -> list[tuple[Path, Span, str]]:
    """The texts of secrets in clear, with their places; the text need not be right."""
    positions = Positions(text)
    tree = _tree(text, positions)
    found = []
    for path, secret in find_secrets(tree):
        if place := positions.by_path.get(path):
            found.append((path, place.value, secret))
    return sorted(found, key=lambda item: item[1])


def masked_text(text: str) -> str:
    """*text* with a mask in place of each secret; also comments lose what looks like a key."""
    pieces, end = [], 0
    for _, (start, stop), _secret in secret_spans(text):
        pieces += [redact(text[end:start]), f'"{MASK}"']
        end = stop
    return "".join([*pieces, redact(text[end:])])


def _tree(text: str, positions: Positions) -> object:
    """The texts of the configuration at their paths; other values don't matter."""
    root: dict[str | int, object] = {}
    for path, place in positions.by_path.items():
        piece = text[slice(*place.value)]
        if path and _STRING.match(piece):
            _put(root, path, unquoted("string", piece))
    return _listed(root)


def _put(node: dict[str | int, object], path: Path, value: object) -> None:
    for part in path[:-1]:
        inner = node.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        node = inner
    node[path[-1]] = value


def _listed(node: object) -> object:
    """Nodes whose keys are numbers are lists; gaps are values that are no texts."""
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, int) for key in node):
        return [_listed(node.get(index)) for index in range(max(node) + 1)]
    return {key: _listed(value) for key, value in node.items()}
