"""The release workflow: that its jobs fit together, and that its documentation is complete."""

import functools
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from ccr_desktop import __version__
from tests.installers.actionlint import objections
from tests.installers.judges import ROOT, WORKFLOWS, linux_only

pytestmark = linux_only
RELEASE = ROOT / ".github" / "workflows" / "release.yml"
MACHINES = {
    "ubuntu-22.04",
    "ubuntu-24.04",
    "ubuntu-24.04-arm",
    "windows-2022",
    "macos-15",
    "macos-15-intel",
}
"""Of https://github.com/actions/runner-images, those with a version in their names."""


@functools.cache
def jobs(path: Path = RELEASE) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


def uses(job: dict[str, Any], action: str) -> list[dict[str, Any]]:
    steps = (step for step in job["steps"] if step.get("uses", "").startswith(f"{action}@"))
    return [step["with"] for step in steps]


def machines(job: dict[str, Any]) -> list[str]:
    """Those of a job, each of its matrix."""
    matrix = job.get("strategy", {}).get("matrix", {})
    named = [one["system"] for one in matrix.get("include", ())] or matrix.get("system", [])
    return named or [job["runs-on"]]


def before(name: str) -> set[str]:
    """The jobs that have ended before one begins."""
    needs = jobs()[name].get("needs", [])
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct.union(*map(before, direct))


def test_workflows_say_what_github_understands(tmp_path: Path) -> None:
    assert objections(WORKFLOWS, tmp_path) == []


def test_jobs_run_on_machines_that_exist_and_end() -> None:
    for path in WORKFLOWS:
        for name, job in jobs(path).items():
            assert set(machines(job)) <= MACHINES, name
            assert job["timeout-minutes"] <= 60, name
            assert "permissions" in job, name


def test_each_system_is_built_for() -> None:
    built = {
        machine for name in ("linux", "windows", "macos") for machine in machines(jobs()[name])
    }

    assert built == MACHINES - {"ubuntu-24.04"}


def test_each_package_of_linux_is_tried_where_it_was_made() -> None:
    steps = [step.get("run", "") for step in jobs()["linux"]["steps"]]
    tried = [command for command in steps if "--selftest" in command]
    made = uses(jobs()["linux"], "actions/upload-artifact")[0]["path"].split()

    for pattern in (path for path in made if not path.endswith(".cdx.json")):
        kind = f"/*{Path(pattern).suffix}"
        assert [command for command in tried if kind in command], pattern


def test_what_a_job_downloads_was_uploaded_before() -> None:
    uploaded = {
        name: {one["name"].split("${{")[0] for one in uses(job, "actions/upload-artifact")}
        for name, job in jobs().items()
    }
    for name, job in jobs().items():
        there = set[str]().union(*(uploaded[other] for other in before(name)))
        for one in uses(job, "actions/download-artifact"):
            if wanted := one.get("name"):
                assert wanted in there, name
            else:
                beginning = one["pattern"].removesuffix("*")
                fitting = {artifact for artifact in there if artifact.startswith(beginning)}
                assert fitting == {
                    "release-python",
                    "release-linux-",
                    "release-windows",
                    "release-macos-",
                }


def test_scripts_that_are_called_exist() -> None:
    text = RELEASE.read_text(encoding="utf-8")
    called = set(re.findall(r"\b(?:installers|scripts)/[\w/.-]+\.(?:sh|ps1|py|spec)", text))

    assert len(called) > 5
    assert not [path for path in called if not (ROOT / path).exists()]


def test_only_a_tag_publishes_and_after_everything_was_tried() -> None:
    for name in ("release-page", "pypi"):
        assert jobs()[name]["if"] == "github.ref_type == 'tag'"
        assert before(name) >= {"linux", "macos", "windows-try", "together"}
    writing = {name for name, job in jobs().items() if "write" in job["permissions"].values()}
    assert writing == {"together", "release-page", "pypi"}


def test_actions_are_pinned_with_the_version_that_they_are() -> None:
    for path in WORKFLOWS:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_each_secret_is_explained() -> None:
    secrets = set(re.findall(r"secrets\.(\w+)", RELEASE.read_text(encoding="utf-8")))
    page = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")

    assert secrets == set(re.findall(r"^\| `([A-Z_]+)`", page, re.M))
    for job in jobs().values():
        assert "secrets." not in str(job) or job["environment"] == "release"


def test_files_of_all_jobs_become_a_release(tmp_path: Path) -> None:
    """The commands of the job `together`, on stand-ins for what the others make."""
    made = ["linux-x86_64.AppImage", "windows-x64-setup.exe", "macos-arm64.dmg", "macos-x64.dmg"]
    names = [f"CCR-Desktop-{__version__}-{ending}" for ending in made]
    names += [f"ccr-desktop_{__version__}_{machine}.deb" for machine in ("amd64", "arm64")]
    (tmp_path / "dist").mkdir()
    for name in [*names, "ccr-desktop-windows-x64.cdx.json"]:
        (tmp_path / "dist" / name).write_text(name, encoding="utf-8")
    commands = [step["run"] for step in jobs()["together"]["steps"] if "run" in step]

    for command in commands:
        if "pip install" in command or "notes" in command:
            continue
        done = run(command, tmp_path)
        assert done.returncode == 0, done.stderr

    sums = (tmp_path / "dist" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.split("  ")[1] for line in sums] == sorted(
        [*names, "ccr-desktop-windows-x64.cdx.json"]
    )
    written = {str(p.relative_to(tmp_path / "manifests")) for p in tmp_path.rglob("manifests/**/*")}
    assert {"ccr-desktop.rb", "aur/PKGBUILD", "aur/.SRCINFO"} < written
    assert "SKIP" not in (tmp_path / "manifests" / "aur" / "PKGBUILD").read_text(encoding="utf-8")


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """As the runner does, in a checkout; files lie in *folder* instead."""
    for name in ("dist", "manifests"):
        command = re.sub(rf"(?<![\w./-]){name}\b", f"{folder}/{name}", command)
    programs = Path(sys.prefix) / "bin"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env={"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
