"""New versions from a real server with real signatures, up to the installer that is started."""

import asyncio
import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccr_desktop import __version__, paths
from ccr_desktop.core.config.reader import read_config
from ccr_desktop.core.updates import handing, web
from ccr_desktop.core.updates.download import Downloads, Fetched, folder, latest_release
from ccr_desktop.core.updates.handing import hand_over
from ccr_desktop.core.updates.installation import Installation, Method
from ccr_desktop.core.updates.signing import SIGNATURE, SUMS
from ccr_desktop.core.updates.web import may_lead
from ccr_desktop.errors import UpdateError
from tests.support.release_site import LATEST, ReleaseSite, SigningKey

RUN = "ccr-desktop-9.0.0.run"
INSTALLER = b"""#!/bin/sh
echo "$0 $*" > "$INSTALLER_TOLD"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCR_DESKTOP_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def site() -> Iterator[ReleaseSite]:
    with ReleaseSite() as made:
        made.publish("9.0.0", {RUN: INSTALLER})
        yield made


async def fetched(site: ReleaseSite, ending: str = ".run") -> Fetched:
    config = site.config()
    release = await latest_release(config)
    return await Downloads(config, site.key.pinned).fetch(release, ending)


async def refused(site: ReleaseSite, words: str) -> None:
    """The download is refused with *words*, and nothing of it is left."""
    with pytest.raises(UpdateError, match=words):
        await fetched(site)
    assert not folder().exists() or not [*folder().iterdir()]


async def test_the_latest_release_is_told_with_its_notes(site: ReleaseSite) -> None:
    release = await latest_release(site.config())

    assert release.version == "9.0.0"
    assert "What is new" in release.notes
    assert release.page == "https://example.com/releases/v9.0.0"
    assert {asset.name for asset in release.assets} == {RUN, SUMS, SIGNATURE}


async def test_nothing_is_sent_but_the_version(site: ReleaseSite) -> None:
    await latest_release(site.config())

    [(path, headers)] = site.requests
    assert path == "/releases/latest"
    assert headers["User-Agent"] == f"ccr-desktop/{__version__}"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}


async def test_a_verified_file_lies_where_nobody_else_writes(site: ReleaseSite) -> None:
    seen: list[tuple[int, int]] = []
    config = site.config()
    release = await latest_release(config)

    found = await Downloads(config, site.key.pinned).fetch(
        release, ".run", lambda done, total: seen.append((done, total))
    )

    assert found.path.read_bytes() == INSTALLER
    assert [path.name for path in folder().iterdir()] == [RUN]
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    assert seen[-1] == (len(INSTALLER), len(INSTALLER))


@pytest.mark.parametrize("method", [Method.ARCHIVE, Method.APPIMAGE])
async def test_the_installer_is_started(
    site: ReleaseSite, home: Path, monkeypatch: pytest.MonkeyPatch, method: Method
) -> None:
    told, app = home / "told", home / "lib" / "ccr-desktop" / "ccr-desktop"
    app.parent.mkdir(parents=True)
    monkeypatch.setenv("INSTALLER_TOLD", str(told))
    app.write_text(f'#!/bin/sh\necho "started $*" >> {told}.app\n', encoding="utf-8")
    app.chmod(0o755)
    monkeypatch.setattr(handing, "own_app", lambda: [str(app)])
    image = home / "ccr.AppImage"
    site.publish("9.0.0", {RUN: INSTALLER, "ccr-desktop-9.0.0.AppImage": INSTALLER})
    ending = ".run" if method is Method.ARCHIVE else ".AppImage"
    found = await fetched(site, ending)

    started = await asyncio.to_thread(hand_over, found, Installation(method, image))

    assert started
    assert await asyncio.to_thread(started.wait, 60) == 0
    if method is Method.ARCHIVE:
        assert told.read_text() == f"{found.path} --quiet -- --quiet --prefix {home} --start\n"
        assert not told.with_name("told.app").exists()  # the archive starts it
    else:
        assert told.read_text() == f"{image} ui\n"
        assert image.read_bytes() == INSTALLER


async def test_where_the_archive_fails_the_old_app_comes_back(
    site: ReleaseSite, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = home / "lib" / "ccr-desktop" / "ccr-desktop"
    app.parent.mkdir(parents=True)
    app.write_text(f'#!/bin/sh\necho "$*" > {home}/back\n', encoding="utf-8")
    app.chmod(0o755)
    monkeypatch.setattr(handing, "own_app", lambda: [str(app)])
    site.publish("9.0.0", {RUN: b"#!/bin/sh\necho no room >&2\nexit 1\n"})
    found = await fetched(site)

    started = hand_over(found, Installation(Method.ARCHIVE))

    assert started
    assert await asyncio.to_thread(started.wait, 60) == 0
    assert (home / "back").read_text() == "ui\n"
    assert (paths.log_dir() / handing.LOG).read_text() == "no room\n"


async def test_what_can_not_be_replaced_is_told_before_anything_ends(
    site: ReleaseSite, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await fetched(site)
    monkeypatch.setattr(handing.os, "access", lambda *_: False)

    with pytest.raises(UpdateError, match="can't be written"):
        hand_over(found, Installation(Method.APPIMAGE, home / "a.AppImage"))


async def test_a_file_that_was_changed_after_the_download_is_not_started(
    site: ReleaseSite, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSTALLER_TOLD", str(home / "told"))
    found = await fetched(site)
    found.path.write_bytes(INSTALLER + b"rm -rf /\n")

    with pytest.raises(UpdateError, match="was changed since"):
        hand_over(found, Installation(Method.ARCHIVE))

    assert not found.path.exists()
    assert not (home / "told").exists()


async def test_a_tampered_file_is_refused(site: ReleaseSite) -> None:
    site.served[site.path(RUN)] = INSTALLER.replace(b"echo", b"evil")

    await refused(site, f"{RUN} is not the file that was signed")


async def test_a_longer_file_is_refused_before_it_is_all_here(site: ReleaseSite) -> None:
    site.served[site.path(RUN)] = INSTALLER * 100

    await refused(site, "larger than")


async def test_tampered_checksums_are_refused_before_the_file_is_asked_for(
    site: ReleaseSite,
) -> None:
    evil = b"evil"
    site.served[site.path(RUN)] = evil
    site.served[site.path(SUMS)] = f"{hashlib.sha256(evil).hexdigest()}  {RUN}\n".encode()

    await refused(site, "checksums was changed after it was signed")
    assert not site.asked(RUN)


async def test_the_signature_of_somebody_else_is_refused(site: ReleaseSite) -> None:
    other = SigningKey()
    site.served[site.path(SIGNATURE)] = other.signature(site.served[site.path(SUMS)])

    await refused(site, f"signed by another key than this program trusts .{other.id}")


async def test_somebody_else_under_the_name_of_our_key_is_refused(site: ReleaseSite) -> None:
    forged = SigningKey().signature(site.served[site.path(SUMS)], site.key.id)
    site.served[site.path(SIGNATURE)] = forged

    await refused(site, "changed after it was signed")


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"ed25519 x",
        b"\xff\xfe",
        b"ed25519 x !!!\n",
        b"ed25519 OWN \xc3\xa9\n",
        b"ed25519 \x1b[2J AAAA\n",
    ],
)
async def test_a_signature_that_is_none_is_refused(site: ReleaseSite, signature: bytes) -> None:
    site.served[site.path(SIGNATURE)] = signature.replace(b"OWN", site.key.id.encode())

    await refused(site, r"signed by another key than this program trusts \(nobody\)")


async def test_a_release_without_signature_is_refused(site: ReleaseSite) -> None:
    site.latest["assets"] = [a for a in site.latest["assets"] if a["name"] != SIGNATURE]

    await refused(site, f"{SIGNATURE} is missing from version 9.0.0")


async def test_two_signatures_let_the_key_change(site: ReleaseSite) -> None:
    sums = site.served[site.path(SUMS)]
    site.served[site.path(SIGNATURE)] = SigningKey().signature(sums) + site.key.signature(sums)

    assert (await fetched(site)).path.read_bytes() == INSTALLER


async def test_an_older_version_is_refused(site: ReleaseSite) -> None:
    site.publish("0.0.1", {"ccr-desktop-0.0.1.run": INSTALLER})

    await refused(site, f"0.0.1 is not newer than {__version__}")


@pytest.mark.parametrize("tag", ["9.9.9", "64", "1"])  # two stand in the name, as other numbers
async def test_an_older_release_under_a_newer_tag_is_refused(site: ReleaseSite, tag: str) -> None:
    name = "ccr-desktop-0.0.1-1.linux-x86_64.run"
    site.publish("0.0.1", {name: INSTALLER}, tag=f"v{tag}")

    await refused(site, f"calls itself {tag}, and what was signed is of another version")
    assert not site.asked(name)


async def test_a_link_in_the_place_of_a_download_is_not_followed(
    site: ReleaseSite, tmp_path: Path
) -> None:
    mine, config = tmp_path / "mine", site.config()
    mine.write_text("mine", encoding="utf-8")
    (tmp_path / f"{RUN}.part").symlink_to(mine)

    downloads = Downloads(config, site.key.pinned, tmp_path)
    found = await downloads.fetch(await latest_release(config), ".run")

    assert found.path.read_bytes() == INSTALLER
    assert not found.path.is_symlink()
    assert mine.read_text(encoding="utf-8") == "mine"


async def test_a_download_that_breaks_off_is_said_to_be_so(site: ReleaseSite) -> None:
    site.broken_after = 10

    await refused(site, "broke off before its end")


async def test_a_file_that_is_shorter_than_told_is_not_complete(site: ReleaseSite) -> None:
    site.served[site.path(RUN)] = INSTALLER[:10]

    await refused(site, f"10 of {len(INSTALLER)} bytes")


async def test_a_cancelled_download_leaves_nothing(site: ReleaseSite) -> None:
    site.held.clear()
    begun = asyncio.Event()
    config = site.config()
    release = await latest_release(config)
    downloads = Downloads(config, site.key.pinned)
    task = asyncio.ensure_future(downloads.fetch(release, ".run", lambda *_: begun.set()))
    await asyncio.wait_for(begun.wait(), 60)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert [*folder().iterdir()] == []


async def test_without_a_pinned_key_nothing_is_fetched(site: ReleaseSite) -> None:
    release = await latest_release(site.config())

    with pytest.raises(UpdateError, match="knows no key"):
        await Downloads(site.config(), {}).fetch(release, ".run")

    assert len(site.requests) == 1


async def test_offline_is_told(site: ReleaseSite) -> None:
    config = site.config(updateSource="http://127.0.0.1:1/latest")

    with pytest.raises(UpdateError, match=r"127\.0\.0\.1:1 gave no update"):
        await latest_release(config)


async def test_a_bad_source_asks_nobody_else(site: ReleaseSite) -> None:
    with pytest.raises(UpdateError, match=r"Correct Desktop\.updateSource"):
        await latest_release(site.config(updateSource="http://updates.example.com/latest"))

    assert site.requests == []


async def told(url: str, proxy: str = "") -> str:
    raw = {"Desktop": {"updateSource": url}, **({"PROXY_URL": proxy} if proxy else {})}
    with pytest.raises(UpdateError) as caught:
        await latest_release(read_config(raw, None, {}))
    return str(caught.value)


async def test_a_proxy_that_does_not_answer_is_named_without_its_password() -> None:
    said = await told("https://updates.example.com/latest", "http://me:secret@127.0.0.1:1")

    assert "Its proxy does not answer (connection refused). Check the proxy in PROXY_URL." in said
    assert said.endswith("It was asked through the proxy 127.0.0.1:1.")
    assert "secret" not in said


async def test_what_fails_is_told_in_words(site: ReleaseSite) -> None:
    """The library's own words have `[Errno 111]`, and a context of TLS with its address."""
    plain = await told(f"https://127.0.0.1:{site.url.rpartition(':')[2]}/latest")
    nobody = await told("https://127.0.0.1:1/latest")
    nameless = await told("https://updates.invalid/latest")

    assert "does not speak TLS as it should" in plain
    assert "Nothing answers at 127.0.0.1 (connection refused)." in nobody
    assert "The name updates.invalid can't be resolved." in nameless
    assert not any("SSLContext" in said or "Errno" in said for said in (plain, nobody, nameless))


