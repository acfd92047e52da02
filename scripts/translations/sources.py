"""Every text that can stand on the screen, with the context under which it is looked up.

Qt's own tool sees `self.tr("…")` alone; our modules without classes have a function `_tr` each, and
the router's sentences are f-strings that know nothing of a window. So the source is read as Python
reads it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ccr_desktop.core.config.known_transformers import KNOWN_TRANSFORMERS
from ccr_desktop.core.config.settings import SETTINGS
from ccr_desktop.core.setup.templates import templates

PACKAGE = Path(__file__).parents[2] / "ccr_desktop"
CORE = "Core"
HELP = "Help"
DOCTOR = "Doctor"
_CORE_PLACES = ("autostart", "core", "errors.py", "launch", "paths.py", "running_app.py")
_NOT_SHOWN = {
    "core/durations.py",  # figures, the same in each language
    "core/config/reference.py",  # pages of the documentation
    "core/setup/provider_tables.py",
    "core/updates/ways.py",  # commands
    "core/routing/subagents.py",  # what Claude Code's prompts begin with
    "launch/script.py",  # shell
    "core/protocol/failure_codes.py",  # what providers say
    "core/server/access.py",  # answers to programs, of which the window tells nothing
    "core/server/answers.py",
    "core/server/config_paths.py",
    "core/server/log_files.py",
    "core/server/management.py",
    "core/agents/image_tool.py",  # for models
    "core/agents/memory.py",
    "core/agents/pictures.py",
    "core/dialects/anthropic/foreign.py",
    "core/dialects/gemini/conversation.py",
    "core/dialects/openai_chat/conversation.py",
    "core/dialects/openai_chat/order.py",
    "core/faces/wishes.py",
    "core/looks.py",
    "core/protocol/conversation.py",
    "core/protocol/words.py",
    "core/providers/profile.py",
    "core/transformers/cerebras.py",
    "core/transformers/force_reasoning.py",
    "core/transformers/rehearsal.py",
    "core/transformers/tool_use.py",
    "core/upstream/demo.py",
}
_WORDS = re.compile(r"[A-Za-z]+[,.:;]? [a-z{'\"`]")
_SHORT = re.compile(r"[A-Za-z]{2,}[^%]* %[1-9]|%[1-9] (?:[^%]* )?[A-Za-z]{2,}|[A-Za-z]{2,}: %[1-9]")
"""A word beside a place, which has words of its own."""
_CODE = re.compile(
    r"\\|\(\?|#!|\$\{|^\s*[$#<|\[\"]|=\"|\n|%s|\{:|=%[12]|^Bearer %1|^Basic %1|^echo"
    r"|^setx|^cd |^command -v|^npm |^sh |^application/|^ccr-desktop |^SELECT |^PRAGMA |^ ORDER BY "
    r"|^sort_index|^Require stack|charset|refs/"
)


class Text(NamedTuple):
    context: str
    source: str


def window_texts() -> list[Text]:
    """The texts of the desktop package, each once, in the order of files and lines."""
    trees = {path: _tree(path) for path in sorted((PACKAGE / "desktop").rglob("*.py"))}
    helpers = {path: _helpers(tree) for path, tree in trees.items()}
    found = [text for path, tree in trees.items() for text in _window(tree, helpers[path], path)]
    return list(dict.fromkeys(found))


def help_texts() -> list[Text]:
    """What the declared settings and transformers say of themselves, and notes on providers."""
    texts = [setting.help for setting in SETTINGS]
    texts += [template.note for template in templates().values() if not template.retired]
    for known in KNOWN_TRANSFORMERS.values():
        texts += [known.help, *(option.help for option in known.options)]
    return list(dict.fromkeys(Text(HELP, text) for text in texts if text))


def core_sentences() -> list[Text]:
    """The router's sentences; `%1`, `%2`, … stand for what they are about."""
    found: list[Text] = []
    for place in _CORE_PLACES:
        path = PACKAGE / place
        files = sorted(path.rglob("*.py")) if path.is_dir() else (path,)
        for file in files:
            if file.relative_to(PACKAGE).as_posix() in _NOT_SHOWN:
                continue
            found += (Text(CORE, said) for said in _said(_tree(file)))
    return list(dict.fromkeys(found))


def doctor_texts() -> list[Text]:
    """What checks say, with `say`: those that Qt has no part in."""
    files = sorted((PACKAGE / "doctor").glob("*.py"))
    return list(dict.fromkeys(text for file in files for text in _window(_tree(file), {}, file)))


def all_texts() -> list[Text]:
    return [*window_texts(), *help_texts(), *doctor_texts(), *core_sentences()]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _helpers(tree: ast.Module) -> dict[str, str]:
    """Functions that translate, `_tr` and the like, with their context; empty: they are told it."""
    found = {}
    for function in ast.walk(tree):
        match function:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute(attr="translate")):
                found[name] = ""
        if isinstance(function, ast.FunctionDef) and (call := _returned_call(function)):
            match call.args:
                case [ast.Constant(value=str(context)), ast.Name(id="text")]:
                    found[function.name] = context
                case [ast.Name(id="context"), ast.Name(id="text")]:
                    found[function.name] = ""
    return found


def _returned_call(function: ast.FunctionDef) -> ast.Call | None:
    last = function.body[-1]
    if isinstance(last, ast.Return) and isinstance(last.value, ast.Call):
        return last.value if _name(last.value.func) == "translate" else None
    return None


def _window(tree: ast.Module, helpers: dict[str, str], path: Path) -> Iterator[Text]:
    for node, context in _calls(tree, ""):
        match _name(node.func), node.args:
            case "tr", [ast.Constant(value=str(source)), *_]:
                if not context:
                    raise SyntaxError("tr() outside of a class", (str(path), node.lineno, 0, ""))
                yield Text(context, source)
            case "translate" | "QT_TRANSLATE_NOOP", [
                ast.Constant(value=str(named)),
                ast.Constant(value=str(source)),
                *_,
            ]:
                yield Text(named, source)
            case "say", [ast.Constant(value=str(source))]:
                yield Text(DOCTOR, source)
            case name, [*_, ast.Constant(value=str(named)), ast.Constant(value=str(source))] if (
                helpers.get(name) == ""
            ):
                yield Text(named, source)
            case name, [ast.Constant(value=str(source)), *_] if helpers.get(name):
                yield Text(helpers[name], source)


def _calls(node: ast.AST, context: str) -> Iterator[tuple[ast.Call, str]]:
    """The calls below *node*, each with the class it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, context
        yield from _calls(child, child.name if isinstance(child, ast.ClassDef) else context)


def _said(tree: ast.Module) -> Iterator[str]:
    """The sentences of a module: texts of two words or more that are no docstrings."""
    nodes = list(ast.walk(tree))
    silent = _silent(nodes)
    for node in nodes:
        text = "" if id(node) in silent else _text(node)
        if text and (_WORDS.search(text) or _SHORT.search(text)) and not _CODE.search(text):
            yield text


def _silent(nodes: Iterable[ast.AST]) -> set[int]:
    """Docstrings, and the parts of f-strings: those are read as a whole."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            found |= {id(part) for part in node.values}
    return found


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        number = count(1)
        parts = [
            p.value if isinstance(p, ast.Constant) else f"%{next(number)}" for p in node.values
        ]
        return "".join(map(str, parts))
    return ""


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
