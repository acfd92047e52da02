"""What a provider answers to a connection test."""

import json
from collections.abc import Collection

from tests.support.turns import Answer, Raw, call, text, tool_calls
from tests.support.upstream import Request, Upstream

MODELS = ("small", "big", "bigger")


def serve(
    upstream: Upstream,
    *,
    models: tuple[str, ...] = MODELS,
    hello: Answer | None = None,
    tools: Answer | None = None,
    refused: Collection[str] = (),
) -> None:
    """Script a provider that lists *models*, says a word, and uses the tool that it is given.

    It refuses messages with the keys *refused*; its list is there for everybody.
    """
    listing = Raw(body=json.dumps({"data": [{"id": name} for name in models]}).encode())

    def answer(request: Request) -> Answer:
        if request.method == "GET":
            return listing
        if request.headers.get("authorization", "").removeprefix("Bearer ") in refused:
            return refusal(401, "no such key")
        if "report" in request.tool_names:  # Claude Code offers others
            return tools or tool_calls([call("report", {"word": "ready"})])
        return hello or text("ready")

    upstream.respond(answer)


def refusal(status: int, message: str) -> Raw:
    return Raw(status=status, body=json.dumps({"error": {"message": message}}).encode())
