"""The words of RTF that a reader has to know: which groups hold text, how bytes are letters, what stands for one character."""

from __future__ import annotations

import re

from ita_rules.run.types import Zone

TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
BYTE = re.compile(rb"\\'([0-9a-fA-F]{2})")

CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""Code page of each charset that a font names; 0 and 1 are the file's own, 2 are pictures of letters."""

SYMBOLS = 2

CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "", "zwnj": "",
}  # fmt: skip
SIGNS = {b"~": " ", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}

HEADS: dict[str, Zone] = {
    **{f"header{side}": "header" for side in ("", "l", "r", "f")},
    **{f"footer{side}": "footer" for side in ("", "l", "r", "f")},
}
"""Groups that are the heads and feet of pages."""

THROUGH = frozenset(("shpinst", "shppict", "fldrslt", "result", "nesttableprops"))
"""Groups that readers may leave out (marked with ``\\*``) and this one does not."""

SILENT = frozenset((
    "colortbl", "listtable", "listoverridetable", "rsidtbl", "fldinst", "filetbl", "revtbl", "objdata", "objclass", "nonshppict",
    "bkmkstart", "bkmkend", "annotation", "atnid", "atnauthor", "footnote", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "xe",
    "tc", "template", "nonesttables", "listname", "listlevel", "sn", "background", "themedata", "datastore", "latentstyles",
    "rxe", "do", "private", "author", "operator", "subject", "keywords", "doccomm", "company", "manager", "category", "comment",
    "hlinkbase", "printim", "buptim",
))  # fmt: skip
"""Groups whose words nobody sees."""


def code_page(number: int) -> str:
    """The codec of a Windows code page, ``cp1252`` where there is none of that number."""
    name = {65001: "utf-8", 10000: "mac_roman", 0: "cp1252"}.get(number, f"cp{number}")
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return name


def joined(text: str) -> str:
    """A text with the halves of characters outside the first plane put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
