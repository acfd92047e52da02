"""The tool by which a model without eyes asks one that sees, and what it is asked.

Its name and members are those of claude-code-router's image agent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccr_desktop.core.protocol.json import dumps_text
from ccr_desktop.core.protocol.messages import objects, texts

if TYPE_CHECKING:
    from ccr_desktop.core.config.schema import Route
    from ccr_desktop.core.protocol.json import JsonObject

NAME = "analyzeImage"
SPARE_NAME = "ccr_analyzeImage"  # for clients that have a tool of that name themselves
_NUMBER = re.compile(r"\d+")
_ANSWER_TOKENS = 8192
_MAX_PICTURES = 20  # in one look; more is refused by most providers
_MAX_WORDS = 4000  # characters of what the user said
_SYSTEM = (
    "You look at images for another language model that can't see them. Carry out the task "
    "exactly. Report only what the images show: text word for word, numbers, colours, positions "
    "and layout where they matter. Say so when something can't be made out. Don't guess, and "
    "don't speak to the user: the other model reads your answer."
)


@dataclass(frozen=True, slots=True)
class Look:
    """A call of the tool, and what came of it."""

    call: JsonObject
    """The `tool_use` block."""
    text: str
    is_error: bool = False


def tool_name(body: JsonObject) -> str:
    """What the tool is called beside the client's own."""
    taken = {tool.get("name") for tool in objects(body.get("tools"))}
    return SPARE_NAME if NAME in taken else NAME


def declaration(name: str) -> JsonObject:
    """The tool as an Anthropic request declares it."""
    text = {"type": "string"}
    region = {
        "type": "object",
        "properties": {
            "name": text,
            **{side: {"type": "number"} for side in ("x", "y", "w", "h")},
            "units": {"type": "string", "enum": ["px", "pct"]},
        },
        "required": ["x", "y", "w", "h", "units"],
    }
    return {
        "name": name,
        "description": (
            "Looks at images of this conversation and reports what they show. Call it whenever "
            "an answer depends on an image."
        ),
        "input_schema": {
            "type": "object",
            "properties": {
                "imageId": {
                    "type": "array",
                    "items": text,
                    "description": 'The numbers of the images: ["3"] for [Image #3].',
                },
                "task": {
                    "type": "string",
                    "description": "What to find out, complete in itself: only the images and "
                    "this text are seen.",
                },
                "regions": {
                    "type": "array",
                    "items": region,
                    "description": "Parts of the image to look at, if not all of it.",
                },
            },
            "required": ["imageId", "task"],
        },
    }


def note(name: str) -> str:
    """What the system prompt says of pictures."""
    return (
        "You can't see images. Each image of this conversation is replaced by its number, such as "
        f"[Image #1]. Call the tool {name} with the number to learn what an image shows; call it "
        "again with another task when you need more. Never guess what an image shows, and don't "
        "tell the user about this tool."
    )


class WrongCall(ValueError):
    """What the model that called the tool must be told."""


def question(
    call: JsonObject, pictures: Sequence[JsonObject], said: str, route: Route
) -> JsonObject:
    """The request that *call* stands for. *said* is what the user said last.

    Raises `WrongCall` when it names no picture of *pictures*.
    """
    given = call.get("input") or {}
    parts: list[JsonObject] = []
    for number in _numbers(given, len(pictures)):
        parts.append({"type": "text", "text": f"Image #{number}:"})
        parts.append({k: v for k, v in pictures[number - 1].items() if k != "cache_control"})
    task = given.get("task")
    words = [f"Task: {task if isinstance(task, str) and task.strip() else 'Describe it in full.'}"]
    if regions := given.get("regions"):
        words.append(f"Regions: {dumps_text(regions)}")
    if said.strip():
        words.append(f"The user said: {said[:_MAX_WORDS]}")
    return {
        "model": str(route),
        "max_tokens": _ANSWER_TOKENS,
        "system": _SYSTEM,
        "messages": [
            {"role": "user", "content": [*parts, {"type": "text", "text": "\n\n".join(words)}]}
        ],
        "stream": False,
    }


def _numbers(given: JsonObject, count: int) -> list[int]:
    """The pictures that a call names, however it spells them."""
    ids = given.get("imageId", given.get("imageIds"))
    spelt = ids if isinstance(ids, list) else [ids]
    found = [int(n) for one in spelt for n in _NUMBER.findall(str(one))]
    wanted = list(dict.fromkeys(found)) or ([1] if count == 1 else [])
    unknown = [f"#{number}" for number in wanted if not 1 <= number <= count]
    known = "#1" if count == 1 else f"#1 to #{count}"
    if unknown:
        raise WrongCall(f"There is no image {', '.join(unknown)}; there is {known}.")
    if not wanted:
        raise WrongCall(f"imageId must name an image; there is {known}.")
    if len(wanted) > _MAX_PICTURES:
        raise WrongCall(f"At most {_MAX_PICTURES} images can be looked at in one call.")
    return wanted


def report(message: JsonObject) -> str:
    """What the answer of the model that sees says; empty when it says nothing."""
    return "\n\n".join(texts(message.get("content")))
