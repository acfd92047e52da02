from datetime import UTC, datetime

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from ccr_desktop.core.credentials.aws import AwsKeys
from ccr_desktop.core.credentials.aws_signature import signature_headers

NOW = datetime(2026, 11, 26, 20, 5, 59, tzinfo=UTC)
HOST = "https://bedrock-runtime.eu-west-1.amazonaws.com"


@pytest.mark.parametrize("token", ["", "a/session+token=="])
@pytest.mark.parametrize(
    "url",
    [
        f"{HOST}/model/eu.anthropic.claude-sonnet-4-5-20250929-v1:0/invoke",
        f"{HOST}/model/arn:aws:bedrock:eu-west-1:1:inference-profile%2Fa~b/invoke",
        "http://127.0.0.1:8443/gate-way_1/model/a%20b/invoke-with-response-stream",
        HOST,
    ],
)
def test_amazons_own_signer_makes_the_same(
    url: str, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: NOW)
    body = '{"messages": ["hé"]}'.encode()
    request = AWSRequest(method="POST", url=url, data=body)
    own = Credentials("AKIDEXAMPLE", "secret+/example", token or None)
    botocore.auth.SigV4Auth(own, "bedrock", "eu-west-1").add_auth(request)

    keys = AwsKeys("AKIDEXAMPLE", "secret+/example", token)
    made = signature_headers(keys, url, body, place=("eu-west-1", "bedrock"), now=NOW)

    wanted = {name.lower(): value for name, value in request.headers.items()}
    assert {name.lower(): value for name, value in made.items()} == wanted
