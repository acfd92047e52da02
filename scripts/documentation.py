"""What the site needs that MkDocs does not do: pages of the repository, and two languages.

MkDocs calls these functions by their names (`hooks` in mkdocs.yml). The pages are also read on
their own, in the app and where the code is; so links that leave `docs` stay as they are there.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
PLACE = "repository"  # where files of the repository lie in the site
CHINESE = "zh/"
FIRST = {"en": "index.md", "zh": "zh/index.md"}
NAMED = ("CHANGELOG.md", "CONTRIBUTING.md")
LOGO = "app.svg"
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)#]*-light\.png)\)")
_LINK = re.compile(r"(?<=\]\()([^)\s#]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what the navigation and links want of the repository."""
    linked = {
        path.removeprefix("../")
        for file in files.documentation_pages()
        for path in _outside(file.src_uri, file.content_string)
    }
    for path in sorted(linked | set(NAMED)):
        if (ROOT / path).is_file():
            content = (ROOT / path).read_text(encoding="utf-8")
            files.append(File.generated(config, f"{PLACE}/{path}", content=content))
    logo = (ROOT / "resources" / "icons" / LOGO).read_text(encoding="utf-8")
    files.append(File.generated(config, f"assets/{LOGO}", content=logo))
    return files


def _outside(page: str, text: str) -> Iterator[str]:
    """Targets of links that lead out of `docs`, seen from there."""
    for target in _LINK.findall(text):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        if path.startswith("../") and "://" not in target:
            yield path


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Let links and pictures lead to what the site has; who looks for help finds it first."""
    source = page.file.src_uri
    folder = posixpath.dirname(source)
    if source.endswith("troubleshooting.md"):
        page.meta["search"] = {"boost": 2}

    def moved(found: re.Match[str]) -> str:
        target = found[1]
        if "://" in target:
            return target
        path = posixpath.normpath(posixpath.join(folder, target))
        if source.startswith(f"{PLACE}/"):
            path = posixpath.normpath(target).removeprefix("docs/")
            if not (ROOT / "docs" / path).exists():
                path = f"{PLACE}/{target}"
        elif path.startswith("../"):
            path = f"{PLACE}/{path.removeprefix('../')}"
        else:
            return target
        return posixpath.relpath(path, folder or ".")

    def in_both_colours(found: re.Match[str]) -> str:
        words, light = found.groups()
        dark = light.replace("-light.png", "-dark.png")
        if not (ROOT / "docs" / folder / dark).is_file():
            return found[0]
        return f"![{words}]({light}#only-light)\n![{words}]({dark}#only-dark)"

    return _PICTURE.sub(in_both_colours, _LINK.sub(moved, markdown))


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Show the theme's own words, and the way to the other language, as the page wants them."""
    source = page.file.src_uri
    own = "zh" if source.startswith(CHINESE) else "en"
    name = source.removeprefix(CHINESE)
    config.theme["language"] = own
    for choice in config.extra["alternate"]:
        language = choice["lang"]
        path = name if language == "en" else f"{CHINESE}{name}"
        path = path if (ROOT / "docs" / path).is_file() else FIRST[language]
        choice["link"] = page.url if language == own else f"{path.removesuffix('.md')}.html"
