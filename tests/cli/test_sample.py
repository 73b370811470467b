"""The loopback server of the sample agency and of any folder of its shape."""

import http.client
import json
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from ita_rules import data
from ita_rules.cli.sample import serve_folder, serve_sample
from ita_rules.errors import ItaRulesError


@pytest.fixture
def folder(tmp_path):
    """A tiny site with one route of each sort."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_text("<a href='http://127.0.0.1:9/x'>หน้าแรก</a>", "utf-8")
    (tmp_path / "site" / "b.pdf").write_bytes(b"%PDF- http://127.0.0.1:9/ ")
    (tmp_path / "site" / "gone.html").write_text("ไม่พบหน้า", "utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    routes = {
        "/": {"file": "a.html", "type": "text/html; charset=utf-8"},
        "/แผน/ก ข.pdf": {"file": "b.pdf", "type": "application/pdf", "headers": {"X-Kept": "1"}},
        "/list.php": {"file": "a.html", "type": "text/html"},
        "/list.php?id=2": {"file": "b.pdf", "type": "application/pdf"},
        "/old": {"status": 302, "location": "/แผน/ก ข.pdf"},
        "/dir/": {"file": "a.html", "type": "text/html"},
        "/busy": {"status": 503, "file": "gone.html", "type": "text/html"},
        "/out": {"file": "../secret.txt", "type": "text/plain"},
        "*": {"file": "gone.html", "type": "text/html; charset=utf-8"},
    }
    (tmp_path / "routes.json").write_text(json.dumps(routes), "utf-8")
    meta = {"name": "อบต.", "type": "local", "ruleset": "oit-2566", "as_of": "2023-04-28", "url": "http://127.0.0.1:9/"}
    (tmp_path / "site.json").write_text(json.dumps(meta), "utf-8")
    (tmp_path / "answers.csv").write_text("item,url\nO1,{base}/a\nO2,http://127.0.0.1:9/b\n", "utf-8")
    return tmp_path


def ask(site, path, method="GET", headers=None, body=None):
    """Status, headers and body of one request."""
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=5)
    try:
        connection.request(method, quote(path, safe="/?=&"), body=body, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def test_folder_is_described_and_its_answers_point_at_it(folder):
    with serve_folder(folder) as site:
        assert (site.name, site.agency_type, site.ruleset, site.as_of) == ("อบต.", "local", "oit-2566", date(2023, 4, 28))
        assert site.url.startswith("http://127.0.0.1:")
        answers = site.answers_path
        assert answers.read_text("utf-8").splitlines()[1:] == [f"O1,{site.url}a", f"O2,{site.url}b"]
    assert not answers.exists()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(site.url, timeout=2)


def test_routes_answer_as_written(folder):
    with serve_folder(folder) as site:
        status, _headers, body = ask(site, "/")
        assert status == 200
        assert f"{site.url}x" in body.decode()
        status, headers, body = ask(site, "/แผน/ก ข.pdf")
        assert (status, headers["Content-Type"], headers["X-Kept"]) == (200, "application/pdf", "1")
        assert body == b"%PDF- http://127.0.0.1:9/ "
        assert ask(site, "/list.php?id=2")[1]["Content-Type"] == "application/pdf"
        assert ask(site, "/list.php?other=1")[1]["Content-Type"] == "text/html"
        assert ask(site, "/old")[1]["Location"] == quote("/แผน/ก ข.pdf")
        status, headers, _body = ask(site, "/dir")
        assert (status, headers["Location"]) == (301, "/dir/")
        assert ask(site, "/busy")[0] == 503
        status, _headers, body = ask(site, "/nothing")
        assert (status, body.decode()) == (404, "ไม่พบหน้า")


def test_nothing_outside_the_folder_is_served(folder):
    with serve_folder(folder) as site:
        assert ask(site, "/out")[2] == b""
        assert ask(site, "/../secret.txt")[0] == 404


def test_unchanged_file_is_not_sent_again(folder):
    with serve_folder(folder) as site:
        first = ask(site, "/")
        assert first[1]["Last-Modified"].endswith("GMT")
        status, headers, body = ask(site, "/", headers={"If-None-Match": first[1]["ETag"]})
        assert (status, body, headers["ETag"]) == (304, b"", first[1]["ETag"])
        assert ask(site, "/", headers={"If-None-Match": '"other"'})[0] == 200


def test_head_and_post(folder):
    with serve_folder(folder) as site:
        status, headers, body = ask(site, "/", "HEAD")
        assert (status, body) == (200, b"")
        assert int(headers["Content-Length"]) > 0
        assert ask(site, "/", "POST", body=b"name=x")[0] == 200


def test_connection_is_kept(folder):
    with serve_folder(folder) as site:
        connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=5)
        try:
            for path in ("/", "/nothing", "/old", "/busy"):
                connection.request("GET", path)
                response = connection.getresponse()
                response.read()
                assert response.version == 11
                assert connection.sock is not None
        finally:
            connection.close()


def test_folder_without_answers_has_none(folder):
    (folder / "answers.csv").unlink()
    with serve_folder(folder) as site:
        assert site.answers_path is None


@pytest.mark.parametrize("text", [None, "[]", "{"])
def test_folder_that_is_none_is_refused(folder, text):
    (folder / "routes.json").unlink()
    if text is not None:
        (folder / "routes.json").write_text(text)
    with pytest.raises(ItaRulesError, match="data_missing"), serve_folder(folder):
        pass


def test_sample_is_served():
    with serve_sample() as site:
        assert ask(site, "/")[0] == 200
        assert site.answers_path.is_file()


def test_data_folder_prefers_the_installed_one(tmp_path, monkeypatch):
    package = tmp_path / "ita_rules"
    monkeypatch.setattr(data, "_PACKAGE", package)
    with pytest.raises(ItaRulesError, match="data_missing"):
        data.data_folder("samples")
    (tmp_path / "samples").mkdir()
    assert data.data_folder("samples") == tmp_path / "samples"
    (package / "_data" / "samples").mkdir(parents=True)
    assert data.data_folder("samples") == Path(package / "_data" / "samples")