async def test_a_server_that_says_nothing_is_not_waited_for_long(
    site: ReleaseSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_SMALL_S", 0.01)
    site.held.clear()
    site.redirects = {"/slow": site.path(RUN)}

    assert "It did not answer in time." in await told(f"{site.url}/slow")


@pytest.mark.parametrize(
    ("source", "url", "may"),
    [
        ("https://a.example.com/x", "https://b.example.com/y", True),
        ("https://a.example.com/x", "http://127.0.0.1:80/y", False),
        ("https://a.example.com/x", "http://a.example.com/y", False),
        ("http://127.0.0.1:80/x", "http://localhost:90/y", True),
        ("http://127.0.0.1:80/x", "https://a.example.com/y", True),
        ("http://a.example.com/x", "http://127.0.0.1/y", False),
    ],
)
def test_only_this_computer_leads_to_itself_unencrypted(source: str, url: str, may: bool) -> None:
    assert may_lead(source, url) is may


async def test_redirections_are_followed_but_not_for_ever(site: ReleaseSite) -> None:
    site.redirects = {"/moved": LATEST, "/round": "/round"}

    assert (await latest_release(site.config(updateSource=f"{site.url}/moved"))).version == "9.0.0"
    with pytest.raises(UpdateError, match="redirects too often"):
        await latest_release(site.config(updateSource=f"{site.url}/round"))


@pytest.mark.parametrize("url", ["http://updates.example.com/x", "file:///etc/passwd", "//[", ""])
async def test_only_encrypted_addresses_are_followed(site: ReleaseSite, url: str) -> None:
    for asset in site.latest["assets"]:
        if asset["name"] == RUN:
            asset["browser_download_url"] = url

    await refused(site, "https are accepted|is missing|gave no update")
