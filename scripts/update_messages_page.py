"""Write all messages of the program into docs/messages.md, so that a search finds each of them.

    python scripts/update_messages_page.py

They are read from the source: what errors, problems of the configuration, checks and notices are
made of. `…` stands for what differs. A test compares the page with what this would write.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "messages.md"
BEGIN, END = "<!-- messages -->\n", "<!-- end of messages -->\n"
ERRORS = re.compile(r"(Error|Missing|Conflict|Refusal|Unreachable|Timeout)$")
MAKERS = re.compile(r"(Error|Missing|Conflict|Refusal|Unreachable|Timeout|Finding|Issue)\(")
WHOLE = {"errors", "desktop/notice_words"}
FOREIGN = {"OSError", "RuntimeError", "ValueError", "TypeError", "DamagedError"}
# The first that fits: where a message is made says where one meets it.
PLACES = {
    "Answers of the router": (
        "core/server",
        "core/protocol",
        "core/routing",
        "core/upstream",
        "core/dialects",
        "core/targets",
        "core/patience",
        "core/credentials",
        "core/transformers",
        "core/search",
    ),
    "Starting and stopping": (
        "core/service",
        "core/live",
        "desktop/hosting",
        "running_app",
        "cli/start",
        "cli/stop",
        "cli/pause",
        "cli/resume",
        "cli/local",
        "cli/app",
        "cli/ui",
        "cli/desktop_part",
        "cli/code",
        "desktop/instance",
    ),
    "Starting Claude Code": ("launch", "errors", "desktop/launching"),
    "Keys": ("core/secrets", "core/setup/key", "cli/key"),
    "Import, export and presets": ("core/transfer", "core/presets", "cli/config", "cli/preset"),
    "Updates": ("core/updates", "cli/update", "desktop/updating"),
    "Checks": ("doctor",),
    "Notices": ("desktop/notice",),
    "The settings file": ("core/config",),
    "Changes and commands": ("",),
}


class Message(NamedTuple):
    place: str
    text: str
    then: str


def page_with_messages(page: str) -> str:
    """*page* with everything between the marks made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{''.join(_tables(messages()))}\n{END}{after}"


def _tables(found: list[Message]) -> Iterator[str]:
    for place in PLACES:
        rows = sorted({(each.text, each.then) for each in found if each.place == place})
        yield f"\n## {place}\n\n| Message | What it adds |\n| --- | --- |\n"
        yield from (f"| {_cell(text)} | {_cell(then)} |\n" for text, then in rows)


def _cell(text: str) -> str:
    return " ".join(re.sub(r"([|<>*_])", r"\\\1", text).split())


def messages() -> list[Message]:
    """Each message of the source, in the order of files."""
    package = ROOT / "ccr_desktop"
    found: list[Message] = []
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).with_suffix("").as_posix()
        text = path.read_text(encoding="utf-8")
        if name not in WHOLE and not MAKERS.search(text):
            continue  # most have none, and reading takes its time
        tree = ast.parse(text)
        place = next(p for p, beginnings in PLACES.items() if name.startswith(beginnings))
        for scope, call in _calls(tree, tree):
            found += [Message(place, *words) for words in _words(call, scope, name)]
    return found


def _calls(node: ast.AST, scope: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
    """Every call with the function that it stands in, where its variables are."""
    for child in ast.iter_child_nodes(node):
        inner = child if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else scope
        if isinstance(child, ast.Call):
            yield scope, child
        yield from _calls(child, inner)


def _words(call: ast.Call, scope: ast.AST, module: str) -> list[tuple[str, str]]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    given = {each.arg: each.value for each in call.keywords}
    if name == "Finding" and {"text", "remedy"} <= given.keys():
        return _pairs(given["text"], given["remedy"], scope)
    if name == "Issue" and len(call.args) > 1:
        return _pairs(call.args[1], call.args[2] if len(call.args) > 2 else None, scope)
    if name == "tr" and module == "desktop/notice_words":
        return [(text, "") for text in _texts(call.args[0], scope) if " " in text]
    is_own = name == "__init__" and module == "errors" and "super" in ast.dump(call.func)
    if not is_own and (not ERRORS.search(name) or name in FOREIGN):
        return []
    title, *rest = [*call.args[2 if name.startswith("Upstream") else 0 :], None]
    if title is None or not any(map(_is_sentence, _texts(title, scope))):
        return []
    return _pairs(title, rest[0], scope)


def _pairs(text: ast.expr, then: ast.expr | None, scope: ast.AST) -> list[tuple[str, str]]:
    """Each text with each remedy; a text of nothing but gaps says nothing."""
    remedies = (_texts(then, scope) if then else []) or [""]
    remedies = [re.sub(r"^\W*$", "", remedy) for remedy in remedies]
    texts = [text for text in _texts(text, scope) if re.search(r"[a-z]{2} ?", text)]
    return list(itertools.product(texts, remedies))


def _is_sentence(text: str) -> bool:
    return " " in text and bool(re.match(r"[A-Z…]", text))


def _texts(node: ast.expr, scope: ast.AST) -> list[str]:
    """What an expression may say, with `…` for what only a run knows."""
    match node:
        case ast.Constant(value=str(text)):
            return [re.sub(r"\{[^}]*\}", "…", text)]
        case ast.JoinedStr(values=parts):
            return ["".join(_texts(part, scope)[0] for part in parts)]
        case ast.FormattedValue():
            return ["…"]
        case ast.Name():
            return [text for value in _assigned(node, scope) for text in _texts(value, scope)]
        case ast.BinOp(left=one, right=other, op=ast.Add()):
            return [f"{a}{b}" for a in _texts(one, scope) for b in _texts(other, scope)]
        case ast.IfExp(body=one, orelse=other):
            return [*_texts(one, scope), *_texts(other, scope)]
        case ast.Call(func=ast.Name(id="say" | "_tr"), args=[first, *_]):
            return _texts(first, scope)
        case ast.Call(func=ast.Attribute(attr="format", value=value)):
            return _texts(value, scope)
    return []


def _assigned(name: ast.Name, scope: ast.AST) -> list[ast.expr]:
    """What the variable was given last before it is used."""
    found = []
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and node.lineno < name.lineno:
            values = [v for target in node.targets for v in _matched(name.id, target, node.value)]
            found += [(node.lineno, value) for value in values]
    return [value for _, value in sorted(found, key=lambda each: each[0])[-1:]]


def _matched(name: str, target: ast.expr, value: ast.expr) -> list[ast.expr]:
    """The value of *name*, also in `one, other = 1, 2`."""
    match target, value:
        case ast.Name(id=known), _ if known == name and not isinstance(value, ast.Name):
            return [value]
        case ast.Tuple(elts=names), ast.Tuple(elts=values):
            pairs = zip(names, values, strict=False)
            return [found for one, other in pairs for found in _matched(name, one, other)]
    return []


if __name__ == "__main__":
    PAGE.write_text(page_with_messages(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
