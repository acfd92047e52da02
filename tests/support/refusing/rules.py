"""What providers refuse, as named rules.

A rule says whether a request breaks it, and how to break it: so a test can show that it refuses.
"""

import copy
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Any

from tests.support.upstream import Request

JsonObject = dict[str, Any]
Check = Callable[[JsonObject], bool]
Spoil = Callable[[JsonObject], Any]

TEXT_ONLY = {"type": "text", "text": "words"}
PICTURE = {"type": "image_url", "image_url": {"url": "https://h.test/a.png"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`breaks` is asked of each request; `spoil` makes a legal one break the rule."""

    name: str
    breaks: Callable[[Request], bool]
    spoil: Callable[[Request], Request]
    message: str = ""

    @property
    def words(self) -> str:
        return self.message or f"refused: {self.name}"


def rule(name: str, breaks: Check, spoil: Spoil, message: str = "") -> Rule:
    """A rule about bodies. *spoil* changes the copy that it is given, or returns another."""

    def spoiled(request: Request) -> Request:
        body = copy.deepcopy(request.body)
        return replace(request, body=spoil(body) or body)

    return Rule(name=name, breaks=lambda r: breaks(r.body), spoil=spoiled, message=message)


def header(name: str, value: str = "", when: Check = lambda _: True) -> Rule:
    """The request must carry a header, with this value if one is given."""

    def breaks(request: Request) -> bool:
        found = request.headers.get(name.lower(), "")
        return when(request.body) and (not found or (bool(value) and found != value))

    def spoiled(request: Request) -> Request:
        rest = {key: text for key, text in request.headers.items() if key != name.lower()}
        return replace(request, headers=rest)

    return Rule(name=f"needs the header {name}", breaks=breaks, spoil=spoiled)


# -- parts of a request ------------------------------------------------------------------------


def messages(body: JsonObject, *roles: str) -> list[JsonObject]:
    return [m for m in body.get("messages", []) if not roles or m["role"] in roles]


def parts(body: JsonObject, *roles: str) -> Iterator[JsonObject]:
    for message in messages(body, *roles):
        if isinstance(message.get("content"), list):
            yield from message["content"]


def calling(body: JsonObject) -> list[JsonObject]:
    """The answers with tool calls."""
    return [m for m in messages(body, "assistant") if m.get("tool_calls")]


def calls(body: JsonObject) -> list[JsonObject]:
    return [call for message in calling(body) for call in message["tool_calls"]]


def functions(body: JsonObject) -> list[JsonObject]:
    return [tool["function"] for tool in body.get("tools", [])]


def has_images(body: JsonObject) -> bool:
    return any(part["type"] == "image_url" for part in parts(body))


def pairs(body: JsonObject) -> Iterable[tuple[str, str]]:
    roles = [m["role"] for m in messages(body)]
    return itertools.pairwise(roles)


def schemas(value: Any) -> Iterator[JsonObject]:
    """Every object in a schema."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from schemas(item)
    elif isinstance(value, list):
        for item in value:
            yield from schemas(item)


def holds_key(body: JsonObject, key: str) -> bool:
    return f'"{key}":' in json.dumps([body.get("messages"), body.get("tools")])


def insert(body: JsonObject, *added: JsonObject) -> None:
    body["messages"].extend(added)


SPOKEN_TO_A_TOOL: list[JsonObject] = [
    {
        "role": "assistant",
        "content": "",
        "tool_calls": [
            {
                "id": "abcdefghi",
                "type": "function",
                "function": {"name": "Bash", "arguments": "{}"},
            }
        ],
    },
    {"role": "tool", "tool_call_id": "abcdefghi", "content": "done"},
    {"role": "user", "content": "And?"},
]


# -- rules that providers share ----------------------------------------------------------------


def no_member(*names: str) -> Rule:
    return rule(
        f"no {' or '.join(names)}",
        lambda body: any(name in body for name in names),
        lambda body: {**body, names[0]: 1},
        f"Unrecognized request argument supplied: {names[0]}",
    )


def only_members(known: Set[str]) -> Rule:
    return rule(
        "no unknown member",
        lambda body: bool(body.keys() - known),
        lambda body: {**body, "metadata_of_ours": {}},
        "Extra inputs are not permitted",
    )


def only_in_messages(known: Set[str]) -> Rule:
    return rule(
        "no unknown member in messages",
        lambda body: any(m.keys() - known for m in messages(body)),
        lambda body: body["messages"][-1].update(cache_control={"type": "ephemeral"}),
        "property 'cache_control' is unsupported",
    )


def at_most(name: str, limit: float) -> Rule:
    return rule(
        f"{name} at most {limit}",
        lambda body: body.get(name, 0) > limit,
        lambda body: {**body, name: limit + 1},
        f"{name} must be less than or equal to {limit}",
    )


def choices(*known: str) -> Rule:
    """The values of `tool_choice` that are accepted; a named tool is an object."""

    def breaks(body: JsonObject) -> bool:
        choice = body.get("tool_choice", known[0])
        return ("named" if isinstance(choice, dict) else choice) not in known

    named = {"type": "function", "function": {"name": "Bash"}}
    wrong = next(c for c in ("named", "required", "none") if c not in known)
    return rule(
        f"tool_choice only {', '.join(known)}",
        breaks,
        lambda body: {**body, "tool_choice": named if wrong == "named" else wrong},
    )


def ids(pattern: str, message: str = "") -> Rule:
    def breaks(body: JsonObject) -> bool:
        own = [call["id"] for call in calls(body)]
        answered = [m["tool_call_id"] for m in messages(body, "tool")]
        return not all(re.fullmatch(pattern, found) for found in (*own, *answered))

    def spoil(body: JsonObject) -> None:
        for found in messages(body, "tool"):
            found["tool_call_id"] = "toolu_|" + "x" * 60

    return rule("ids of calls", breaks, spoil, message)


def reasoning_in_calls(member: str, message: str, *, may_be_empty: bool) -> Rule:
    """Each answer with calls must bring its reasoning, unless thinking is off."""

    def lacks(found: JsonObject) -> bool:
        value = found.get(member)
        return value is None or not (value or may_be_empty)

    return rule(
        f"{member} in every answer with calls",
        lambda body: (
            body.get("thinking") != {"type": "disabled"} and any(map(lacks, calling(body)))
        ),
        lambda body: calling(body)[0].pop(member) and None,
        message,
    )


def efforts(*known: str) -> Rule:
    return rule(
        "only known efforts",
        lambda body: body.get("reasoning_effort", known[0]) not in known,
        lambda body: {**body, "reasoning_effort": "ultra"},
        f"reasoning_effort must be one of {', '.join(known)}",
    )


STRINGS = rule(
    "lists of content only for images",
    lambda body: any(
        isinstance(m.get("content"), list) and all(part["type"] == "text" for part in m["content"])
        for m in messages(body)
    ),
    lambda body: insert(body, {"role": "user", "content": [TEXT_ONLY]}),
    "content must be a string",
)
NO_IMAGES = rule(
    "no images",
    has_images,
    lambda body: insert(body, {"role": "user", "content": [TEXT_ONLY, PICTURE]}),
    "unknown variant `image_url`, expected `text`",
)
DATA_IMAGES = rule(
    "images as data only",
    lambda body: any(
        not part["image_url"]["url"].startswith("data:")
        for part in parts(body)
        if part["type"] == "image_url"
    ),
    lambda body: insert(body, {"role": "user", "content": [PICTURE]}),
    "invalid image input",
)
ALTERNATION = rule(
    "roles alternate",
    lambda body: any(one == two == "user" for one, two in pairs(body)),
    lambda body: insert(body, *[{"role": "user", "content": "again"}] * 2),
    "Conversation roles must alternate user/assistant/user/assistant/...",
)
SYSTEM_FIRST = rule(
    "system messages stand first",
    lambda body: any(two == "system" for _, two in pairs(body)),
    lambda body: insert(body, {"role": "system", "content": "late"}),
    "System message must be at the beginning.",
)
NO_USER_AFTER_TOOL = rule(
    "no user after a tool",
    lambda body: ("tool", "user") in set(pairs(body)),
    lambda body: insert(body, *SPOKEN_TO_A_TOOL),
    "Unexpected role 'user' after role 'tool'",
)
NO_TEXTLESS_LAST_ANSWER = rule(
    "the last message is no answer",
    lambda body: (
        body["messages"][-1]["role"] == "assistant" and not body["messages"][-1].get("prefix")
    ),
    lambda body: insert(body, {"role": "assistant", "content": "It is"}),
    "Expected last role User or Tool (or Assistant with prefix True) for serving",
)
PROPERTIES = rule(
    "objects have properties",
    lambda body: any(
        schema.get("type") == "object" and "properties" not in schema
        for function in functions(body)
        for schema in schemas(function["parameters"])
    ),
    lambda body: functions(body)[0]["parameters"].pop("properties") and None,
    "Invalid schema: object schema missing properties",
)
COMPOSED = frozenset({"oneOf", "anyOf", "allOf", "enum", "not"})
ONE_OBJECT = rule(
    "parameters are one object",
    lambda body: any(not COMPOSED.isdisjoint(f["parameters"]) for f in functions(body)),
    lambda body: functions(body)[0]["parameters"].update({"anyOf": [{"required": ["command"]}]}),
    "Invalid schema for function 'x': schema must have type 'object' and not have "
    "'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.",
)
NO_SCHEMA_MARK = rule(
    "no $schema",
    lambda body: holds_key(body, "$schema"),
    lambda body: functions(body)[0]["parameters"].update({"$schema": "http://json-schema.org"}),
    "tools[0].function.parameters: unsupported keyword '$schema'",
)
NO_NULLS = rule(
    "no nulls in messages",
    lambda body: any(value is None for m in messages(body) for value in m.values()),
    lambda body: body["messages"][-1].update(function_call=None),
    "null is not a valid value",
)
NO_CACHE_CONTROL = rule(
    "no cache_control",
    lambda body: holds_key(body, "cache_control"),
    lambda body: body["messages"][0].update(cache_control={"type": "ephemeral"}),
)
NO_FORMAT_BESIDE_TOOLS = rule(
    "no response_format beside tools or in a stream",
    lambda body: "response_format" in body and bool(body.get("tools") or body.get("stream")),
    lambda body: {**body, "response_format": {"type": "json_schema"}},
)

ROLES = {"system", "user", "assistant", "tool"}

# -- rules that all have: what the plain format demands ----------------------------------------


def _orphaned(body: JsonObject) -> bool:
    """Whether a result does not directly follow its call, or a call has none."""
    waiting: list[str] = []
    for message in messages(body):
        if message["role"] == "tool":
            if message["tool_call_id"] not in waiting:
                return True
            waiting.remove(message["tool_call_id"])
            continue
        if waiting:
            return True
        waiting = [call["id"] for call in message.get("tool_calls", ())]
    return bool(waiting)


def _is_blank(message: JsonObject) -> bool:
    content = message.get("content")
    if isinstance(content, list):
        return not content or any(p["type"] == "text" and not p["text"].strip() for p in content)
    return not (content or "").strip() and not message.get("tool_calls")


PLAIN = (
    rule(
        "known roles",
        lambda body: bool({m["role"] for m in messages(body)} - ROLES),
        lambda body: insert(body, {"role": "developer", "content": "x"}),
    ),
    rule(
        "results follow their calls",
        _orphaned,
        lambda body: insert(body, {"role": "tool", "tool_call_id": "nobody", "content": "x"}),
        "messages with role 'tool' must be a response to a preceding message with 'tool_calls'",
    ),
    rule(
        "no empty content",
        lambda body: any(map(_is_blank, messages(body))),
        lambda body: insert(body, {"role": "user", "content": ""}),
        "content must not be empty",
    ),
    rule(
        "no images in results",
        lambda body: any(part["type"] != "text" for part in parts(body, "tool")),
        lambda body: messages(body, "tool")[0].update(content=[PICTURE]),
        "Image URLs are only allowed for messages with role 'user'",
    ),
    rule(
        "names of tools",
        lambda body: (
            not all(
                re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", function["name"])
                for function in functions(body)
            )
        ),
        lambda body: functions(body)[0].update(name="mcp:" + "x" * 80),
        "Invalid 'tools[0].function.name'",
    ),
    rule(
        "no list of no tools",
        lambda body: body.get("tools") == [],
        lambda body: {**body, "tools": []},
        "[] is too short - 'tools'",
    ),
    rule(
        "no choice without tools",
        lambda body: (
            "tools" not in body and bool({"tool_choice", "parallel_tool_calls"} & body.keys())
        ),
        lambda body: {**{k: v for k, v in body.items() if k != "tools"}, "tool_choice": "auto"},
        "'tool_choice' is only allowed when 'tools' are specified",
    ),
)
