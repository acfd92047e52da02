"""What the pages call things is what the window calls them, and messages are told as they are."""

import re
from functools import cache
from xml.etree import ElementTree

import pytest

from tests.docs.blocks import FOLDER, ROOT

_FENCES = re.compile(r"^```.*?^```$", re.M | re.S)
_LABEL = re.compile(r"(?<![*\w])\*([^*\n]+(?:\n[^*\n]+)?)\*(?![*\w])")
_CHINESE_LABEL = re.compile(r"“([^“”]+(?:“[^“”]*”[^“”]*)?)”")
_SYMPTOM = re.compile(r"^- \*\*(.*?)\*\*", re.M | re.S)
_ENGLISH = ("first-steps.md", "routes.md", "desktop.md", "install.md", "migrating.md")
_CHINESE = ("first-steps.md", "routes.md", "desktop.md", "install.md", "updates.md")
# What others say (Claude Code, Windows, macOS), and words that are no label.
_NO_LABELS = {
    *("No, exit", "Yes", "ultrathink", "绝不", "claude", "绝不把这个文件夹发给……"),
    *("更多信息", "仍要运行", "应用", "应用程序", "系统设置", "隐私与安全性"),
    "……不接受此密钥。可能输错、已过期或属于其他服务。",
}
# What providers say.
_FOREIGN = {"insufficient quota", "overloaded", "too many requests", "unknown parameter"}


@cache
def _catalogue() -> tuple[str, str]:
    """All texts of the window and all translations, a line each."""
    tree = ElementTree.parse(ROOT / "resources" / "i18n" / "ccr_desktop_zh_CN.ts")
    sources = [found.text or "" for found in tree.iter("source")]
    translations = ["".join(found.itertext()) for found in tree.iter("translation")]
    return _plain("\n".join(sources)), _plain("\n".join(translations))


def _plain(text: str) -> str:
    return re.sub(r'[“”"]', "", text)


def _is_in(label: str, texts: str) -> bool:
    """As a text of its own, or as the beginning of one with a name in it."""
    words = re.escape(_plain(label).rstrip("…").strip())
    return bool(re.search(rf"^{words}(…|\.|:| \{{\w+\}}| …)?$", texts, re.M))


def _text(page: str) -> str:
    return _FENCES.sub("", (FOLDER / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [*_ENGLISH, "troubleshooting.md"])
def test_labels_are_those_of_the_window(page: str) -> None:
    labels = {" ".join(found.split()) for found in _LABEL.findall(_text(page))}
    sources, _ = _catalogue()
    unknown = [
        label
        for label in sorted(labels)
        if not _is_in(label, sources)
        and not all(_is_in(part, sources) for part in label.split(", "))
    ]

    assert unknown == []


@pytest.mark.parametrize("page", _CHINESE)
def test_chinese_labels_are_those_of_the_window(page: str) -> None:
    labels = {*_CHINESE_LABEL.findall(_text(f"zh/{page}"))} - _NO_LABELS
    _, translations = _catalogue()

    assert [label for label in sorted(labels) if not _is_in(label, translations)] == []


def test_messages_of_the_page_about_troubles_exist() -> None:
    quoted = {
        " ".join(message.split())
        for symptom in _SYMPTOM.findall(_text("troubleshooting.md"))
        for message in re.findall(r'"([^"]{9,})"', symptom)
    }
    known = (FOLDER / "messages.md").read_text("utf-8") + _catalogue()[0] + _source()

    assert len(quoted) > 50
    assert [m for m in sorted(quoted - _FOREIGN) if not re.search(_pattern(m), known)] == []


@cache
def _source() -> str:
    """Sentences that are put together from parts stand in the source alone."""
    files = (ROOT / "ccr_desktop" / "core").rglob("*.py")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _pattern(message: str) -> str:
    """`…`, numbers and letters for them stand for anything in one line."""
    parts = re.split(r"…(?:,…)?|\b[NM]\b", message)
    return r"[^\n]*".join(re.escape(part.strip(" ?:")) for part in parts if part.strip(" ?:"))
