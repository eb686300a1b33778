"""HTML in, inline XBRL out: the same page as XHTML, with its figures tagged and nothing that runs or is fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.arelle import hear
from tests.unit.emitted import emission_of, read, rows, write
from ticktie.emit.presentation import safe_sheet, safe_style, styles
from ticktie.emit.xhtml import Drawing

PAGE = """\
<html><head><title>Larchmont Instruments</title><style>td > p {{ margin: 0 }} @import "x.css";</style></head>
<body bgcolor=#ffffff text=black onload="go()">
<center><font size=4><b>Larchmont Instruments Inc.<br>First quarter results</b></font></center>
<p align=justify>For the quarter ended March 31, 2024, revenues were $9.1&nbsp;million and net income was
<u>$2.8</u> million.<script>alert(1)</script>
<p>{middle}
<p>CONDENSED STATEMENTS OF OPERATIONS (in thousands)
<table width="100%" cellspacing=0><tr><td></td><th colspan=4 align=center>Three Months Ended March 31,</th></tr>
<tr><td></td><td></td><td align=right>2024</td><td></td><td align=right>2023</td></tr>
<tr bgcolor=#cceeff><td>Product sales<td nowrap>$<td align=right>6,105<td>$<td align=right>5,220</tr>
<tr><td>Service fees<td><td align=right>3,015<td><td align=right>2,900</tr>
<tr><td><b>Total revenues</b><td>$<td align=right><b>9,120</b><td>$<td align=right>8,120</tr>
<tr><td>Cost of services<td><td align=right>4,400<td><td align=right>4,100</tr>
<tr><td>General and administrative<td><td align=right>1,020<td><td align=right>980</tr>
<tr><td>Total operating expenses<td><td align=right>5,420<td><td align=right>5,080</tr>
<tr><td>Income from operations<td>$<td align=right>3,700<td>$<td align=right>3,040</tr>
<tr><td>Provision for income taxes<td><td align=right>925<td><td align=right>760</tr>
<tr><td>Net income<td>$<td align=right>2,775<td>$<td align=right>2,280</tr>
</table>
<hr size=1 noshade><a href="javascript:alert(2)" name=end>End</a> <img src=http://example.com/x.gif alt="A mark">
</body></html>
"""


def emitted(folder: Path, middle: str = "") -> tuple[Path, object]:
    """The inline document of the page with ``middle`` in it."""
    facts, document = read(folder, PAGE.format(middle=middle), "release.htm")
    emission = emission_of(facts)
    return write(folder / "out", emission, document, "ixbrl"), emission


def test_a_page_keeps_its_text_and_its_figures_are_tagged_where_they_stand(tmp_path):
    page, emission = emitted(tmp_path)
    heard = hear(page)
    assert heard.messages == ()
    assert heard.facts == rows(emission)
    tags = re.findall(r"<ix:nonFraction [^>]*>([^<]*)</ix:nonFraction>", page.read_text(encoding="utf-8"))
    assert {"6,105", "5,220", "9,120", "8,120", "3,700"} <= set(tags)
    text = "".join(etree.parse(page).getroot().find("{*}body").itertext())
    assert "Income from operations" in text and "alert" not in text


def test_nothing_that_runs_or_is_fetched_is_left(tmp_path):
    page, _ = emitted(tmp_path, "<iframe src=x></iframe><object data=y></object><svg onload=z></svg>")
    text = page.read_text(encoding="utf-8")
    for word in ("script", "onload", "@import", "http://example.com", "iframe", "object", "svg"):
        assert word not in text.lower().replace("xmlns", ""), word


ODD = [
    "<b><div>a block in bold</div></b>",
    "<font color=red><table><tr><td>x</table></font>",
    "<ul>loose<li>one<p>two</ul><li>stray",
    "<dl><p>loose<dt><div>term</div></dl><dl></dl>",
    "<table><caption>Words</caption><thead></thead><tfoot><tr><td>foot</tfoot><tr><td>row</table>",
    "<table><form><tr><td>in a form</form></table><table></table>",
    "<td>stray cell</td><tr><td>stray row</tr>",
    "<a href=#x>outer<a href=#y>inner</a></a><a name=x><div>block</div></a>",
    "<blockquote>text<b>bold</b><p>para</blockquote>",
    "<pre>fixed <img src=a.gif> <sup>2</sup></pre>",
    "<h1><center>A heading</center></h1><address><p>here</address>",
    "<section><article><nav>menu</nav></article></section><x-y>unknown</x-y>",
    "<p id=1a class=''>bad id<p id=ok>one<p id=ok>two<ol type=A start=3><li value=4>item</ol>",
    "<ins><p>in</ins><del>out</del><bdo dir=rtl>x</bdo><bdo>y</bdo><q cite=z>w</q>",
    "<col><colgroup><thead><tbody><select><option>one</select><button>press</button>",
    "<table><colgroup><col width=10></colgroup><col width=20><thead><tr><th>h</thead><thead><tr><td>i</thead></table>",
    "<div>" * 260 + "deep" + "</div>" * 260,
    "<br style='x:y' clear=all></br><hr width=50% align=center color=red><img src=a.gif border=0 align=left>",
]


def test_markup_that_xhtml_does_not_know_becomes_markup_that_it_does(tmp_path):
    page, _ = emitted(tmp_path, "\n".join(ODD))
    assert hear(page).messages == ()


def test_a_figure_split_over_elements_is_hidden_and_its_print_stays(tmp_path):
    facts, document = read(tmp_path, PAGE.format(middle="").replace("3,015", "3,<i>015</i>"), "release.htm")
    emission = emission_of(facts)
    page = write(tmp_path / "out", emission, document, "ixbrl")
    hidden = etree.parse(page).getroot().findall(".//{*}hidden/{*}nonFraction")
    assert any(fact.value == 3015000 for fact in emission.facts)
    assert [node.text for node in hidden] == ["3015000"]
    assert hear(page).facts == rows(emission)


def test_presentational_attributes_become_styles():
    assert styles("td", {"bgcolor": "#CCEEFF", "nowrap": "", "width": "12%"}) == (
        "background-color:#CCEEFF;white-space:nowrap;width:12%"
    )
    assert styles("font", {"size": "+1", "face": "Times New Roman, serif", "color": "red"}) == (
        "font-size:large;font-family:'Times New Roman',serif;color:red"
    )
    assert styles("p", {"align": "center", "style": "margin:0;"}) == "text-align:center;margin:0"


@pytest.mark.parametrize(
    "style",
    [
        "width:expression(alert(1))", "background:url(http://x/y)", "background:u\\rl(x)", "x:url( 'javascript:1')",
        "behavior:url(x)", "color:red;/**/background:ur/**/l(http://x)", "@import 'x'",
    ],
)  # fmt: skip
def test_a_style_that_fetches_or_runs_is_left_out(style):
    assert safe_style(style) == ""
    assert "http" not in safe_sheet(f"p {{ {style} }}") and "expression" not in safe_sheet(f"p {{ {style} }}")


WORDS = st.sampled_from([
    "<p>", "</p>", "<b>", "</b>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<ul>", "<li>",
    "</ul>", "<div>", "</div>", "<a>", "</a>", "<font>", "</font>", "<center>", "</center>", "<h2>",
    "</h2>", "<dl>", "<dt>", "<dd>", "<pre>", "<br>", "<hr>", "<span>", "</span>", "<thead>", "<tbody>",
    "<caption>", "<blockquote>", "</blockquote>", "text", "&nbsp;", "<sup>", "<img>", "<col>", "<form>",
    "</form>", "<section>",
])  # fmt: skip


@given(st.lists(WORDS, max_size=40))
def test_any_soup_of_elements_becomes_well_formed_and_no_block_stands_in_an_inline_element(words):
    root = etree.fromstring("<html><body>" + "".join(words) + "</body></html>", etree.HTMLParser())
    body = Drawing(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")).body(root.find("body"))
    tree = etree.fromstring(f"<body>{body}</body>")
    for node in tree.iter("p", "b", "span", "a", "h2", "dt", "pre"):
        assert not [child for child in node.iter("p", "div", "table", "ul", "dl", "h2", "hr") if child is not node]
    assert all(child.tag in ("tr", "td", "th") for row in tree.iter("tr") for child in row)
