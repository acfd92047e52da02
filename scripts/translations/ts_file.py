"""Translations in Qt Linguist's file format, https://doc.qt.io/qt-6/linguist-ts-file-format.html

Contexts and texts are sorted, without places in the source, so that a change shows as what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from scripts.translations.sources import Text

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


class Outdated(NamedTuple):
    """How a file of translations differs from the source."""

    untranslated: list[Text]
    unused: list[Text]


def read(path: Path) -> dict[Text, str]:
    """The finished translations of *path*; none where there is no such file."""
    if not path.exists():
        return {}
    found = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314  # our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None:
                text = Text(context.findtext("name", ""), message.findtext("source", ""))
                found[text] = translation.text or ""
    return found


def write(path: Path, language: str, texts: Iterable[Text], known: Mapping[Text, str]) -> None:
    """Put *texts* there with what is *known* of them; the others are marked as unfinished.

    A text that is new in its context takes the translation that it has in another one.
    """
    elsewhere = {text.source: translation for text, translation in known.items()}
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for name, group in groupby(sorted(set(texts)), key=lambda text: text.context):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for text in group:
            message = ET.SubElement(context, "message")
            ET.SubElement(message, "source").text = text.source
            translation = ET.SubElement(message, "translation")
            translation.text = known.get(text) or elsewhere.get(text.source)
            if not translation.text:
                translation.set("type", "unfinished")
    ET.indent(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{_HEAD}{ET.tostring(root, encoding='unicode')}\n", encoding="utf-8")


def compared(path: Path, texts: Iterable[Text]) -> Outdated:
    wanted, known = set(texts), read(path)
    return Outdated(sorted(wanted - known.keys()), sorted(known.keys() - wanted))
