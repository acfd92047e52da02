"""The pages of the documentation, and the code blocks in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs"
PAGES = sorted(
    [*FOLDER.rglob("*.md"), *(path for path in ROOT.glob("*.md") if path.name != "CHANGELOG.md")]
)
NOT_RUN = "<!-- not run"  # with the reason, in the line above a block
_BLOCK = re.compile(
    r'^(?P<above>[^\n]*)\n```(?P<language>\w+)(?: title="(?P<title>[^"]*)")?\n(?P<code>.*?)^```$',
    re.M | re.S,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One code block; `title` is the file that it is taken from."""

    page: Path
    line: int
    language: str
    title: str
    code: str
    is_marked: bool

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def every_block(*languages: str) -> list[Block]:
    """All blocks of these languages that are not marked as `NOT_RUN`."""
    found = (block for page in PAGES for block in blocks_of(page))
    return [block for block in found if block.language in languages and not block.is_marked]


def blocks_of(page: Path) -> Iterator[Block]:
    text = f"\n{page.read_text(encoding='utf-8')}"
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start("code"))
        is_marked = NOT_RUN in found["above"]
        yield Block(page, line, found["language"], found["title"] or "", found["code"], is_marked)


def blocks(file: str, language: str) -> list[str]:
    """Those of one page in one language, in their order."""
    return [block.code for block in blocks_of(FOLDER / file) if block.language == language]
