"""Where on Vertex AI a model is: the project, the location, and the address that follows.

Source: https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from ccr_desktop.errors import CredentialError

if TYPE_CHECKING:
    from ccr_desktop.core.transformers.base import TransformContext

_GOOGLE = "googleapis.com"
_REGIONAL = re.compile(
    rf"(?:(?P<region>[\w-]+)-aiplatform|aiplatform\.(?P<multi>us|eu)\.rep)\.{_GOOGLE}"
)
_PROJECT = re.compile(r"/projects/([^/{}]+)")
_LOCATION = re.compile(r"/locations/([^/{}]+)")
_VERSION = re.compile(r"/(v1|v1beta1)/projects/")
# What an address is completed to, or ends in where it was given in full.
_END = re.compile(r"(/v\d\w*)?(/models|/messages|(/endpoints/openapi)?(/chat/completions)?)/?$")
_MULTI_REGIONS = frozenset({"us", "eu"})


@dataclass(frozen=True, slots=True)
class VertexPlace:
    """A project in a location. `origin` is what stands before the version: scheme and host.

    At a gateway also the path that it has for Vertex AI.
    """

    origin: str
    version: str
    project: str
    location: str

    @property
    def url(self) -> str:
        """The address of everything that the project has there."""
        place = f"projects/{self.project}/locations/{self.location}"
        return f"{self.origin}/{self.version}/{place}"


def find_place(context: TransformContext, project: str, location: str, version: str) -> VertexPlace:
    """The place that the options say, else the provider's address, else the environment.

    *project* is that of the credentials and *location* the usual one: they count last.
    """
    parts = urlsplit(context.provider.url)
    host = parts.hostname or ""
    options, environment = context.options, os.environ
    found_location = (
        _text(options, "location")
        or _match(_LOCATION, parts.path)
        or _region(host)
        or environment.get("GOOGLE_CLOUD_LOCATION")
        or location
    )
    found_project = (
        _text(options, "project")
        or _match(_PROJECT, parts.path)
        or environment.get("GOOGLE_CLOUD_PROJECT")
        or project
    )
    if not found_project:
        hint = "Give the transformer `project`, or set GOOGLE_CLOUD_PROJECT."
        raise CredentialError("The Google Cloud project is not known", hint)
    is_google = host == _GOOGLE or host.endswith(f".{_GOOGLE}")
    origin = f"https://{_host(found_location)}" if is_google else _gateway(parts)
    said_version = _match(_VERSION, parts.path)
    return VertexPlace(origin, said_version or version, found_project, found_location)


def _gateway(parts: SplitResult) -> str:
    """An address outside of Google, as far as it is not Vertex AI's own path."""
    own = _VERSION.search(parts.path) or _END.search(parts.path)
    path = parts.path[: own.start()] if own else parts.path
    return f"{parts.scheme}://{parts.netloc}{path}"


def _host(location: str) -> str:
    if location == "global":
        return f"aiplatform.{_GOOGLE}"
    if location in _MULTI_REGIONS:
        return f"aiplatform.{location}.rep.{_GOOGLE}"
    return f"{location}-aiplatform.{_GOOGLE}"


def _region(host: str) -> str:
    found = _REGIONAL.fullmatch(host)
    return (found["region"] or found["multi"]) if found else ""


def _match(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _text(options: Mapping[str, Any], name: str) -> str:
    return str(options.get(name) or "")
