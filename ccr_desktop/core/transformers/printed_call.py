"""One tool call as GLM prints it, read while it comes.

    <tool_call>Read
    <arg_key>file_path</arg_key>
    <arg_value>/a.txt</arg_value>
    </tool_call>

Source: the chat template of https://huggingface.co/zai-org/GLM-4.5. Values are not escaped: they
may hold any of these tags.
"""

from __future__ import annotations

import re
from enum import Enum

OPENER, _CLOSER = "<tool_call>", "</tool_call>"
_KEY, _KEY_END = "<arg_key>", "</arg_key>"
_VALUE, _VALUE_END = "<arg_value>", "</arg_value>"
_NAME = re.compile(r"\s*[\w.:/-]{0,256}\s*")
_MAX_KEY_CHARS = 256


class Progress(Enum):
    """How far a call is: more text is needed, it is complete, or it is none."""

    MORE = "more"
    DONE = "done"
    ODD = "odd"


class PrintedCall:
    """What follows an opening tag. `text` is all of it, `rest` what came after the end."""

    def __init__(self) -> None:
        self.name = ""
        self.pairs: list[tuple[str, str]] = []
        self.text = ""
        self.rest = ""
        self._at = 0  # so far `text` is understood
        self._sought = 0  # from here on the end of a value is looked for
        self._key: str | None = None  # while its value comes
        self._step = self._read_name

    def feed(self, text: str) -> Progress:
        self.text += text
        progress: Progress | None = None
        while progress is None:
            progress = self._step()
        return progress

    def _read_name(self) -> Progress | None:
        end = self.text.find("<")
        found = self.text if end < 0 else self.text[:end]
        if not _NAME.fullmatch(found):
            return Progress.ODD
        if end < 0:
            return Progress.MORE
        self.name = found.strip()
        self._at, self._step = end, self._read_tag
        return None if self.name else Progress.ODD

    def _read_tag(self) -> Progress | None:
        """Another argument, or the end."""
        match self._next_of(_KEY, _CLOSER):
            case "":
                return Progress.MORE
            case tag if tag == _KEY:
                self._step = self._read_key
                return None
            case tag if tag == _CLOSER:
                self.rest = self.text[self._at :]
                return Progress.DONE
            case _:
                return Progress.ODD

    def _read_key(self) -> Progress | None:
        end = self.text.find(_KEY_END, self._at)
        if end < 0:
            is_long = len(self.text) - self._at > _MAX_KEY_CHARS
            return Progress.ODD if is_long else Progress.MORE
        self._key = self.text[self._at : end].strip()
        self._at, self._step = end + len(_KEY_END), self._read_value_tag
        return None

    def _read_value_tag(self) -> Progress | None:
        match self._next_of(_VALUE):
            case "":
                return Progress.MORE
            case tag if tag == _VALUE:
                self._sought, self._step = self._at, self._read_value
                return None
            case _:
                return Progress.ODD

    def _read_value(self) -> Progress | None:
        """The value ends where another argument or the end of the call follows."""
        end = self.text.find(_VALUE_END, self._sought)
        if end < 0:
            self._sought = max(self._at, len(self.text) - len(_VALUE_END) + 1)
            return Progress.MORE
        self._sought = end
        begin, self._at = self._at, end + len(_VALUE_END)
        tag = self._next_of(_KEY, _CLOSER)
        if tag in {_KEY, _CLOSER}:
            self.pairs.append((str(self._key), self.text[begin:end]))
            self._at = self.text.index("<", end + len(_VALUE_END))
            self._step = self._read_tag
            return None
        self._at = begin
        if tag:  # the value itself holds such a tag
            self._sought = end + 1
            return None
        return Progress.MORE

    def _next_of(self, *tags: str) -> str:
        """Which of *tags* comes next, and past it; empty: can't be told yet; else something."""
        rest = self.text[self._at :].lstrip()
        if tag := next((tag for tag in tags if rest.startswith(tag)), None):
            self._at = len(self.text) - len(rest) + len(tag)
            return tag
        return "" if any(tag.startswith(rest) for tag in tags) else "other"
