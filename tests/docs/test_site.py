"""The site is built without a warning, every link leads somewhere, and no other server is asked."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from pymdownx.slugs import slugify

from scripts.update_messages_page import PAGE, page_with_messages
from tests.docs.blocks import FOLDER, PAGES, ROOT

OUTSIDE = re.compile(
    r'<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)="(?:https?:)?//[^"]*"|url\((?:https?:)?//'
)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_OWN_FILE = re.compile(r"github\.com/ccr-desktop/ccr-desktop/(?:blob|tree|raw)/main/([^)\s\"#]+)")
_HEADING = re.compile(r"^(#+) (.*)$", re.M)
_FENCES = re.compile(r"^```.*?^```$", re.M | re.S)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make docs` does; MkDocs itself checks links, anchors and the navigation."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_in_it(site: Path) -> None:
    pages = {page.relative_to(FOLDER).with_suffix(".html").as_posix() for page in _pages()}
    pages = {page.replace("README.html", "index.html") for page in pages}

    assert {page for page in pages if not (site / page).is_file()} == set()


def _pages() -> Iterator[Path]:
    yield from FOLDER.rglob("*.md")


def test_no_other_server_is_asked(site: Path) -> None:
    files = [*site.rglob("*.html"), *(site / "assets").glob("*.css")]
    asked = {file.name: OUTSIDE.findall(file.read_text(encoding="utf-8")) for file in files}

    assert files
    assert {name: found for name, found in asked.items() if found} == {}


def test_each_page_says_its_language(site: Path) -> None:
    english = (site / "index.html").read_text(encoding="utf-8")
    chinese = (site / "zh" / "index.html").read_text(encoding="utf-8")

    assert '<html lang="en"' in english
    assert '<html lang="zh"' in chinese
    assert 'placeholder="Search"' in english
    assert 'placeholder="搜索"' in chinese


def test_it_can_be_searched(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    texts = [unescape(part["text"]) for part in index["docs"]]

    assert any("Claude Code was not found" in text for text in texts)
    assert any("备用模型" in text for text in texts)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"])
def test_links_of_the_repository_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in _LINK.findall(text) if not link.startswith(("http", "mailto:"))]

    assert links
    assert [link for link in links if not _leads_somewhere(link, ROOT / name)] == []


def _leads_somewhere(link: str, page: Path) -> bool:
    path, _, anchor = unquote(link).partition("#")
    target = page.parent / path if path else page
    if not anchor:
        return target.exists()
    text = _FENCES.sub("", target.read_text(encoding="utf-8"))
    slug = slugify(case="lower")
    return anchor in {slug(re.sub(r"[`*]", "", title), "-") for _, title in _HEADING.findall(text)}


def test_addresses_of_files_in_the_repository_name_some() -> None:
    named = {path for page in PAGES for path in _OWN_FILE.findall(page.read_text(encoding="utf-8"))}

    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_readmes_have_the_same_parts() -> None:
    english, chinese = (
        _FENCES.sub("", (ROOT / name).read_text(encoding="utf-8"))
        for name in ("README.md", "README.zh-CN.md")
    )

    def parts(text: str) -> list[str]:
        return [marks for marks, _ in _HEADING.findall(text)]

    assert parts(english) == parts(chinese)
    assert english.count("\n| ") == chinese.count("\n| ")
    assert "README.zh-CN.md" in english
    assert "README.md" in chinese


@pytest.mark.parametrize("page", sorted((FOLDER / "zh").glob("*.md")), ids=lambda page: page.name)
def test_a_chinese_page_has_the_parts_of_the_english_one(page: Path) -> None:
    english = (FOLDER / page.name).read_text(encoding="utf-8")
    chinese = page.read_text(encoding="utf-8")

    def parts(text: str) -> list[str]:
        return [marks for marks, _ in _HEADING.findall(_FENCES.sub("", text))]

    assert parts(chinese) == parts(english)


def test_all_messages_are_on_their_page() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == page_with_messages(page), "run scripts/update_messages_page.py"
