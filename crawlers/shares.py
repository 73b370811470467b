"""Share links: from the address that people publish to the file as a visitor without an account gets it.

What a sharing service shows under a published link is a viewer made of scripts. The file behind it has an address of its own,
which `direct` tells. That one fails says nothing: the owner may have forbidden downloads while everybody can view. So what is
held against anyone is only ever what the published address itself answers (`follow`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from lxml import etree, html

from crawlers.fetch import Fetched
from ita_rules.run.keys import host_of, url_key
from ita_rules.run.services import is_short, is_sign_in, service_of

_ID = r"[A-Za-z0-9_-]{10,200}"
_SELF = r"(?:u/\d+/|a/[\w.-]+/)?"
_DRIVE_FILE = re.compile(rf"^/{_SELF}(?:file/{_SELF}d/)(?P<id>{_ID})(?:/|$)")
_DRIVE_FOLDER = re.compile(rf"^/(?:drive/)?{_SELF}(?:drive/)?(?:u/\d+/|mobile/)?folders/(?:[^/]+/)*?(?P<id>{_ID})/?$")
_EDITOR = re.compile(rf"^/{_SELF}(?P<kind>document|spreadsheets|presentation|drawings)/{_SELF}d/(?P<id>{_ID})(?:/(?P<how>\w*))?")
_EXPORTS = {
    "document": ("export?format=docx", "export?format=pdf"),
    "spreadsheets": ("export?format=xlsx", "export?format=pdf"),
    "presentation": ("export/pptx", "export/pdf"),
    "drawings": ("export/pdf",),
}
"""Files that Google makes of its own documents, the one that keeps tables and letters as they were written first."""

_AS_PUBLISHED = frozenset({"pub", "pubhtml", "export", "pubchart", "gviz"})
_SHAREPOINT_FILE = re.compile(r"^/:[bwxptiuv]:/")
_SCANNED = re.compile(
    rb"(?i)can(?:'|&#39;|\xe2\x80\x99)?t scan this file|virus scan warning"
    rb"|id=[\"']?download-form|uc-download-link"
)
_CONFIRM_HOSTS = frozenset({"drive.google.com", "docs.google.com", "drive.usercontent.google.com"})
_LASTING = frozenset({"too_large", "budget", "external", "private_address"})
"""Causes of a file's address that asking elsewhere would not mend."""

_PASSING = re.compile(r"timeout|reset|refused|dns|http_5\d\d|http_429|blocked|internal_error")
_REFRESH = re.compile(r"(?i)^\s*[\d.]+\s*[;,]\s*url\s*=\s*['\"]?\s*(?P<url>https?://[^'\"<>\s]+)")
_VIEWERS = frozenset({"google-drive", "onedrive", "dropbox"})
"""Services whose pages hold no words of the file that they show."""

_LISTING = "/embeddedfolderview"
_MOST_LEADS = 3
_MOST_HTML = 2_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """What came of an address: the answer, the address that was `asked` first, in its place (``""`` where it was asked itself:
    where it led to then stands in the answer's hops, each from the one before), and a `cause` with a word on it where a viewer
    opened whose file could not be had."""

    got: Fetched
    asked: str = ""
    cause: str | None = None
    detail: str = ""


def direct(url: str) -> tuple[str, ...]:
    """The addresses to ask in place of a share link, best first; none where the link itself is to be asked.

    Known are files and folders of Google Drive, what Google's editors made, OneDrive with SharePoint, and Dropbox. Forms,
    sites and what was "published to the web" are pages and stay.
    """
    try:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
    except ValueError:
        return ()
    service = service_of(url)
    if service in ("google-drive", "google-docs"):
        return _google(parts.path, query)
    if service == "onedrive":
        return _microsoft(url, (parts.hostname or "").lower(), parts.path, query)
    if service == "dropbox" and parts.path.startswith(("/s/", "/scl/", "/sh/")):
        return _unless_itself(url, _with(url, drop=("raw", "dl"), dl="1"))
    return ()


