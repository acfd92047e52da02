"""A refusing provider in action: it looks at each request, and plays a script if it is legal."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.refusing.apis import Api
from tests.support.turns import Answer, Call, JsonObject, Turn, reasoning, text, tool_calls
from tests.support.upstream import Request

Step = Callable[[Api], Turn]


@dataclass(slots=True)
class Player:
    """Answers requests as the provider would; a rule for `Upstream.respond`."""

    api: Api
    script: deque[Turn]
    broken: list[str] = field(default_factory=list)
    """The rules that requests broke, in order."""
    only_with_tools: bool = False
    """Whether requests without tools get a word only: those that a client makes beside its task."""

    def __call__(self, request: Request) -> Answer | None:
        if request.method != "POST":
            return None
        for rule in self.api.rules:
            if rule.breaks(request):
                self.broken.append(rule.name)
                return self.api.refuse(rule.words)
        is_ours = not self.only_with_tools or bool(request.body.get("tools"))
        turn = self.script.popleft() if is_ours and self.script else text("Yes.")
        return self.api.shape.answer(turn, request.body)


class Numbers:
    """Makes calls with ids in the provider's form, counted through the conversation."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._count = 0

    def call(self, name: str, **arguments: object) -> Call:
        made = Call(name, dict[str, object](arguments), self._api.call_id(name, self._count))
        self._count += 1
        return made


def thought(*calls: Call, words: str = "") -> Turn:
    """Reasoning, then words if any, then calls."""
    start = reasoning("I think about it. ") + (text(words) if words else Turn())
    return start + tool_calls(calls, fragment_chars=9) if calls else start


def broken_rules(request: Request, api: Api) -> list[str]:
    """The rules that a request breaks."""
    return [rule.name for rule in api.rules if rule.breaks(request)]


def request_of(body: JsonObject, headers: dict[str, str]) -> Request:
    """A request as the provider would get it."""
    lower = {name.lower(): value for name, value in headers.items()}
    return Request(method="POST", path="/v1/chat/completions", headers=lower, body=body, at_s=0)
