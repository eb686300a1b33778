"""From tokens to blocks: one pass with a stack of open elements that mends what is not closed.

Which element closes which follows the HTML standard (section 13.2.6, tree construction) as far as text, tables and
lists go; a tree is never built.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from msgspec import Struct, field

from ticktie.read.markup import VOID, Run, Token, attributes, runs, tokens
from ticktie.read.markup_blocks import (
    Piece,
    RawBlock,
    RawCell,
    RawParagraph,
    RawPre,
    RawTable,
    Sink,
    as_paragraph,
    cell_of,
    joined,
)
from ticktie.read.styles import PLAIN, Style, class_rules, style_of

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "ul",
})  # fmt: skip
#: Elements that show no text of the document, or only that of the site around it.
_SKIPPED = frozenset({
    "head", "script", "style", "title", "template", "noscript", "nav", "button", "select", "object", "svg",
    "math", "iframe", "textarea", "audio", "video", "canvas", "map", "datalist", "ix:header",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_GROUPS = frozenset({"thead", "tbody", "tfoot", "colgroup"})
_TABLE_PARTS = _CELLS | _GROUPS | {"tr", "table", "caption"}
#: What an end tag of a part of a table, and one of any other element, does not reach beyond.
_WITHIN_TABLE, _WITHIN_CELL = frozenset({"table"}), _CELLS | {"table", "caption"}
#: What a start tag closes, up to the nearest of the second set.
_IMPLIED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "caption", "colgroup"}), frozenset({"table"})),
    "td": (_CELLS, frozenset({"tr", "table"})),
    "th": (_CELLS, frozenset({"tr", "table"})),
    "thead": (_GROUPS | {"tr", "caption"}, frozenset({"table"})),
    "tbody": (_GROUPS | {"tr", "caption"}, frozenset({"table"})),
    "tfoot": (_GROUPS | {"tr", "caption"}, frozenset({"table"})),
}
#: Elements deeper than this are read as part of their parents, and a table nested deeper than that as text.
_DEEPEST, _DEEPEST_TABLE = 400, 12
_MOST_COLUMNS, _MOST_ROWS = 1000, 5000
#: A nested table no larger than this is part of the text of its cell.
_INLINE = 60


class _Frame(Struct):
    """An open element: its place among its parent's, what it hides and how far it sets text in; ``mark`` is where
    raised text began."""

    tag: str
    parent: _Frame | None
    number: int
    style: Style
    hidden: bool
    indent: float
    counts: dict[str, int] = field(default_factory=dict)
    mark: int | None = None
    known_path: str = ""

    @property
    def path(self) -> str:
        """The element path, put together when it is asked for."""
        if not self.known_path and self.parent is not None:
            self.known_path = f"{self.parent.path}/{self.tag}[{self.number}]"
        return self.known_path


class _Table(Struct):
    """An open table."""

    path: str
    rows: list[list[RawCell]] = field(default_factory=list)
    cell: Sink | None = None
    spans: tuple[int, int] = (1, 1)


class Flow:
    """Reads tokens into ``blocks``, in reading order."""

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self._stack = [_Frame("", None, 1, PLAIN, False, 0.0)]
        self._open: Counter[str] = Counter()
        self._tables: list[_Table] = []
        self._paragraph = Sink()
        self._pre: list[Run] = []
        self._rules: dict[str, str] = {}
        self._sheet: list[str] = []
        self._styles: dict[str, Style] = {}

    def read(self, source: str, start: int = 0) -> list[RawBlock]:
        """The blocks of ``source`` from ``start`` on."""
        for token in tokens(source, start):
            if not token.name:
                self._text(token)
            elif token.closes:
                self._end(token.name)
            else:
                self._start(token)
        while len(self._stack) > 1:
            self._pop()
        self._flush()
        return self.blocks

    # --- text

    @property
    def _sink(self) -> Sink:
        if self._tables and self._tables[-1].cell is not None:
            return self._tables[-1].cell
        return self._paragraph

    def _text(self, token: Token) -> None:
        if self._stack[-1].hidden:
            self._unseen(token)
        elif self._open["pre"]:
            self._pre += _kept(token)
        else:
            self._seen(token, self._sink)

    def _unseen(self, token: Token) -> None:
        if self._stack[-1].tag == "style":
            self._sheet.append(token.text)

    def _seen(self, token: Token, sink: Sink) -> None:
        for run in runs(token):
            if not sink.pieces and not run.is_space:
                self._begin(sink)
            sink.add(run)

    def _begin(self, sink: Sink) -> None:
        """The first word of a sink says where it stands; a cell has its place and its own indentation already."""
        frames = self._stack if not self._tables else self._stack[self._cell_depth() + 1 :]
        sink.indent += sum(frame.indent for frame in frames)
        if not sink.path:
            frame = next((f for f in reversed(self._stack) if f.tag in _BLOCKS), self._stack[-1])
            sink.path = frame.path

    def _cell_depth(self) -> int:
        return next((i for i in range(len(self._stack) - 1, 0, -1) if self._stack[i].tag in _CELLS), 0)

    def _flush(self) -> None:
        """A block boundary: a line end in a cell, the end of a paragraph elsewhere."""
        sink = self._sink
        if sink is not self._paragraph:
            sink.add_break()
            return
        if sink.pieces:
            self.blocks.append(RawParagraph(tuple(sink.pieces), sink.path))
        self._paragraph = Sink()

    def _break(self) -> None:
        """A line end; the second in a row ends the paragraph."""
        sink = self._sink
        if sink is self._paragraph and sink.lead == "\n":
            self._flush()
        else:
            sink.add_break()

    # --- elements

    def _start(self, token: Token) -> None:
        name = token.name
        if self._open["pre"]:
            if name == "br":
                self._pre.append(Run("\n", token.start, token.end))
            elif name == "pre":
                self._stack.append(_Frame(name, self._stack[-1], 1, PLAIN, False, 0.0))
                self._open[name] += 1
            return
        if name in VOID:
            self._void(name)
            return
        if name == "table" and len(self._tables) >= _DEEPEST_TABLE:
            return
        self._imply(name)
        if len(self._stack) < _DEEPEST:
            self._push(token)

    def _void(self, name: str) -> None:
        self._stack[-1].counts[name] = self._stack[-1].counts.get(name, 0) + 1
        if name == "br" and not self._stack[-1].hidden:
            self._break()
        elif name == "hr":
            self._flush()

    def _imply(self, name: str) -> None:
        """Close what the start of ``name`` closes."""
        if name in _IMPLIED:
            closed, until = _IMPLIED[name]
            self._close_any(closed, until | ({"table"} if name in ("li", "dt", "dd") else set()))
        if (name in _BLOCKS or name == "table") and self._open["p"]:
            self._close_any(frozenset({"p"}), _CELLS | {"caption", "table"})

    def _close_any(self, closed: frozenset[str], until: frozenset[str] | set[str]) -> None:
        if not any(self._open[tag] for tag in closed):
            return
        for depth in range(len(self._stack) - 1, 0, -1):
            tag = self._stack[depth].tag
            if tag in closed:
                self._pop_to(depth)
                if not _GROUPS & closed:
                    return
            if tag in until:
                return

    def _push(self, token: Token) -> None:
        name, parent = token.name, self._stack[-1]
        parent.counts[name] = parent.counts.get(name, 0) + 1
        style = self._style(token.text) if token.text else PLAIN
        frame = _Frame(
            name,
            parent,
            parent.counts[name],
            style,
            parent.hidden or style.hidden or name in _SKIPPED,
            style.indent if name in _BLOCKS or name in ("span", "font") else 0.0,
        )
        if name in _BLOCKS or name == "table":
            self._flush()
        self._stack.append(frame)
        self._open[name] += 1
        self._opened(token, frame)
        if (name == "sup" or style.raised) and name not in _BLOCKS and name not in _TABLE_PARTS:
            frame.mark = len(self._sink.pieces)

    def _opened(self, token: Token, frame: _Frame) -> None:
        if token.name == "table":
            self._tables.append(_Table(frame.path))
        elif token.name == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif token.name in _CELLS and self._tables:
            self._open_cell(token, frame)
        elif token.name == "li" and not self._tables and not frame.hidden:
            self._begin(self._paragraph)
            self._paragraph.add(Run("•", token.start, token.start))
            self._paragraph.add(Run(" ", token.start, token.start, True))

    def _open_cell(self, token: Token, frame: _Frame) -> None:
        table = self._tables[-1]
        found = attributes(token.text) if "span" in token.text.lower() else {}
        if not table.rows:
            table.rows.append([])
        table.cell = Sink(frame.path, frame.style.indent)
        table.spans = _span(found.get("colspan"), _MOST_COLUMNS), _span(found.get("rowspan"), _MOST_ROWS)

    def _style(self, text: str) -> Style:
        """The style of a tag with the attributes ``text``."""
        style = self._styles.get(text)
        if style is None:
            style = self._styles[text] = self._styled(text)
        return style

    def _styled(self, text: str) -> Style:
        lowered = text.lower()
        if not any(word in lowered for word in ("style", "class", "hidden")):
            return PLAIN
        found = attributes(text)
        named = [self._rules[name] for name in found.get("class", "").split() if name in self._rules]
        style = style_of(";".join([*named, found.get("style", "")]))
        return style._replace(gone=True, hidden=True) if "hidden" in found else style

    # --- ends

    def _end(self, name: str) -> None:
        """An end tag closes the nearest open element of its name within its cell; others it leaves alone."""
        if self._stack[-1].tag == name:
            self._pop()
            return
        if not self._open[name] or (self._open["pre"] and name != "pre"):
            return
        boundary = _WITHIN_TABLE if name in _TABLE_PARTS else _WITHIN_CELL
        for depth in range(len(self._stack) - 1, 0, -1):
            tag = self._stack[depth].tag
            if tag == name:
                self._pop_to(depth)
                return
            if tag in boundary and name != "table":
                return

    def _pop_to(self, depth: int) -> None:
        while len(self._stack) > depth:
            self._pop()

    def _pop(self) -> None:
        frame = self._stack.pop()
        self._open[frame.tag] -= 1
        if frame.mark is not None:
            self._sink.without_mark(frame.mark)
        if frame.tag in _CELLS and self._tables:
            self._close_cell(frame)
        elif frame.tag == "table" and self._tables:
            self._close_table()
        elif frame.tag == "pre":
            self._close_pre(frame)
        elif frame.tag == "style":
            self._rules |= class_rules("".join(self._sheet))
            self._sheet = []
            self._styles = {}
        if frame.tag in _BLOCKS:
            self._flush()

    def _close_pre(self, frame: _Frame) -> None:
        if self._open["pre"]:
            return
        sink = self._sink
        if sink is self._paragraph:
            self.blocks.append(RawPre(tuple(self._pre), frame.path))
        else:
            for run in self._pre:
                for one in runs(Token("", run.text, run.start, run.end)):
                    sink.add(one)
        self._pre = []

    def _close_cell(self, frame: _Frame) -> None:
        table = self._tables[-1]
        if table.cell is not None and not frame.style.gone:
            table.rows[-1].append(cell_of(table.cell, *table.spans))
        table.cell = None

    def _close_table(self) -> None:
        table = self._tables.pop()
        rows = tuple(tuple(row) for row in table.rows if row)
        if not self._tables:
            if rows:
                self.blocks.append(RawTable(rows, table.path))
            return
        text = [piece for row in rows for cell in row for piece in _spaced(cell)]
        outer = self._tables[-1].cell
        if len(rows) < 2 and len(joined(text)) <= _INLINE and outer is not None:
            outer.pieces += text
            return
        for around in self._tables:
            self._as_paragraphs(around)
        self.blocks.append(RawTable(rows, table.path))

    def _as_paragraphs(self, table: _Table) -> None:
        """What a table has so far that only lays out others: each row a paragraph, then the open cell."""
        for row in table.rows:
            paragraph = as_paragraph(row)
            if paragraph is not None:
                self.blocks.append(paragraph)
        if table.cell is not None and table.cell.pieces:
            self.blocks.append(RawParagraph(tuple(table.cell.pieces), table.cell.path))
            table.cell.pieces = []
        table.rows = [[]]


def _spaced(cell: RawCell) -> list[Piece]:
    first, *rest = cell.pieces or (None,)
    return [] if first is None else [Piece(first.text, first.start, first.end, " "), *rest]


@lru_cache(maxsize=64)
def _span(text: str | None, most: int) -> int:
    """The number of a span attribute, 1 where it is none."""
    digits = (text or "").strip()[:9]
    return max(1, min(most, int(digits))) if digits.isascii() and digits.isdigit() else 1


def _kept(token: Token) -> list[Run]:
    """The runs of preformatted text: blanks stand as they are."""
    if "&" not in token.text:
        return [Run(token.text, token.start, token.end)]
    return [Run(run.text, run.start, run.end) for run in runs(token)]