def _google(path: str, query: dict[str, str]) -> tuple[str, ...]:
    key = query.get("resourcekey", "")
    editor = _EDITOR.match(path)
    if editor:
        # What is published to the web has an id of two parts (``/d/e/2PACX…``) and is no editor's page.
        if editor["how"] in _AS_PUBLISHED:
            return ()
        base = f"https://docs.google.com/{editor['kind']}/d/{editor['id']}/"
        return tuple(_and_key(base + export, key) for export in _EXPORTS[editor["kind"]])
    folder = _DRIVE_FOLDER.match(path)
    at = folder["id"] if folder else query.get("id", "") if path.rstrip("/") in ("/folderview", "/embeddedfolderview") else ""
    if at and re.fullmatch(_ID, at):
        listing = _and_key(f"https://drive.google.com/embeddedfolderview?id={at}", key)
        return () if path == _LISTING else (listing,)
    file = _DRIVE_FILE.match(path)
    named = query.get("id", "") or query.get("srcid", "")
    is_named = path.rstrip("/") in ("/open", "/uc", "/viewer", "/leaf") and re.fullmatch(_ID, named)
    if not file and not is_named:
        return ()
    at = file["id"] if file else named
    if path.startswith("/uc") and query.get("export") == "download":
        return ()
    return (_and_key(f"https://drive.google.com/uc?export=download&id={at}", key),)


def _microsoft(url: str, host: str, path: str, query: dict[str, str]) -> tuple[str, ...]:
    if host == "onedrive.live.com":
        at = query.get("resid") or query.get("id", "")
        if path.startswith("/download") or not at or not re.fullmatch(r"[\w!.%-]{5,200}", at):
            return ()
        kept = {"resid": at} | {name: query[name] for name in ("authkey", "cid", "e") if name in query}
        return (f"https://onedrive.live.com/download?{urlencode(kept)}",)
    if not host.endswith(".sharepoint.com"):
        return ()  # 1drv.ms leads on to one of the others
    if _SHAREPOINT_FILE.match(path) or path.lower().endswith("/guestaccess.aspx"):
        return _unless_itself(url, _with(url, drop=("download", "web"), download="1"))
    layouts = path.lower().find("/_layouts/15/")
    if layouts < 0:
        return ()
    base = f"https://{host}{quote(path[:layouts], safe='/%:@!$&()*+,;=~-._')}/_layouts/15/download.aspx?"
    place = path[layouts:].lower()
    if place.endswith("/doc.aspx") and query.get("sourcedoc"):
        return (base + urlencode({"UniqueId": query["sourcedoc"].strip("{}")}),)
    if place.endswith("/onedrive.aspx") and re.search(r"\.\w{2,5}$", query.get("id", "")):
        return (base + urlencode({"SourceUrl": query["id"]}),)
    return ()


def _and_key(url: str, key: str) -> str:
    """`url` with the key that files shared before 2021 need."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'resourcekey': key})}" if key else url


def _with(url: str, drop: tuple[str, ...], **more: str) -> str:
    """`url` without some of its parameters and with others; the rest stands as it was."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] not in drop]
    return urlunsplit(parts._replace(query="&".join([*kept, urlencode(more)]), fragment=""))


def _unless_itself(url: str, made: str) -> tuple[str, ...]:
    return (made,) if url_key(made) != url_key(url) else ()


def is_listing(url: str) -> bool:
    """Whether an address that `direct` made gives a page of links (a folder) and not a file."""
    return urlsplit(url).path == _LISTING


def confirmed(got: Fetched) -> str:
    """The address behind "download anyway" where Google could not scan a big file for viruses; ``""`` on any other page.

    It is taken only where it leads to Google's own download of the same file.
    """
    if host_of(got.final_url) not in _CONFIRM_HOSTS or not _SCANNED.search(got.body[:_MOST_HTML]):
        return ""
    tree = _tree(got.body)
    if tree is None:
        return ""
    for form in tree.xpath("//form[@id='download-form' or @id='downloadForm']"):
        hidden = [(str(i.get("name")), str(i.get("value") or "")) for i in form.xpath(".//input[@name]")]
        return _of_google(got, str(form.get("action") or ""), hidden[:20])
    for link in tree.xpath("//a[@id='uc-download-link']"):
        return _of_google(got, str(link.get("href") or ""), [])
    return ""


def _of_google(got: Fetched, action: str, hidden: list[tuple[str, str]]) -> str:
    try:
        base = urlsplit(got.final_url)
        to = urlsplit(action if "://" in action else f"{base.scheme}://{base.netloc}/{action.lstrip('/')}")
        asked, pairs = dict(parse_qsl(base.query)), [*parse_qsl(to.query), *hidden]
    except ValueError:
        return ""
    if (to.hostname or "") not in _CONFIRM_HOSTS or to.scheme != base.scheme or dict(pairs).get("id") != asked.get("id"):
        return ""
    return urlunsplit((to.scheme, to.netloc, to.path, urlencode(pairs), ""))


