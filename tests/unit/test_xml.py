"""XML of strangers: nothing fetched, nothing expanded, what is wrong is said with its line."""

from __future__ import annotations

import codecs

import pytest

from ticktie.xbrl.names import prefixes, qname, usual_prefix
from ticktie.xbrl.xml import XmlError, parse

BILLION = "<!DOCTYPE a [" + "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 30)) + "]><a>&e29;</a>"


@pytest.mark.parametrize(
    "text",
    [
        BILLION,
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        '<?xml version="1.0"?><!-- <a> --><?p <b> ?>\n<!doctype a SYSTEM "urn:x.dtd" [<!ATTLIST a b CDATA "c">]><a/>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("recover", [False, True])
def test_document_that_declares_entities_is_refused(text: str, encoding: str, recover: bool) -> None:
    with pytest.raises(XmlError, match="declares entities"):
        parse(text.encode(encoding), recover=recover)


def test_document_type_of_xhtml_is_passed_over_and_named_characters_are_read() -> None:
    """&nbsp; needs no DTD here, and no line moves."""
    text = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/xhtml1-strict.dtd">\n<a>&nbsp;&lt;&mdash;</a>'
    read = parse(text.encode())
    assert read.root.text == "\u00a0<—" and read.text == text and read.notes == ()


def test_included_files_are_left_alone() -> None:
    text = b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/hostname" parse="text"/></a>'
    assert "".join(parse(text).root.itertext()) == ""


def test_malformed_markup_is_an_error_with_its_line_or_mended_with_a_note() -> None:
    text = b"<a>\n<b>1</c>\n</a>"
    with pytest.raises(XmlError, match="line 2"):
        parse(text)
    assert "line 2" in parse(text, recover=True).notes[0]


def test_nesting_of_two_hundred_is_read_and_of_a_hundred_thousand_refused() -> None:
    assert len(list(parse(b"<a>" * 200 + b"</a>" * 200).root.iter())) == 200
    with pytest.raises(XmlError, match="depth"):
        parse(b"<a>" * 100_000 + b"</a>" * 100_000, recover=True)


@pytest.mark.parametrize("data", [b"", b"   ", b"no markup", b"\x00\x01\x02", b"<", b"\xff\xfe\x00"])
@pytest.mark.parametrize("recover", [False, True])
def test_what_is_no_xml_is_refused(data: bytes, recover: bool) -> None:
    with pytest.raises(XmlError):
        parse(data, recover=recover)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<a>é</a>".encode(), "utf-8"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"), "iso-8859-1"),
        (codecs.BOM_UTF8 + "<a>é</a>".encode(), "utf-8"),
        ("<a>é</a>".encode("utf-16"), "utf-16-le"),
        ('<?xml version="1.0"?><a>é</a>'.encode("utf-16-be"), "utf-16-be"),
        ("<a>é</a>".encode("latin-1"), "cp1252"),
    ],
)
def test_encoding_is_found(data: bytes, encoding: str) -> None:
    read = parse(data)
    assert (read.root.text, read.encoding) == ("é", encoding)


def test_namespaces_get_the_prefixes_of_rules_whatever_the_file_calls_them() -> None:
    bound = [
        ("g", "http://fasb.org/us-gaap/2031"),
        ("us-gaap", "http://example.com/own"),
        ("x", "urn:x"),
        ("x", "urn:y"),
    ]
    chosen = prefixes(bound)
    assert chosen["http://fasb.org/us-gaap/2031"] == "us-gaap"
    assert chosen["http://example.com/own"] == "us-gaap2"
    assert (chosen["urn:x"], chosen["urn:y"]) == ("x", "x2")
    assert usual_prefix("urn:x") is None


def test_qname_without_a_bound_prefix_is_refused() -> None:
    assert qname("a:B", {"a": "urn:a"}) == ("urn:a", "B")
    assert qname("B", {None: "urn:d"}) == ("urn:d", "B")
    for text in ("c:B", "a:", ""):
        with pytest.raises(ValueError, match="bound"):
            qname(text, {"a": "urn:a"})
