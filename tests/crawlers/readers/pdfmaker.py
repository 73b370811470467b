"""Small PDFs made by hand, so that the tests hold no binary files: text, rules, pictures, locks.

Latin text is set in Helvetica, all other text in a font that is not embedded and maps codes straight to Unicode.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap CMapName currentdict /CMap defineresource pop end end"
)


@dataclass
class Sheet:
    """A page. Places are in points from the top left corner."""

    width: float = 595
    height: float = 842
    turn: int = 0
    content: list[bytes] = field(default_factory=list)
    picture: bool = False

    def text(self, x: float, y: float, words: str, size: float = 12, bold: bool = False, hidden: bool = False) -> Sheet:
        """Print words; `hidden` ones are there to be found, not seen."""
        mode = b"3 Tr " if hidden else b"0 Tr "
        if words.isascii():
            font, shown = (b"/F2" if bold else b"/F1"), b"(" + words.replace("(", r"\(").replace(")", r"\)").encode() + b")"
        else:
            font, shown = (b"/F4" if bold else b"/F3"), b"<" + words.encode("utf-16-be").hex().encode() + b">"
        self.content.append(b"BT %s%s %g Tf %g %g Td %s Tj ET" % (mode, font, size, x, self.height - y, shown))
        return self

    def unmapped(self, x: float, y: float, count: int) -> Sheet:
        """Print letters of a font that does not say which letters its glyphs are."""
        shown = b"".join(b"%04X" % (3 + 7 * n % 90) for n in range(count))
        self.content.append(b"BT /F5 12 Tf %g %g Td <%s> Tj ET" % (x, self.height - y, shown))
        return self

    def outlines(self, count: int) -> Sheet:
        """Draw so many closed shapes of eight curves each, as letters turned into drawings are."""
        for n in range(count):
            x, y = 60 + 9 * (n % 50), self.height - 60 - 16 * (n // 50)
            curves = b" ".join(b"%g %g %g %g %g %g c" % (x + i, y + 1, x + i, y + 3, x + i + 1, y + i % 3) for i in range(8))
            self.content.append(b"%g %g m %s h f" % (x, y, curves))
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.content.append(b"0.5 w %g %g m %g %g l S" % (x0, self.height - y0, x1, self.height - y1))
        return self

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A filled box."""
        self.content.append(b"%g %g %g %g re f" % (x0, self.height - y1, x1 - x0, y1 - y0))
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        """Rules for all columns and rows."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def image(self) -> Sheet:
        """A picture that covers the page."""
        return self.picture_at(0, 0, self.width, self.height)

    def picture_at(self, x: float, y: float, width: float, height: float, form: bool = False) -> Sheet:
        """A picture with its left top corner at a place; with `form` it stands in a form within a form."""
        self.picture = True
        name = b"/X1" if form else b"/I1"
        self.content.append(b"q %g 0 0 %g %g %g cm %s Do Q" % (width, height, x, self.height - y - height, name))
        return self


def pdf(*sheets: Sheet, user: str | None = None, owner: str = "owner") -> bytes:
    """The file; locked where `user` is given (`""` leaves it open to all and forbids changes only)."""
    objects: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    for number, name in ((3, b"Helvetica"), (4, b"Helvetica-Bold")):
        objects[number] = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name
    for number, name in ((5, b"ThaiSans"), (6, b"ThaiSans-Bold")):
        objects[number] = (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype"
            b" /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500"
            b" /FontDescriptor << /Type /FontDescriptor /FontName /%s /Flags 4 /Ascent 900 /Descent -300 /CapHeight 700"
            b" /ItalicAngle 0 /StemV 80 /FontBBox [0 -300 1000 900] >> >>] /ToUnicode 7 0 R >>" % (name, name, name)
        )
    streams[7] = _UNICODE
    objects[7] = b"<< /Length %d >>"
    streams[8] = zlib.compress(bytes([200]) * 100)
    objects[8] = (
        b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Filter /FlateDecode /Length %d >>"
    )
    objects[10] = objects[5].replace(b" /ToUnicode 7 0 R", b"")
    for number, inner, name in ((11, 12, b"X2"), (12, 8, b"I1")):
        streams[number] = b"q 1 0 0 1 0 0 cm /%s Do Q" % name
        objects[number] = (
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /%s %d 0 R >> >>" % (name, inner)
            + b" /Length %d >>"
        )
    kids = []
    for index, sheet in enumerate(sheets):
        page, body = 20 + 2 * index, 21 + 2 * index
        kids.append(b"%d 0 R" % page)
        pictures = b"/XObject << /I1 8 0 R /X1 11 0 R >>" if sheet.picture else b""
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Rotate %d /Contents %d 0 R /Resources << /Font << /F1 3 0 R"
            b" /F2 4 0 R /F3 5 0 R /F4 6 0 R /F5 10 0 R >> %s >> >>" % (sheet.width, sheet.height, sheet.turn, body, pictures)
        )
        streams[body] = b"\n".join(sheet.content)
        objects[body] = b"<< /Length %d >>"
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(sheets))
    lock = None if user is None else _Lock(user, owner)
    if lock:
        objects[9] = lock.dictionary()
    out = bytearray(b"%PDF-1.4\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        body = objects[number]
        if number in streams:
            data = lock.cipher(number, streams[number]) if lock else streams[number]
            body = (body % len(data) if b"%d" in body else body) + b"\nstream\n" + data + b"\nendstream"
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    last = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % last
    for number in range(1, last):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    extra = b"/Encrypt 9 0 R /ID [<%s><%s>]" % (b"00" * 16, b"00" * 16) if lock else b""
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (last, extra, start)
    return bytes(out)


class _Lock:
    """The standard security handler of PDF 1.4, revision 2 (40 bit RC4)."""

    def __init__(self, user: str, owner: str) -> None:
        self.rights = -44
        pad = lambda word: (word.encode() + _PAD)[:32]  # noqa: E731
        self.o = _rc4(hashlib.md5(pad(owner)).digest()[:5], pad(user))
        seed = pad(user) + self.o + self.rights.to_bytes(4, "little", signed=True) + bytes(16)
        self.key = hashlib.md5(seed).digest()[:5]
        self.u = _rc4(self.key, _PAD)

    def dictionary(self) -> bytes:
        return b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (
            self.o.hex().encode(), self.u.hex().encode(), self.rights,
        )  # fmt: skip

    def cipher(self, number: int, data: bytes) -> bytes:
        return _rc4(hashlib.md5(self.key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], data)


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
