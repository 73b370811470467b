import pytest

from crawlers.hidden import is_address, literal_in, locations_in, viewed


@pytest.mark.parametrize(
    ("handler", "place"),
    [
        ("window.location.href='/o1.html'", "/o1.html"),
        ('location = "o1.php?id=1"', "o1.php?id=1"),
        ("window.open('/แผน 1.pdf', '_blank')", "/แผน 1.pdf"),
        ("return showPdf('/up/o1.pdf', 800)", "/up/o1.pdf"),
        ("/page/1", "/page/1"),
        ("javascript:void(0)", ""),
        ("toggle('menu')", ""),
        ("location.href = 'o.php?id=' + id", ""),
        ("return confirm('ออกจากระบบ?')", ""),
        ("", ""),
        ("'" * 100_000, ""),
    ],
)
def test_handlers(handler, place):
    assert literal_in(handler) == place


def test_scripts():
    script = "if (x) window.location = '/a'; else location.replace(\"/b\"); top.location.href='/c?id=' + id; let location2 = 5"
    assert list(locations_in(script)) == ["/a", "/b"]
    assert list(locations_in("var x = '/a'")) == []


@pytest.mark.parametrize(
    ("value", "expected"), [("/a", True), ("o1.php?x=1", True), ("https://a", True), ("10", False), ("ทั้งหมด", False)]
)
def test_option_values(value, expected):
    assert is_address(value) is expected


def test_a_value_with_marks_of_its_own():
    assert viewed("http://a.go.th/view?file=http%3A%2F%2Fa.go.th%2Fo.php%3Fid%3D1%26x%3D2") == "http://a.go.th/o.php?id=1&x=2"
    assert viewed("http://a.go.th/view?id=1") == ""
