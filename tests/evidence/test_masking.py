from ita_rules.evidence.masking import masked_report
from ita_rules.model import Evidence
from tests.reports import factory

NUMBER = "1-1037-02071-81-1"


def test_numbers_are_masked_in_quotes_and_messages_but_not_in_addresses():
    report = factory.realistic()
    item = report.items[0]
    check = item.checks[0].model_copy(
        update={
            "message": f"พบ {NUMBER} ในหน้านี้",
            "evidence": (Evidence(url=f"http://a.go.th/{NUMBER}", quote=f"เลขประจำตัวประชาชน {NUMBER} นาย ก"),),
            "why": (f"เลขประจำตัวประชาชน {NUMBER}",),
        }
    )
    item = item.model_copy(update={"checks": (check, *item.checks[1:])})
    made = masked_report(report.model_copy(update={"items": (item, *report.items[1:])}))
    text = made.model_dump_json()
    assert text.count(NUMBER) == 1
    assert made.items[0].checks[0].evidence[0].quote == "เลขประจำตัวประชาชน x-xxxx-xxxxx-81-1 นาย ก"
    assert made.items[0].checks[0].evidence[0].url.endswith(NUMBER)
    assert made.items[1:] == report.items[1:]


def test_nothing_to_mask_changes_nothing():
    assert masked_report(factory.realistic()) == factory.realistic()
