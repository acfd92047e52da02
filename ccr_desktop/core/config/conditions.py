"""What own rules can ask about a request: the names of conditions and the values they take.

Data only. A value is a text, a number, true or false, or a list of alternatives of which one must
hold; in texts `*` stands for anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ccr_desktop.core.protocol.effort import EFFORTS


class Values(Enum):
    """The shape of a condition's value; the words are for messages and the documentation."""

    TEXTS = "a text or a list of texts"
    NUMBER = "a whole number above 0"
    FLAG = "true or false"
    BY_NAME = "an object of names and texts, numbers, true or false"
    TIMES = 'a span such as "22:00-06:00", or a list of them'


@dataclass(frozen=True, slots=True)
class Condition:
    """`help` goes on after "holds when".

    `choices` are the only texts allowed, with a colon at the end for a beginning.
    """

    name: str
    values: Values
    help: str
    example: str
    choices: tuple[str, ...] = ()


THINKING_SIGNS = ("any", "plan", "ultrathink", "enabled-without-effort")
SIGN_CHOICES = (*THINKING_SIGNS, "effort:", "thinking:")
SIGNS_WITH_A_WORD = (
    *(f"effort:{effort}" for effort in EFFORTS),
    *("thinking:enabled", "thinking:adaptive"),
)
"""What is known to stand behind the colons; a newer client may send another word."""

CONDITIONS: tuple[Condition, ...] = (
    Condition("model", Values.TEXTS, "the client asks for this model", '"*haiku*"'),
    Condition("tokensOver", Values.NUMBER, "more tokens than this are sent", "100000"),
    Condition("tokensUnder", Values.NUMBER, "fewer tokens than this are sent", "2000"),
    Condition("tool", Values.TEXTS, "a tool of this name is offered", '["mcp__jira__*", "Bash"]'),
    Condition(
        "header",
        Values.BY_NAME,
        "a header of the request has this value",
        '{"x-team": "research*"}',
    ),
    Condition(
        "contains",
        Values.TEXTS,
        "the last user message has these words, in any case",
        '["migration", "schema change"]',
    ),
    Condition(
        "folder", Values.TEXTS, "this folder is worked in, or one inside of it", '"~/code/*"'
    ),
    Condition(
        "agent", Values.TEXTS, "a sub-agent of this name asks, where it can be known", '"Explore"'
    ),
    Condition("hasImage", Values.FLAG, "an image is sent", "true"),
    Condition(
        "thinking",
        Values.TEXTS,
        "there is a sign of thinking, as in thinkWhen",
        '"effort:max"',
        SIGN_CHOICES,
    ),
    Condition(
        "field",
        Values.BY_NAME,
        "a member of the request's body, by its dotted path, has this value",
        '{"metadata.team": "blue", "max_tokens": 1}',
    ),
    Condition("time", Values.TIMES, "the time of day here is in this span", '"22:00-06:00"'),
    Condition("stream", Values.FLAG, "the client wants a stream", "false"),
)
BY_NAME = {condition.name: condition for condition in CONDITIONS}
