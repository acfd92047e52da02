"""Who is served: keys, hosts and origins on real requests."""

import pytest
from yarl import URL

from tests.component.client import QUESTION, STREAMED, Client
from tests.component.conftest import Connect, StartService, configuration, raw_exchange
from tests.component.provider import Provider

SECRET = "router-secret"


@pytest.fixture
async def locked(connect: Connect) -> Client:
    """A client of a service that wants a key."""
    return await connect(APIKEY=SECRET)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-api-key": SECRET},
        {"Authorization": f"Bearer {SECRET}"},
        {"authorization": f"bearer {SECRET}"},
        {"Authorization": SECRET},
        {"Authorization": "Bearer wrong", "x-api-key": SECRET},
        {"Authorization": f"Bearer {SECRET}", "x-api-key": "wrong"},
        {"Authorization": "Bearer ", "x-api-key": SECRET},
    ],
    ids=["x-api-key", "bearer", "lower-case", "plain", "key-right", "bearer-right", "empty-bearer"],
)
async def test_the_key_is_accepted_in_every_form(locked: Client, headers: dict[str, str]) -> None:
    answer = await locked.ask(STREAMED, headers)

    assert answer.status == 200


@pytest.mark.parametrize(
    "path", ["/v1/messages", "/v1/messages?beta=true", "/v1/messages/count_tokens"]
)
async def test_a_request_without_a_key_is_refused(
    locked: Client, provider: Provider, path: str
) -> None:
    answer = await locked.ask(path=path)

    assert answer.status == 401
    assert answer.error["type"] == "authentication_error"
    assert "APIKEY is missing" in answer.error["message"]
    assert "ANTHROPIC_AUTH_TOKEN" in answer.error["message"]
    assert answer.headers["x-should-retry"] == "false"
    assert provider.calls == []


@pytest.mark.parametrize(
    "headers",
    [
        {"x-api-key": "wrong"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic cm91dGVyOnNlY3JldA=="},
        {"x-api-key": SECRET[:-1]},
        {"x-api-key": f"{SECRET}x"},
    ],
    ids=["x-api-key", "bearer", "basic", "shorter", "longer"],
)
async def test_a_wrong_key_is_refused(locked: Client, headers: dict[str, str]) -> None:
    answer = await locked.ask(QUESTION, headers)

    assert answer.status == 401
    assert answer.error["type"] == "authentication_error"
    assert answer.headers["x-should-retry"] == "false"
    assert SECRET not in answer.raw.decode()


async def test_a_key_that_its_store_keeps_back_may_be_asked_for_again(connect: Connect) -> None:
    client = await connect(APIKEY="keyring:router")

    answer = await client.ask(QUESTION, {"x-api-key": SECRET})

    assert answer.status == 401
    assert "x-should-retry" not in answer.headers


async def test_a_key_of_bytes_that_are_no_text_is_refused(locked: Client) -> None:
    head = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"

    answer = await raw_exchange(locked.url, head + b"x-api-key: \xff\xfe\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize("path", ["/v1/models", "/v1/models/mock,big", "/nothing"])
async def test_everything_but_the_probes_wants_the_key(locked: Client, path: str) -> None:
    assert (await locked.get(path)).status == 401


@pytest.mark.parametrize("path", ["/", "/health"])
async def test_the_probes_are_public(locked: Client, path: str) -> None:
    assert (await locked.get(path)).status == 200
    assert (await locked.request("HEAD", path)).status == 200


@pytest.mark.parametrize("path", ["/api/../v1/models", "/api/%2e%2e/v1/models", "//api/v1/models"])
async def test_no_detour_leads_around_the_key(locked: Client, path: str) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    answer = await raw_exchange(locked.url, head.encode())

    assert answer.split()[1] in {b"401", b"404"}
    assert b"mock,big" not in answer


@pytest.mark.parametrize("token", [{}, {"x-ccr-token": "wrong"}, {"x-api-key": SECRET}])
async def test_management_wants_the_token_of_the_run(locked: Client, token: dict[str, str]) -> None:
    answer = await locked.ask(QUESTION, token, path="/api/explain")

    assert answer.status == 401
    assert answer.error["type"] == "authentication_error"


async def test_a_token_of_bytes_that_are_no_text_is_refused(client: Client) -> None:
    head = b"GET /api/hold HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"

    answer = await raw_exchange(client.url, head + b"x-ccr-token: \xff\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:3456", "127.0.0.1.evil.example", "10.0.0.1", "[::2]:1"]
)
async def test_a_name_that_is_not_ours_is_refused(client: Client, host: str) -> None:
    answer = await client.ask(QUESTION, {"Host": host})

    assert answer.status == 403
    assert answer.error["type"] == "permission_error"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:3456"])
async def test_every_name_of_this_machine_is_taken(client: Client, host: str) -> None:
    assert (await client.get("/health", {"Host": host})).status == 200


@pytest.mark.parametrize("lines", ["", "Host: [::1\r\n", "Host: \r\n"])
async def test_a_missing_or_broken_host_is_refused(client: Client, lines: str) -> None:
    head = f"GET /health HTTP/1.1\r\n{lines}Connection: close\r\n\r\n"

    answer = await raw_exchange(client.url, head.encode())

    assert answer.split()[1] in {b"400", b"403"}


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://localhost:1", "file://", "http://[::1", "chrome://x"],
)
@pytest.mark.parametrize("path", ["/v1/models", "/health"])
async def test_web_pages_are_refused(client: Client, origin: str, path: str) -> None:
    answer = await client.get(path, {"Origin": origin})

    assert answer.status == 403
    assert answer.error["type"] == "permission_error"
    assert not [name for name in answer.headers if name.startswith("access-control-")]


