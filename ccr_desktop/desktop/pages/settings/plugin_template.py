"""What a new plugin begins with: a working one that says what can be changed."""

from __future__ import annotations

TEMPLATE = '''\
"""Adds a word to each request. Change it at will: saving the file is enough."""

from ccr_desktop.api import Option, TextDelta, blocks


class {kind}:
    name = "{name}"
    OPTIONS = (Option("word", str, "What is added to each request.", default="please"),)

    def __init__(self, options):
        self.word = options.get("word", "please")

    def request(self, body, context):
        """The client's request, in Anthropic's format; what is returned goes on."""
        last = body["messages"][-1]
        last["content"] = [*blocks(last["content"]), {{"type": "text", "text": self.word}}]
        return body

    def open(self, context):
        """For each answer: an object whose `feed` gets its pieces."""
        return self

    def feed(self, delta):
        if isinstance(delta, TextDelta):
            pass  # delta.text is a piece of what is shown
        yield delta
'''


def new_plugin(stem: str) -> str:
    """The text of a file with this name, without its ending."""
    words = [word for word in "".join(c if c.isalnum() else " " for c in stem).split() if word]
    kind = "".join(word.capitalize() for word in words)
    if not kind.isidentifier():
        kind = f"Plugin{kind}"
    return TEMPLATE.format(kind=kind, name="-".join(words).lower() or "plugin")
