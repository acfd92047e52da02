from dataclasses import replace
from typing import Any

import pytest

from ccr_desktop.core.transformers.vertex_place import VertexPlace, find_place
from ccr_desktop.errors import CredentialError
from tests.unit.core.transformers.bodies import CONTEXT


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"):
        monkeypatch.delenv(name, raising=False)


def place(url: str, project: str = "of-key", **options: Any) -> VertexPlace:
    provider = replace(CONTEXT.provider, url=url)
    context = replace(CONTEXT, provider=provider, options=options)
    return find_place(context, project, "us-east5", "v1")


@pytest.mark.parametrize(
    ("url", "options", "expected"),
    [
        (
            "https://aiplatform.googleapis.com",
            {},
            "https://us-east5-aiplatform.googleapis.com/v1/projects/of-key/locations/us-east5",
        ),
        (
            "https://west-aiplatform.googleapis.com/v1/messages",
            {},
            "https://west-aiplatform.googleapis.com/v1/projects/of-key/locations/west",
        ),
        (
            "https://europe-west1-aiplatform.googleapis.com",
            {"location": "global", "project": "mine"},
            "https://aiplatform.googleapis.com/v1/projects/mine/locations/global",
        ),
        (
            "https://aiplatform.eu.rep.googleapis.com",
            {},
            "https://aiplatform.eu.rep.googleapis.com/v1/projects/of-key/locations/eu",
        ),
        (
            "https://x.googleapis.com/v1beta1/projects/p/locations/l/publishers/a/models/m",
            {},
            "https://l-aiplatform.googleapis.com/v1beta1/projects/p/locations/l",
        ),
        (
            "https://x.googleapis.com/v1/projects/{p}/locations/{region}/publishers/a",
            {},
            "https://us-east5-aiplatform.googleapis.com/v1/projects/of-key/locations/us-east5",
        ),
        (
            "https://gateway.test/google/vertex/v1beta/models",
            {"location": "us"},
            "https://gateway.test/google/vertex/v1/projects/of-key/locations/us",
        ),
        (
            "https://gateway.test/vertex",
            {"location": "us"},
            "https://gateway.test/vertex/v1/projects/of-key/locations/us",
        ),
        (
            "https://gateway.test/vertex/v1/messages",
            {"location": "us"},
            "https://gateway.test/vertex/v1/projects/of-key/locations/us",
        ),
        (
            "https://gateway.test/vertex/v1beta1/projects/p/locations/l/publishers/a/models",
            {},
            "https://gateway.test/vertex/v1beta1/projects/p/locations/l",
        ),
        (
            "http://gateway.test:8080/v1beta/models",
            {"location": "us"},
            "http://gateway.test:8080/v1/projects/of-key/locations/us",
        ),
    ],
)
def test_what_is_said_nearest_counts(url: str, options: dict[str, str], expected: str) -> None:
    assert place(url, **options).url == expected


def test_the_environment_comes_before_the_key_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "of-env")
    monkeypatch.setenv("GOOGLE_CLOUD_LOCATION", "asia-east1")

    found = place("https://aiplatform.googleapis.com")

    assert (found.project, found.location) == ("of-env", "asia-east1")


def test_a_project_that_nobody_knows_is_told() -> None:
    with pytest.raises(CredentialError, match="GOOGLE_CLOUD_PROJECT"):
        place("https://aiplatform.googleapis.com", project="")
