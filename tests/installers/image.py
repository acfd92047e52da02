"""What the Dockerfile says of the image, to run the same here without Docker."""

import json
import re
import shlex
from dataclasses import dataclass

from tests.installers.judges import ROOT

DATA = "/var/lib/ccr"


@dataclass(frozen=True, slots=True)
class Image:
    """The last stage: what runs in it, as whom, and with which variables. What was copied into it
    has its place here."""

    entrypoint: list[str]
    health: list[str]
    user: str
    variables: dict[str, str]


def image() -> Image:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    stage = re.split(r"^FROM ", re.sub(r"\\\n", " ", text), flags=re.M)[-1]
    said = dict(re.findall(r"^(ENTRYPOINT|HEALTHCHECK|USER|ENV) (.*)$", stage, re.M))
    health = json.loads(said["HEALTHCHECK"].partition("CMD ")[2])
    copied = {
        inside: str(ROOT / outside)
        for outside, inside in re.findall(r"^COPY (?!--)(\S+) (\S+)$", stage, re.M)
    }
    return Image(
        entrypoint=json.loads(said["ENTRYPOINT"]),
        health=[copied.get(word, word) for word in health],
        user=said["USER"],
        variables=dict(word.split("=", 1) for word in shlex.split(said["ENV"])),
    )
