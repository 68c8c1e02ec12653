"""Downloads from a server on this machine: whole or not at all, going on where they stopped, nowhere forbidden."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from holdfast.core.problem import HoldfastError
from holdfast.suppliers.snapshots import download
from holdfast.suppliers.snapshots.download import Limits, downloaded, is_address, name_of, shown
from support.server import Site, serving

CONTENT = bytes(range(256)) * 8000
QUICK = Limits(timeout=5.0, attempts=3, pause=0.0, private=True)


def fetched(site: Site, folder: Path, path: str = "r.csv", sha256: str = "", limits: Limits = QUICK) -> bytes:
    with downloaded(site.address + path, folder, sha256=sha256, limits=limits) as file:
        assert file.name == "r.csv"
        return file.read_bytes()


def refused(site: Site, folder: Path, code: str, path: str = "r.csv", sha256: str = "", limits: Limits = QUICK) -> str:
    with pytest.raises(HoldfastError) as caught:
        fetched(site, folder, path, sha256, limits)
    assert caught.value.problems[0].code == code
    return caught.value.problems[0].message


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and p.name != "lock")


def test_a_file_comes_whole_and_is_gone_afterwards(tmp_path: Path) -> None:
    with serving(Site(CONTENT)) as site:
        assert fetched(site, tmp_path, sha256=hashlib.sha256(CONTENT).hexdigest()) == CONTENT
    assert site.asked == [""]
    assert files(tmp_path) == []


def test_after_a_cut_connection_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with serving(Site(CONTENT, cut=[300_000, 500_000])) as site:
        assert fetched(site, tmp_path) == CONTENT
    assert site.asked == ["", "bytes=300000-", "bytes=800000-"]


def test_what_an_earlier_attempt_left_is_not_fetched_again(tmp_path: Path) -> None:
    with serving(Site(CONTENT, cut=[300_000, 0, 0, 0])) as site:
        assert "ended before the file did" in refused(site, tmp_path, "HF511")
        assert files(tmp_path) == ["download.part", "mark.json"]
        site.asked.clear()
        assert fetched(site, tmp_path) == CONTENT
    assert site.asked == ["bytes=300000-"]


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(tmp_path: Path) -> None:
    with serving(Site(CONTENT, cut=[300_000, 0, 0, 0])) as site:
        refused(site, tmp_path, "HF511")
        site.content, site.tag = CONTENT[::-1], '"two"'
        assert fetched(site, tmp_path) == CONTENT[::-1]


@pytest.mark.parametrize(("ranges", "tag"), [(False, '"one"'), (True, ""), (True, 'W/"weak"')])
def test_a_server_that_cannot_go_on_is_asked_for_the_whole(tmp_path: Path, ranges: bool, tag: str) -> None:
    with serving(Site(CONTENT, cut=[300_000], ranges=ranges, tag=tag)) as site:
        assert fetched(site, tmp_path) == CONTENT


def test_a_server_that_is_tired_is_asked_again_and_one_that_says_no_is_not(tmp_path: Path) -> None:
    with serving(Site(CONTENT, answers=[503, 429])) as site:
        assert fetched(site, tmp_path) == CONTENT
    with serving(Site(CONTENT, answers=[404])) as site:
        assert "404" in refused(site, tmp_path, "HF511")
    assert len(site.asked) == 1
    with serving(Site(CONTENT, answers=[500] * 9)) as site:
        assert "500" in refused(site, tmp_path, "HF511")
    assert len(site.asked) == QUICK.attempts


def test_another_hash_than_the_one_given_is_refused(tmp_path: Path) -> None:
    with serving(Site(CONTENT)) as site:
        assert "SHA-256" in refused(site, tmp_path, "HF511", sha256="0" * 64)
    assert files(tmp_path) == []


@pytest.mark.parametrize("says_length", [True, False])
def test_a_file_larger_than_allowed_is_refused(tmp_path: Path, says_length: bool) -> None:
    with serving(Site(CONTENT, says_length=says_length)) as site:
        refused(site, tmp_path, "HF105", limits=Limits(largest=1_000_000, private=True))


def test_an_empty_answer_is_no_register(tmp_path: Path) -> None:
    with serving(Site(b"")) as site:
        assert "empty" in refused(site, tmp_path, "HF511")


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with serving(Site(b"x")) as site:
        pass
    assert "could not be downloaded" in refused(site, tmp_path, "HF511")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/x", "gopher://x/y", "http:///x", "http://127.0.0.1/x", "http://10.0.0.1/",
     "http://[::1]/x", "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/x", "https://192.168.1.1/x"],
)  # fmt: skip
def test_addresses_inside_the_network_and_files_are_not_followed(tmp_path: Path, address: str) -> None:
    with pytest.raises(HoldfastError) as caught, downloaded(address, tmp_path):
        pass
    assert (caught.value.problems[0].code, caught.value.exit_code) == ("HF512", 2)


def test_a_name_that_stands_for_a_machine_inside_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(Site(CONTENT)) as site:
        address = site.address.replace("127.0.0.1", "localhost") + "r.csv"
        with pytest.raises(HoldfastError) as caught, downloaded(address, tmp_path, limits=Limits(attempts=1, pause=0)):
            pass
    assert caught.value.problems[0].code == "HF512"
    assert site.asked == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x"])
def test_a_redirection_out_of_the_web_is_not_followed(tmp_path: Path, target: str) -> None:
    with serving(Site(CONTENT, redirect=target)) as site, pytest.raises(HoldfastError) as caught:
        fetched(site, tmp_path)
    assert caught.value.problems[0].code in ("HF511", "HF512")


def test_a_redirection_from_a_secured_to_an_open_address_is_refused() -> None:
    import urllib.request

    redirections = download._Redirections(private=True)
    request = urllib.request.Request("https://example.org/x")
    with pytest.raises(HoldfastError):
        redirections.redirect_request(request, None, 302, "", {}, "http://example.org/x")


def test_what_is_printed_and_kept_holds_no_password_and_no_key() -> None:
    assert shown("https://ann:secret@example.org:8443/r.zip?key=1#x") == "https://example.org:8443/r.zip"
    assert name_of("https://example.org/a/%2e%2e%2fetc.zip?x=1") == "etc.zip"
    assert name_of("https://example.org/") == "register"


def test_an_address_is_told_from_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_address("https://example.org/x")
    assert is_address("file:///x")
    assert not is_address("C:\\registers\\x.csv")
    assert not is_address("registers/x.csv")


def test_a_packed_register_is_added_from_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from holdfast.cli.main import app

    monkeypatch.setenv("HOLDFAST_CACHE", str(tmp_path / "cache"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list-2021-03-01.csv", "CompanyName,CompanyNumber,CompanyCategory\nBAY LTD,1,LTD\n")
    with serving(Site(packed.getvalue(), cut=[100])) as site:
        command = ["registers", "add", "companies", site.address + "list.zip?key=1", "--allow-private"]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
        half = CliRunner().invoke(
            app, [*command[:3], site.address + "half.zip", "--allow-private", "--sha256", "0" * 64]
        )
    assert half.exit_code == 1
    listed = CliRunner().invoke(app, ["registers", "list"]).output
    assert "2021-03-01" in listed
    assert len(listed.splitlines()) == 2
    told = CliRunner().invoke(app, ["registers", "show", "companies"]).output
    assert f"{site.address}list.zip" in told
    assert "key=1" not in told