def onward(got: Fetched) -> str:
    """Where the page of a shortener sends its visitor by itself (meta refresh); ``""`` where it does not."""
    if not is_short(got.final_url):
        return ""
    tree = _tree(got.body)
    for meta in [] if tree is None else tree.xpath("//meta[@content]"):
        found = _REFRESH.match(str(meta.get("content"))[:4000])
        if str(meta.get("http-equiv") or "").lower() == "refresh" and found:
            return found["url"]
    return ""


def _tree(body: bytes) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(body[:_MOST_HTML], parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.LxmlError, ValueError):
        return None


def follow(url: str, ask: Callable[[str], Fetched]) -> Found:
    """What comes of `url` with the help of `ask`, which gives the answer of one address and keeps all bounds.

    A share link gives its file, or the page of a folder; a short link, or a redirect of the site's own, that ends at a share
    link does so too. `Found.got.url` is `url` in any case. What the published address answers is told where no file was had.
    """
    way = Fetched(url)
    at, failed, tried = url, "", set[str]()
    for _ in range(_MOST_LEADS):
        for address in direct(at):
            if address in tried:
                continue
            tried.add(address)
            got = _ask(address, ask)
            if _is_had(address, got) or got.cause in _LASTING:
                if at == url:
                    return Found(_past(way, got), address if got.status else "")
                return Found(_past(_led(way, address), got))
            failed = failed or got.cause or "a page in place of the file"
        got = way = _past(way, _ask(at, ask))
        if got.cause is None and is_sign_in(got.final_url) and not is_sign_in(url):
            return Found(replace(got, cause="login", detail="sent to a sign-in page"))
        if got.cause == "robots" and is_sign_in(got.detail) and not is_sign_in(url):
            return Found(replace(got, cause="login", detail="sent to a sign-in page"))  # which need not be asked
        is_page = got.cause is None and got.media_type == "text/html" and not got.filename
        lead = onward(got) if is_page else ""
        if lead:
            way = _led(way, lead)
        elif (is_page or got.cause) and url_key(got.final_url) != url_key(at) and direct(got.final_url):
            lead = got.final_url  # the viewer may be shut to programs, and its file open
        if not lead:
            return _as_shown(got, failed) if is_page else Found(got)
        at = lead
    return _as_shown(got, failed)


def _past(way: Fetched, got: Fetched) -> Fetched:
    """An answer with the hops that led to it before, under the address that was asked first."""
    if got.url == way.url and not way.hops:
        return got
    return replace(got, url=way.url, hops=way.hops + got.hops, hop_headers=way.hop_headers + got.hop_headers)


def _led(way: Fetched, to: str) -> Fetched:
    """A way with one more hop: where a page, not a redirect, sends its visitor."""
    return replace(way, hops=(*way.hops, (way.status or 200, to)), hop_headers=(*way.hop_headers, way.headers))


def _as_shown(got: Fetched, failed: str) -> Found:
    """The page that a visitor sees: of a viewer without its file nothing can be read, and nobody is to blame for that."""
    is_viewer = service_of(got.final_url) in _VIEWERS and not is_listing(got.final_url)
    if not failed and not is_viewer:
        return Found(got)
    cause = failed if _PASSING.fullmatch(failed) else "needs_javascript"
    return Found(got, "", cause, f"a viewer without its file ({failed})" if failed else "a viewer made of scripts")


def _ask(address: str, ask: Callable[[str], Fetched]) -> Fetched:
    """The answer of a file's own address; Google's question whether to go on without a virus scan is answered once."""
    got = ask(address)
    if got.cause is None and got.media_type == "text/html":
        again = confirmed(got)
        if again:
            after = ask(again)
            return _past(_led(got, again), after)
    return got


def _is_had(address: str, got: Fetched) -> bool:
    """Whether an answer is the file (or the folder's list), or says that it is as it was (304), and no page in its place."""
    if got.cause is not None or is_sign_in(got.final_url):
        return False
    if got.status == 304:
        return True
    if is_listing(address):
        return got.media_type == "text/html" and is_listing(got.final_url)
    return bool(got.body) and (got.media_type != "text/html" or bool(got.filename))
