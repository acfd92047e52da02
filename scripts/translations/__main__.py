"""Bring `resources/i18n` up to date with the texts of the source.

    python -m scripts.translations                  write the texts, keep their translations
    python -m scripts.translations --todo FILE      and list what has none, as JSON
    python -m scripts.translations --take FILE      take translations from such a file first

The files are for Qt Linguist, too. What Qt loads, the `.qm` files, is made from them here.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import PySide6

from scripts.translations import ts_file
from scripts.translations.sources import Text, all_texts, core_sentences, window_texts

FOLDER = Path(__file__).parents[2] / "resources" / "i18n"
LANGUAGES = ("zh_CN",)
SENTENCES = FOLDER / "sentences.json"
TEXTS = FOLDER / "texts.json"


def main() -> None:
    parser = argparse.ArgumentParser(description="Bring resources/i18n up to date.")
    parser.add_argument("--todo", type=Path)
    parser.add_argument("--take", type=Path, action="append", default=[])
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
    options = parser.parse_args()
    SENTENCES.parent.mkdir(parents=True, exist_ok=True)
    SENTENCES.write_text(sentences_file(), encoding="utf-8")
    TEXTS.write_text(texts_file(), encoding="utf-8")
    texts = all_texts()
    for language in LANGUAGES:
        path = FOLDER / f"ccr_desktop_{language}.ts"
        known = ts_file.read(path)
        if language == options.language:
            for file in options.take:
                known |= _taken(file, texts)
        ts_file.write(path, language, texts, known)
        release(path, path.with_suffix(".qm"))
        missing = ts_file.compared(path, texts).untranslated
        counted = f"{language}: {len(texts)} texts, {len(missing)} without a translation\n"
        sys.stderr.write(counted)
        if options.todo and language == options.language:
            todo = dict.fromkeys(dict.fromkeys(text.source for text in missing), "")
            options.todo.write_text(json.dumps(todo, ensure_ascii=False, indent=1) + "\n")


def sentences_file() -> str:
    """What `core_words` knows the router's sentences by."""
    sources = sorted(text.source for text in core_sentences())
    return json.dumps(sources, ensure_ascii=False, indent=0) + "\n"


def texts_file() -> str:
    """What `said_before` knows the window's kept words by."""
    texts = sorted({*window_texts(), *core_sentences()})
    return json.dumps(texts, ensure_ascii=False, indent=0) + "\n"


def release(source: Path, target: Path) -> None:
    """Make the file that Qt loads. Raises `CalledProcessError`."""
    program = Path(PySide6.__file__).parent / "lrelease"
    subprocess.run([str(program), "-silent", str(source), "-qm", str(target)], check=True)  # noqa: S603


def _taken(file: Path, texts: list[Text]) -> dict[Text, str]:
    found = json.loads(file.read_text(encoding="utf-8"))
    return {text: found[text.source] for text in texts if found.get(text.source)}


if __name__ == "__main__":
    main()
