"""Parts of a site that never end, each with the most that may be asked of it and the rule that has to say so."""

import random
import re
import secrets
import threading
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers import traps
from tests.mischief.truth import Builder, Trap
from tests.sites import Route, page

_CHANCE = random.Random(1)
_LOCK = threading.Lock()


def _token() -> str:
    return secrets.token_hex(13)


def _reply(handler: Any, html: str) -> None:
    page(html, "เทศบาลตำบล")(handler)


def _months(handler: Any, place: str, query: dict[str, str]) -> None:
    year, month = int(query["y"]), int(query["m"])
    before, after = (year - (month == 1), (month - 2) % 12 + 1), (year + (month == 12), month % 12 + 1)
    links = "".join(f"<a href='{place}?y={y}&m={m}'>{y}</a>" for y, m in (before, after, (year + 1, month)))
    _reply(handler, f"<h1>ปฏิทิน {month}/{year}</h1>{links}")


def _folders(handler: Any, place: str, query: dict[str, str]) -> None:
    year, month = map(int, re.findall(r"\d+", place)[-2:])
    _reply(handler, f"<h1>{month}/{year}</h1>" + "".join(f"<a href='/archive/{year + n}/{month:02}/'>x</a>" for n in (-1, 1)))


def _days(handler: Any, place: str, query: dict[str, str]) -> None:
    year, month, day = map(int, query["date"].split("-"))
    steps = [f"{year + a}-{month:02}-{(day + b) % 28 + 1:02}" for a, b in ((0, 1), (1, 0), (1, 5))]
    _reply(handler, f"<h1>วาระ {query['date']}</h1>" + "".join(f"<a href='{place}?date={d}'>x</a>" for d in steps))


def _session(handler: Any, place: str, query: dict[str, str]) -> None:
    mark = _token()
    links = "".join(f"<a href='/shop/{name}.php?ref=1&tk={mark}'>{name}</a>" for name in ("list", "cart", "about", "map"))
    _reply(handler, f"<h1>ร้าน {place}</h1>{links}")


def _session_path(handler: Any, place: str, query: dict[str, str]) -> None:
    mark, name = _token(), place.rpartition("/")[2]
    links = "".join(f"<a href='/aspx/(S({mark}))/{n}.aspx'>{n}</a>" for n in ("one", "two", "three"))
    _reply(handler, f"<h1>บริการ {name}</h1>{links}")


def _names(handler: Any, place: str, query: dict[str, str]) -> None:
    links = "".join(f"<a href='/alt/page.php?k{_token()[:8]}={_token()}'>x</a>" for _ in range(3))
    _reply(handler, f"<h1>หน้าเดิม</h1>{links}")


def _growing(handler: Any, place: str, query: dict[str, str]) -> None:
    names = [f"a{n}" for n in range(len(query) + 1)]
    links = [f"<a href='/grow.php?{'&'.join(f'{n}=1' for n in names)}'>x</a>"]
    links.append(f"<a href='/grow.php?{urlsplit(handler.path).query}&a0=1'>x</a>")
    _reply(handler, f"<h1>ยาว {len(query)}</h1>{''.join(links)}")


def _mirror(handler: Any, place: str, query: dict[str, str]) -> None:
    _reply(handler, "<h1>กระจก</h1><a href='mirror/'>x</a><a href='index.php/mirror/'>y</a>")


def _wild(handler: Any, place: str, query: dict[str, str]) -> None:
    _reply(handler, "<h1>ข่าวในข่าว</h1>" + "".join(f"<a href='{n}/news.html'>x</a>" for n in ("alpha", "beta", "gamma", "delta")))


def _guests(handler: Any, place: str, query: dict[str, str]) -> None:
    start = int(query.get("page", "1"))
    _reply(
        handler, f"<h1>สมุดเยี่ยม {start}</h1>" + "".join(f"<a href='{place}?page={n}'>{n}</a>" for n in range(start, start + 40))
    )


def _numbered(handler: Any, place: str, query: dict[str, str]) -> None:
    number = int(place.strip("/").rpartition("/")[2])
    _reply(handler, f"<h1>กระทู้ {number}</h1>" + "".join(f"<a href='/board/page/{n}/'>x</a>" for n in range(number, number + 40)))


def _scroll(handler: Any, place: str, query: dict[str, str]) -> None:
    offset = int(query.get("offset", "0"))
    _reply(
        handler, f"<h1>เพิ่มเติม {offset}</h1>" + "".join(f"<a href='{place}?offset={offset + 20 * n}'>x</a>" for n in range(1, 30))
    )