async def test_a_page_of_the_service_itself_is_served_without_cors(client: Client) -> None:
    answer = await client.get("/health", {"Origin": client.url})

    assert answer.status == 200
    assert not [name for name in answer.headers if name.startswith("access-control-")]


async def test_a_preflight_is_not_answered(client: Client) -> None:
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}

    answer = await client.request("OPTIONS", "/v1/messages", headers=headers)

    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
async def test_without_a_key_only_this_machine_is_served(
    start_service: StartService, provider: Provider, host: str
) -> None:
    service = await start_service(configuration(provider.url, HOST=host))

    assert URL(service.url).host == "127.0.0.1"
    assert service.config.host == "127.0.0.1"
    assert any(issue.where == "HOST" for issue in service.config.issues)


async def test_with_a_key_other_machines_may_use_any_address_of_this_one(connect: Connect) -> None:
    client = await connect(HOST="0.0.0.0", APIKEY=SECRET)

    by_address = await client.get("/v1/models", {"Host": "192.0.2.7:1", "x-api-key": SECRET})
    by_name = await client.get("/v1/models", {"Host": "evil.example", "x-api-key": SECRET})

    assert by_address.status == 200
    assert by_name.status == 403


async def test_without_a_key_nobody_else_is_heard(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As once the key was taken out of the settings of a service that others reach."""
    monkeypatch.setattr("aiohttp.web_request.BaseRequest.remote", "192.0.2.9")

    answer = await client.ask(QUESTION)

    assert answer.status == 401
    assert "only its own machine is heard" in answer.error["message"]
    assert answer.headers["x-should-retry"] == "false"
    assert (await client.get("/health")).status == 200


async def test_a_device_is_heard_by_a_key_of_its_own(connect: Connect) -> None:
    phone = {"name": "phone", "key": "key-of-the-phone", "expires": "2000-01-31"}
    laptop = {"name": "laptop", "key": "key-of-the-laptop"}
    client = await connect(APIKEY=SECRET, ClientKeys=[phone, laptop])

    heard = await client.ask(STREAMED, {"Authorization": "Bearer key-of-the-laptop"})
    too_late = await client.ask(STREAMED, {"x-api-key": "key-of-the-phone"})
    main = await client.ask(STREAMED, {"x-api-key": SECRET})

    assert (heard.status, main.status) == (200, 200)
    assert too_late.status == 401
    assert "The key of 'phone' expired on 2000-01-31" in too_late.error["message"]
    assert too_late.headers["x-should-retry"] == "false"
