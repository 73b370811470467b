"""Test results for build servers: the counts are right, undecided never fails, and both common schemas take the document."""

from __future__ import annotations

from lxml import etree

from ita_rules.model import Severity, Status
from reports.junit_report import document
from tests.reports import factory

# What Ant's schema demands and Jenkins's allows, said in our own words: no attribute that one of them does not know.
SCHEMA = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <xs:element name="testsuites"><xs:complexType><xs:sequence>
  <xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
 <xs:element name="testsuite"><xs:complexType><xs:sequence>
   <xs:element name="properties"><xs:complexType><xs:sequence>
    <xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
     <xs:attribute name="name" type="filled" use="required"/><xs:attribute name="value" type="xs:string" use="required"/>
    </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
   <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:choice minOccurs="0">
     <xs:element name="skipped"><xs:complexType><xs:attribute name="message" type="xs:string"/></xs:complexType></xs:element>
     <xs:element name="failure"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
      <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string" use="required"/>
     </xs:extension></xs:simpleContent></xs:complexType></xs:element></xs:choice>
    <xs:attribute name="name" type="filled" use="required"/><xs:attribute name="classname" type="filled" use="required"/>
    <xs:attribute name="time" type="xs:decimal" use="required"/></xs:complexType></xs:element>
   <xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/></xs:sequence>
  <xs:attribute name="name" type="filled" use="required"/><xs:attribute name="package" type="filled" use="required"/>
  <xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="tests" type="xs:int" use="required"/>
  <xs:attribute name="failures" type="xs:int" use="required"/><xs:attribute name="errors" type="xs:int" use="required"/>
  <xs:attribute name="skipped" type="xs:int"/><xs:attribute name="time" type="xs:decimal" use="required"/>
  <xs:attribute name="hostname" type="filled" use="required"/>
  <xs:attribute name="timestamp" use="required"><xs:simpleType><xs:restriction base="xs:dateTime">
   <xs:pattern value="[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"/></xs:restriction></xs:simpleType></xs:attribute>
 </xs:complexType></xs:element>
 <xs:simpleType name="filled"><xs:restriction base="xs:token"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
</xs:schema>"""


def test_the_schemas_take_every_report() -> None:
    schema = etree.XMLSchema(etree.fromstring(SCHEMA))
    for report in (factory.realistic(), factory.hostile(), factory.undecided(), factory.empty(), factory.large()):
        schema.assertValid(etree.fromstring(document(report)))


def test_gaps_fail_and_what_could_not_be_seen_is_skipped() -> None:
    report = factory.realistic()
    root = etree.fromstring(document(report))
    checks = [c for item in report.items for c in item.checks if c.severity is Severity.CRITERION]
    assert len(root) == len({item.indicator for item in report.items})
    assert sum(int(suite.get("tests")) for suite in root) == len(root.findall(".//testcase")) == len(checks)
    failures = sum(check.status is Status.GAP for check in checks)
    assert sum(int(suite.get("failures")) for suite in root) == len(root.findall(".//failure")) == failures > 0
    assert sum(int(suite.get("skipped")) for suite in root) == len(root.findall(".//skipped"))
    case = next(case for case in root.iter("testcase") if case.get("name").startswith("O31.signed"))
    assert case.find("failure") is None
    assert "ยังตัดสินไม่ได้" in case.find("skipped").get("message")
    failure = next(case for case in root.iter("testcase") if case.get("name").startswith("O21.months")).find("failure")
    assert "กุมภาพันธ์" in failure.text
    assert {c.id for c in checks} >= {case.get("name").split()[0] for case in root.iter("testcase")}


def test_nothing_in_it_reaches_a_terminal() -> None:
    text = document(factory.hostile()).decode()
    assert not set(text) & set("\x1b\x00\x07\x9b\u202e\ud800")
