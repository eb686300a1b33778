"""Documents that try a page: one that would run if it could, one of five thousand figures."""

from __future__ import annotations

from tests.support import PROJECT

#: Every word of it would do something where it is not kept as text.
HOSTILE = """FENMOOR TOOLS, INC.

Revenues for the three months ended March 31, 2031 were $9.9 million
<script>window.hit = 1</script> compared to $7.0 million.

CONDENSED STATEMENTS OF OPERATIONS (in thousands)

\tThree Months Ended March 31,
\t2031\t2030
Product "><img src=x onerror="window.hit=2"> sales\t4,100\t3,900
Services ]]> {{ 7 * 7 }} ${7*7} <b>bold</b>\t3,200\t3,100
</script><script>window.hit = 3</script> fees\t300\t200
Total revenues\t7,600\t7,200
</main></body> costs\t7,000\t6,500
Operating income\t600\t700
"""


def large(figures: int = 5000) -> str:
    """A text with about ``figures`` figures: the statements of a sample over and over."""
    text = (PROJECT / "samples/brightwater_sensors.txt").read_text(encoding="utf-8")
    statements = text[text.index("CONDENSED CONSOLIDATED BALANCE") :]
    return text + "\n" + "\n\n".join([statements] * (figures // 72))
