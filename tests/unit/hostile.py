"""Text that would be obeyed somewhere, were it written as it stands; and a report that consists of it."""

from __future__ import annotations

from msgspec.structs import replace

from tests.unit.reports import broken_check, broken_finding, document, document_report, figure, place, report
from ticktie.model.findings import Edit, Repair, Report, Threshold

ATTACKS = (
    "::error file=x::owned",
    "%0A::add-mask::owned%0D",
    "\n::set-output name=a::b",
    "##[error]owned ##vso[task.setvariable]x",
    "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\u200b",
    "@everyone #1 owner/repo#2 GH-3 https://evil.example www.evil.example a@evil.example",
    "[link](javascript:alert(1)) ![p](https://evil.example/p.png) | cell | **bold** `tick` ``two``",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]></failure></testcase><testcase name='owned'/>&amp;&#x0;",
    "=cmd|' /C calc'!A0 +1 -1 @SUM(1)",
    "{{ 7 * 7 }} ${7*7} $`x`$",
    "\ud800 \ufffe \x00 \r\n```\n# heading\n```",
)


def hostile_report(text: str) -> Report:
    """``text`` wherever the text of a document, a path, a configuration or an error may stand."""
    printed = f"{text} $5 million"
    edits = Repair((Edit("n1", text, text),), text, 1)
    where = (place("$5", printed, text),)
    finding = replace(
        broken_finding(text), name="a-name", locations=where, remedy=text, why=text, repairs=(edits,), fingerprint="f9"
    )
    observed = replace(finding, checks=(), facts=(), fingerprint="f10", locations=(place("5", printed, text),))
    accepted = replace(finding, accepted=text or "known", fingerprint="f11")
    facts = (figure(label=text, printed=text, section=text, id="t1"), figure(id="n1", label=text, printed=text))
    read = document_report(
        path=text, facts=facts, findings=(finding, observed, accepted), checks=(broken_check(),),
        document=document(printed, text),
    )  # fmt: skip
    unread = document_report(path=text, facts=(), findings=(), checks=(), error=text, document=None)
    return replace(report(read, unread), thresholds=(Threshold("min-facts", text, text, False),), remarks=(text,))