def _facets(handler: Any, place: str, query: dict[str, str]) -> None:
    with _LOCK:
        picks = [(f"f{_CHANCE.randrange(6)}", str(_CHANCE.randrange(8))) for _ in range(12)]
    links = ""
    for name, value in picks:
        chosen = {**query, name: value}
        links += f"<a href='{place}?{'&'.join(f'{k}={v}' for k, v in sorted(chosen.items()))}'>x</a>"
    _reply(handler, f"<h1>ค้นหา {sorted(query.items())}</h1>{links}")


def _tags(handler: Any, place: str, query: dict[str, str]) -> None:
    with _LOCK:
        names = [f"คำ{_CHANCE.randrange(5000)}" for _ in range(30)]
    _reply(handler, f"<h1>ป้าย {place}</h1>" + "".join(f"<a href='/tag/{n}'>{n}</a>" for n in names))


def _cases(handler: Any, place: str, query: dict[str, str]) -> None:
    spelled = "casings/index"
    names = ["".join(c.upper() if n >> i & 1 else c for i, c in enumerate(spelled)) for n in range(0, 1 << len(spelled), 16)]
    _reply(handler, "<h1>ตัวเล็กตัวใหญ่</h1>" + "".join(f"<a href='/{n}.html'>x</a>" for n in names))


def _sorted(handler: Any, place: str, query: dict[str, str]) -> None:
    names = ("print=1", "sort=name", "orderby=date&order=desc", "tmpl=component", "fontsize=3")
    _reply(handler, f"<h1>ตาราง {sorted(query)}</h1>" + "".join(f"<a href='{place}?id=1&{n}'>x</a>" for n in names))


def _search(handler: Any, place: str, query: dict[str, str]) -> None:
    words = query.get("q", "")
    _reply(handler, f"<h1>ผล {words}</h1>" + "".join(f"<a href='{place}?q={words}{n}'>x</a>" for n in range(8)))


# prefix of the paths, the first address, what is served, the most that may be asked, the rule that says so
_PARTS: tuple[tuple[str, str, Any, int, str], ...] = (
    ("/months.php", "/months.php?y=2566&m=5", _months, traps.MAX_DATED, "dated"),
    ("/archive/", "/archive/2023/05/", _folders, traps.MAX_DATED, "dated"),
    ("/agenda.php", "/agenda.php?date=2023-05-01", _days, traps.MAX_DATED, "dated"),
    ("/shop/", "/shop/list.php", _session, 40, "session"),
    ("/aspx/", "/aspx/(S(a1b2c3d4e5f6a7b8c9d0e1f2))/one.aspx", _session_path, 40, "session"),
    ("/alt/", "/alt/page.php", _names, traps.MAX_NAMES + 5, "names"),
    ("/grow.php", "/grow.php?a0=1", _growing, 30, "parameters"),
    ("/mirror/", "/mirror/", _mirror, 20, "into_itself"),
    ("/wild/", "/wild/news.html", _wild, 40, "same_body"),
    ("/guestbook.php", "/guestbook.php", _guests, traps.MAX_TALK + 1, "talk"),
    ("/board/", "/board/page/1/", _numbered, traps.MAX_TALK, "talk"),
    ("/more.php", "/more.php?offset=0", _scroll, traps.MAX_LISTED, "listed"),
    ("/catalog.php", "/catalog.php", _facets, traps.MAX_FACETS + 60, "facets"),
    ("/tag/", "/tag/แผน", _tags, traps.MAX_TAGS, "tags"),
    ("/casings/", "/casings/index.html", _cases, 20, "spelling"),
    ("/table.php", "/table.php?id=1", _sorted, 1, "same_page"),
    ("/search.php", "/search.php?q=ก", _search, traps.MAX_SEARCHED, "searched"),
)


def build(site: Builder) -> list[str]:
    """Every trap; gives back the links into them."""
    links = []
    for prefix, first, _, most, rule in _PARTS:
        site.truth.traps.append(Trap(prefix, most, rule))
        links.append(f"<a href='{first}'>{site.random.choice(('ดูเพิ่มเติม', 'ปฏิทิน', 'ข่าว'))}</a>")
    site.random.shuffle(links)
    return links


def route(otherwise: Route) -> Route:
    """Serves the endless parts, and `otherwise` what is not one."""

    def answer(handler: Any) -> None:
        parts = urlsplit(handler.path)
        place = unquote(parts.path)
        serve = next((serve for prefix, _, serve, _, _ in _PARTS if place.lower().startswith(prefix)), None)
        if serve is None:
            otherwise(handler)
        else:
            serve(handler, parts.path, dict(parse_qsl(parts.query)))

    return answer
