"""Whether the conditions of an own rule hold for a request, and why.

Their names and values are declared in `config/conditions.py`. All conditions of a rule must hold;
of a list of alternatives one must. In texts `*` stands for anything, and case does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from ccr_desktop.core.config.spans import is_within
from ccr_desktop.core.routing.real_paths import is_inside
from ccr_desktop.core.routing.sent import folded, sent_tools
from ccr_desktop.core.routing.unknown import Fact, lacking

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import OwnRule
    from ccr_desktop.core.routing.turn import RequestFacts

Finding = tuple[bool, str]
Answer = tuple[bool | None, str]
_SHOWN_NAMES = 5
_UNKNOWN_FOLDER = "nobody knows in which folder the client works"


def check(rule: OwnRule, facts: RequestFacts, *, is_prohibition: bool = False) -> Answer:
    """Whether *rule* applies, and the condition that decided.

    What forbids looks at more than what chooses, and holds where it can't be known. None: it hangs
    on what nobody knows of a supposed request.
    """
    checks = _PROHIBITING if is_prohibition else _CHECKS
    reasons, open_reason = [], ""
    for name, wanted in _parts(rule, facts):
        holds, reason = checks[name](wanted, facts)
        lacks = _lacking(name, wanted, facts, holds=holds, any_tool=is_prohibition)
        if lacks:
            open_reason = open_reason or lacks.value
            continue
        if not holds:
            return False, reason
        reasons.append(reason)
    if open_reason:
        return None, open_reason
    return True, "; ".join(reasons) or "it has no conditions"


def _parts(rule: OwnRule, facts: RequestFacts) -> Iterator[tuple[str, Any]]:
    """The conditions; of a supposed request, of which some is known, each member by itself."""
    for name, wanted in rule.when.items():
        if name == "field" and facts.unknown:
            yield from ((name, {path: value}) for path, value in wanted.items())
        else:
            yield name, wanted


def _lacking(
    name: str, wanted: Any, facts: RequestFacts, *, holds: bool, any_tool: bool
) -> Fact | None:
    """A tool that is offered is known to be sent; one that is not may have been called."""
    if not facts.unknown or (name == "field" and "model" in wanted):  # which is always known
        return None
    fact = lacking("stream" if name == "field" and "stream" in wanted else name, facts.unknown)
    if fact is None and name == "tool" and any_tool and not holds and Fact.CALLS in facts.unknown:
        return Fact.CALLS
    return fact


def thresholds(rule: OwnRule) -> list[int]:
    """The numbers of tokens up to which the answer of the rule is the same."""
    steps = (("tokensOver", 0), ("tokensUnder", 1))
    return [int(rule.when[name]) - step for name, step in steps if name in rule.when]


def folder_patterns(rules: tuple[OwnRule, ...]) -> Iterator[str]:
    """The folders that *rules* ask about."""
    for rule in rules:
        yield from _alternatives(rule.when.get("folder", []))


def _alternatives(wanted: Any) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _fits(found: str, pattern: str) -> bool:
    return fnmatchcase(folded(found), _pattern(folded(pattern)))


def _pattern(text: str) -> str:
    """Only `*` is special; brackets and question marks are what they are."""
    return text.replace("[", "[[]").replace("?", "[?]")


def _model(wanted: Any, facts: RequestFacts) -> Finding:
    holds = any(_fits(facts.model, pattern) for pattern in _alternatives(wanted))
    return holds, f"the model is {facts.model}"


def _tokens_over(wanted: Any, facts: RequestFacts) -> Finding:
    if facts.tokens is None:
        return False, f"the whole body is smaller than {wanted:,} tokens"
    return facts.tokens > wanted, f"{facts.tokens:,} tokens, over {wanted:,} is asked"


def _tokens_under(wanted: Any, facts: RequestFacts) -> Finding:
    if facts.tokens is None:
        return True, f"the whole body is smaller than {wanted:,} tokens"
    return facts.tokens < wanted, f"{facts.tokens:,} tokens, under {wanted:,} is asked"


def _tool(wanted: Any, facts: RequestFacts) -> Finding:
    names = facts.tool_names
    fitting = [name for name in names if any(_fits(name, p) for p in _alternatives(wanted))]
    if fitting:
        return True, f"the tool {fitting[0]} is offered"
    shown = ", ".join(names[:_SHOWN_NAMES]) or "none"
    more = f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
    return False, f"the tools offered are {shown}{more}"


def _any_tool(wanted: Any, facts: RequestFacts) -> Finding:
    """What a tool returned before is still sent when the tool is offered no more."""
    offers, reason = _tool(wanted, facts)
    if offers:
        return True, reason
    for name in sent_tools(facts.body):
        if any(_fits(name, pattern) for pattern in _alternatives(wanted)):
            return True, f"the tool {name} was called"
    return False, reason


def _header(wanted: Any, facts: RequestFacts) -> Finding:
    for name, pattern in wanted.items():
        found = facts.headers.get(name.lower())
        if found is None:
            return False, f"there is no header {name}"
        if not any(_fits(found, str(text)) for text in _alternatives(pattern)):
            return False, f"the header {name} is another"
    return True, f"the headers {', '.join(wanted)} fit"


def _contains(wanted: Any, facts: RequestFacts) -> Finding:
    said = facts.last_folded
    found = [text for text in _alternatives(wanted) if _is_within(folded(text), said)]
    if found:
        return True, f"the message contains {found[0]!r}"
    return False, "the message contains none of the words"


def _contains_anywhere(wanted: Any, facts: RequestFacts) -> Finding:
    """All that is sent, as the whole conversation is with every turn."""
    said = facts.sent_text
    found = [text for text in _alternatives(wanted) if _is_within(folded(text), said)]
    if found:
        return True, f"what is sent contains {found[0]!r}"
    return False, "what is sent contains none of the words"


def _is_within(words: str, said: str) -> bool:
    """Whether what stands between each `*` of *words* is in *said*, one behind the other."""
    at = 0
    for piece in words.split("*"):
        found = said.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _folder(wanted: Any, facts: RequestFacts) -> Finding:
    if facts.folder is None:
        return False, _UNKNOWN_FOLDER
    real = facts.where.real if facts.where else None
    holds = any(is_inside(facts.folder, pattern, real) for pattern in _alternatives(wanted))
    return holds, f"the client works in {facts.folder}"


def _any_folder(wanted: Any, facts: RequestFacts) -> Finding:
    """One folder of several is enough; one that nobody knows may be any."""
    where = facts.where
    if facts.folder is None or (where and not where.is_sure):
        return True, _UNKNOWN_FOLDER
    real = where.real if where else None
    for folder in (facts.folder, *(where.further if where else ())):
        if any(is_inside(folder, pattern, real) for pattern in _alternatives(wanted)):
            return True, f"the client works in {folder}"
    return False, f"the client works in {facts.folder}"


def _agent(wanted: Any, facts: RequestFacts) -> Finding:
    if not facts.agent:
        return False, "no sub-agent of a known name asks"
    holds = any(_fits(facts.agent, pattern) for pattern in _alternatives(wanted))
    return holds, f"the sub-agent is {facts.agent}"


def _has_image(wanted: Any, facts: RequestFacts) -> Finding:
    found = facts.has_image
    return found is wanted, "a picture is sent" if found else "no picture is sent"


def _thinking(wanted: Any, facts: RequestFacts) -> Finding:
    signs = facts.thinking_signs
    found = [sign for sign in _alternatives(wanted) if sign in signs]
    return bool(found), f"the request shows {', '.join(sorted(signs)) or 'no sign of thinking'}"


def _field(wanted: Any, facts: RequestFacts) -> Finding:
    for path, value in wanted.items():
        found = _member(facts.body, path.split("."))
        if not any(_is_equal(found, expected) for expected in _alternatives(value)):
            return False, f"{path} is another or missing"
    return True, f"{', '.join(wanted)} fit"


def _member(value: Any, path: list[str]) -> Any:
    for name in path:
        if isinstance(value, Mapping):
            value = value.get(name)
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def _is_equal(found: Any, wanted: Any) -> bool:
    if isinstance(found, str) and isinstance(wanted, str):
        return _fits(found, wanted)
    is_same_kind = isinstance(found, bool) is isinstance(wanted, bool)  # 1 is no truth value
    return is_same_kind and bool(found == wanted)


def _time(wanted: Any, facts: RequestFacts) -> Finding:
    if facts.now is None:
        return False, "the time is not known"
    minute = facts.now.hour * 60 + facts.now.minute
    holds = any(is_within(minute, span) for span in _alternatives(wanted))
    return holds, f"it is {facts.now:%H:%M}"


def _stream(wanted: Any, facts: RequestFacts) -> Finding:
    found = facts.body.get("stream") is True
    return found is wanted, f"the client wants {'a' if found else 'no'} stream"


_CHECKS: Mapping[str, Callable[[Any, RequestFacts], Finding]] = {
    "model": _model,
    "tokensOver": _tokens_over,
    "tokensUnder": _tokens_under,
    "tool": _tool,
    "header": _header,
    "contains": _contains,
    "folder": _folder,
    "agent": _agent,
    "hasImage": _has_image,
    "thinking": _thinking,
    "field": _field,
    "time": _time,
    "stream": _stream,
}
_PROHIBITING: Mapping[str, Callable[[Any, RequestFacts], Finding]] = {
    **_CHECKS,
    "tool": _any_tool,
    "contains": _contains_anywhere,
    "folder": _any_folder,
}
