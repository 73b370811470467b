"""Web archives under the names of Word and Excel."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from crawlers.readers.interface import Hints, read


def archive(*parts: MIMEText | MIMEImage) -> bytes:
    made = MIMEMultipart("related")
    for part in parts:
        made.attach(part)
    return made.as_bytes()


def test_pages_with_words_are_read_in_their_charset() -> None:
    frames = MIMEText("<html><frameset><frame src=a></frameset></html>", "html", "us-ascii")
    words = MIMEText("<html><title>แผน</title><body><h1>แผนปฏิบัติการ</h1><p>ข้อความ</p></body></html>", "html", "tis-620")
    document = read(archive(frames, words), Hints(filename="a.doc", media_type="application/msword"))
    assert (document.media_type, document.cause, document.truncated) == ("multipart/related", None, False)
    (page,) = document.pages
    assert (page.number, page.method, [block.text for block in page.blocks]) == (1, "office", ["แผนปฏิบัติการ", "ข้อความ"])


def test_only_pictures_or_nothing() -> None:
    picture = MIMEImage(b"\x89PNG", "png")
    assert read(archive(picture)).cause == "no_ocr"
    assert read(archive()).cause == "unreadable"


def test_cut_archives_say_so() -> None:
    data = archive(MIMEText("<html><body><p>words</p>" + "<p>more</p>" * 50, "html", "utf-8"))
    assert read(data[:-40]).truncated
