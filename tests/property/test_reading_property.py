"""Of the rooms that read and restore: whatever they are given they answer, and what was printed they give back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ticktie.extract.footing import Evidence, Vector, identities
from ticktie.extract.numbers import content
from ticktie.model.facts import Period
from ticktie.model.source import Document, Paragraph, Table
from ticktie.read import ReadError
from ticktie.read.text import line_starts, read
from ticktie.restore.document import restore

# --- cells ---------------------------------------------------------------------------------------------------------

PRINTS = st.sampled_from(["{}", "${}", "$ {}", "\\${}", " {} ", "€{}", "<b>{}</b>", "\xa0{}"])
NEGATIVES = st.sampled_from(["({})", "( {} )", "-{}", "−{}", "{}-"])
SCRAPS = st.text(st.sampled_from("0123456789.,'() $%-–_\\<>bBlIOFC=|?/\t€ "), max_size=16)


@given(st.one_of(st.text(max_size=40), SCRAPS))
@example("\x00")
@example("(")
@example("))))")
@example("٣٤٥")
@example("²")
@example("1" * 400)
@example("1²")
def test_any_text_whatever_is_a_cell(text: str) -> None:
    """Reading never raises, and says what it holds: a figure has a reading, merged rows have parts."""
    held = content(text)
    assert bool(held.readings) or held.kind not in ("figure", "nil")
    assert len(held.parts) > 1 or held.kind != "many"
    assert all(reading.value.is_finite() and reading.decimals >= 0 for reading in (*held.readings, *held.parts))


@given(st.integers(0, 10**12), st.sampled_from([0, 1, 2]), st.booleans(), PRINTS, NEGATIVES, st.booleans())
def test_a_printed_number_reads_back(
    units: int, decimals: int, commas: bool, form: str, negative: str, is_negative: bool
) -> None:
    """value -> print with thousands commas, brackets and currency -> the same value, its decimals and no damage."""
    value = Decimal(units).scaleb(-decimals)
    digits = f"{value:,.{decimals}f}" if commas else f"{value:.{decimals}f}"
    printed = form.format(negative.format(digits) if is_negative else digits)
    held = content(printed)
    (reading,) = held.readings
    assert held.is_well_formed
    assert (reading.value, reading.decimals) == (-value if is_negative else value, decimals)


@given(st.integers(1000, 10**9), st.sampled_from([".", " ", "'", ";", ", "]))
def test_a_number_whose_thousands_marks_are_misread_keeps_its_value_among_its_readings(units: int, mark: str) -> None:
    held = content(f"{units:,}".replace(",", mark))
    assert units in [reading.value for reading in held.readings]
    assert not held.is_well_formed


@given(st.lists(st.integers(1000, 10**7), min_size=2, max_size=4))
def test_the_figures_of_merged_rows_come_back_in_order(values: list[int]) -> None:
    held = content(" ".join(f"{value:,}" for value in values))
    assert [reading.value for reading in held.parts] == values


@given(st.integers(1000, 10**8), st.data())
def test_digits_read_as_letters_leave_a_pattern_that_the_true_figure_fits(value: int, data: st.DataObject) -> None:
    letters = {"0": "O", "1": "l", "5": "S", "8": "B", "6": "G", "4": "A", "2": "Z", "7": "T", "9": "g"}
    printed = list(f"{value:,}")
    wrecked = [i for i, char in enumerate(printed) if char in letters]
    assume(wrecked)
    at = data.draw(st.sampled_from(wrecked))
    printed[at] = letters[printed[at]]
    held = content("".join(printed))
    assert (held.kind, held.readings[0].value) == ("letters", value)


# --- footing -------------------------------------------------------------------------------------------------------

SEEDS = st.integers(0, 2**32)


def additive_table(rng: random.Random) -> tuple[list[Vector], dict[int, list[int]]]:
    """Groups of items with their totals and a total of totals; the items of each total by row."""
    columns, rows, wanted = rng.choice([2, 3, 4]), [], {}
    totals = []
    for _ in range(rng.randint(2, 3)):
        first = len(rows)
        rows += [tuple(rng.randint(10**4, 10**7) for _ in range(columns)) for _ in range(rng.randint(2, 5))]
        wanted[len(rows)] = list(range(first, len(rows)))
        totals.append(len(rows))
        rows.append(added(rows[first:]))
    wanted[len(rows)] = totals
    rows.append(added([rows[row] for row in totals]))
    return list(rows), wanted


def added(rows: Sequence[Vector]) -> Vector:
    return tuple(sum(value or 0 for value in column) for column in zip(*rows, strict=True))


def with_noise(rows: list[Vector], rng: random.Random) -> tuple[list[Vector], set[int], list[int]]:
    """The rows with up to four others between them; which these are, and where each row went."""
    noisy, moved = [], []
    spots = set(rng.sample(range(1, len(rows)), rng.randint(1, 4)))
    noise = set()
    for index, row in enumerate(rows):
        if index in spots:
            noise.add(len(noisy))
            noisy.append(tuple(rng.randint(10**4, 10**7) for _ in row))
        moved.append(len(noisy))
        noisy.append(row)
    return noisy, noise, moved


@given(SEEDS, st.booleans())
def test_the_totals_of_an_additive_table_are_found_and_nothing_else(seed: int, signed: bool) -> None:
    rows, wanted = additive_table(random.Random(seed))
    found = identities(rows, Evidence(signed=signed))
    assert {one.total: [row for row, _ in one.items] for one in found} == wanted
    assert all(one.is_strict and len(one.holds) == len(rows[0]) for one in found)
    assert all(weight == 1 for one in found for _, weight in one.items)


@given(SEEDS, st.booleans())
def test_random_rows_between_the_items_are_skipped_where_they_are_doubted(seed: int, signed: bool) -> None:
    rng = random.Random(seed)
    rows, wanted = additive_table(rng)
    noisy, noise, moved = with_noise(rows, rng)
    found = identities(noisy, Evidence(doubtful=frozenset(noise), signed=signed))
    assert {one.total: [row for row, _ in one.items] for one in found} == {
        moved[total]: [moved[row] for row in items] for total, items in wanted.items()
    }


@given(SEEDS, st.booleans())
def test_random_numbers_have_no_structure(seed: int, signed: bool) -> None:
    """A false identity would protect shadows and move figures: chance must not make one."""
    rng = random.Random(seed)
    columns, size = rng.choice([2, 4]), rng.randint(3, 14)
    rows = [tuple(rng.randint(10**6, 10**9) for _ in range(columns)) for _ in range(size)]
    doubtful = frozenset(row for row in range(size) if rng.random() < 0.3)
    totals = frozenset(row for row in range(size) if rng.random() < 0.3)
    assert identities(rows, Evidence(doubtful=doubtful, totals=totals, signed=signed)) == ()


@given(SEEDS)
def test_one_unknown_cell_of_an_additive_table_is_what_the_others_leave(seed: int) -> None:
    rng = random.Random(seed)
    rows, _ = additive_table(rng)
    row, column = rng.randrange(len(rows)), rng.randrange(len(rows[0]))
    lost = rows[row][column]
    rows[row] = tuple(None if index == column else value for index, value in enumerate(rows[row]))
    found = identities(rows, Evidence(signed=False))
    touched = [one for one in found if row in one.rows]
    assert touched
    assert all(dict(one.residuals) == {column: lost} for one in touched)


@given(SEEDS)
def test_rows_that_words_take_off_are_taken_off(seed: int) -> None:
    """ "Less: allowance" printed as a positive figure is an item with the weight -1 of the total below it."""
    rng = random.Random(seed)
    columns = rng.choice([2, 3, 4])
    rows = [tuple(rng.randint(10**6, 10**7) for _ in range(columns)) for _ in range(rng.randint(2, 5))]
    less = rng.randrange(1, len(rows))
    signs = [-1 if row == less else 1 for row in range(len(rows))]
    total = added([tuple(sign * value for value in row) for sign, row in zip(signs, rows, strict=True)])
    (one,) = identities([*rows, total], Evidence(subtracted=frozenset({less}), signed=False))
    assert one.items == tuple(enumerate(signs))


SMALL = st.one_of(st.none(), st.integers(-9, 9))


@given(
    st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[SMALL] * width), max_size=12)),
    st.frozensets(st.integers(0, 11)),
    st.booleans(),
)
def test_every_identity_holds_as_it_says(rows: list[Vector], some: frozenset[int], signed: bool) -> None:
    """Small numbers add up by chance all the time: an identity must still tell the truth about each column."""
    for one in identities(rows, Evidence(doubtful=some, totals=some, signed=signed)):
        for column in one.holds:
            assert rows[one.total][column] == sum(weight * (rows[row][column] or 0) for row, weight in one.items)
        assert one.holds and not one.holds & one.breaks
        assert all(row < one.total for row, _ in one.items)


# --- text ----------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["\t", "\n", "\n\n", "\r\n", "\f", "\x85", "\u2028", " ", "- ", "o ", "é", "日", "1,204", "Sales"]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40).map("".join)


def as_document(text: str) -> Document:
    """``text`` as a document; texts that no reader takes are no case."""
    try:
        return read(text.encode("utf-8", "surrogatepass"), "any.txt")
    except ReadError:
        assume(False)
        raise


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
@example(b"\x00" * 40)
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    try:
        doc = read(data, "any.txt")
    except ReadError as error:
        assert error.path == "any.txt" and error.problem and error.remedy
    else:
        assert not doc.text.startswith("\ufeff") or doc.encoding == "utf-8"
        assert doc.line_starts == line_starts(doc.text)


@given(TEXTS)
def test_every_cell_and_paragraph_stands_where_it_says(text: str) -> None:
    doc = as_document(text)
    for block in doc.blocks:
        if isinstance(block, Paragraph):
            assert doc.text[block.span.start : block.span.end] == block.text
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row.cells:
                assert doc.text[cell.span.start : cell.span.end].strip() == cell.text
                assert doc.line_of(cell.span.start) == row.line
    spans = [block.span for block in doc.blocks]
    assert all(left.end <= right.start for left, right in pairwise(spans))


@given(TEXTS)
def test_no_word_of_a_document_is_lost_between_its_blocks(text: str) -> None:
    doc = as_document(text)
    held = "".join(doc.text[block.span.start : block.span.end] for block in doc.blocks)
    assert "".join(held.split()) == "".join(doc.text.split())


@given(TEXTS, st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    doc = as_document(text)
    offset = data.draw(st.integers(0, len(doc.text)))
    line = doc.line_of(offset)
    assert line == doc.text[:offset].count("\n") + 1
    assert doc.text.split("\n")[line - 1] == doc.text[doc.line_starts[line - 1] :].split("\n")[0]


# --- columns -------------------------------------------------------------------------------------------------------

ENDS = {"three months": ("Three Months Ended", 7), "nine months": ("Nine Months Ended", 1)}


def header_rows(lengths: Sequence[str], years: Sequence[int], shape: str, gap: str) -> str:
    """The header of a flow statement to September 30: lengths over years, in one of the usual shapes."""
    if shape == "dates below":
        upper = [f"{ENDS[length][0]}" + gap * len(years) for length in lengths]
        lower = [f"September 30, {year}" for _ in lengths for year in years]
    elif shape == "lengths and days above":
        upper = [f"{ENDS[length][0]} September 30," + gap * len(years) for length in lengths]
        lower = [str(year) for _ in lengths for year in years]
    else:
        upper = []
        lower = [f"{ENDS[length][0]} September 30, {year}" for length in lengths for year in years]
    return "".join("\t" + gap.join(row) + "\n" for row in (upper, lower) if row)


@given(
    st.permutations(["three months", "nine months"]).flatmap(lambda both: st.sampled_from([both, both[:1]])),
    st.permutations([2031, 2030]),
    st.sampled_from(["dates below", "lengths and days above", "all in one cell"]),
    st.sampled_from(["\t", "\t\t", "\t\t\t"]),
    SEEDS,
)
def test_columns_have_the_periods_of_their_header_in_whatever_order_and_shape_it_prints_them(
    lengths: list[str], years: list[int], shape: str, gap: str, seed: int
) -> None:
    wanted = [Period(date(year, 9, 30), date(year, ENDS[length][1], 1)) for length in lengths for year in years]
    rng = random.Random(seed)
    sales, costs = ([rng.randint(10**4, 10**6) for _ in wanted] for _ in range(2))
    rows = [("Product sales", sales), ("Service fees", costs), ("Total revenues", added([tuple(sales), tuple(costs)]))]
    body = "".join(label + "\t" + "\t".join(f"{value:,}" for value in row) + "\n" for label, row in rows)
    head = header_rows(lengths, years, shape, gap)
    text = "CONDENSED STATEMENTS OF OPERATIONS\n(in thousands)\n\n" + head + body
    facts = restore(as_document(text)).facts
    assert [fact.period for fact in facts] == wanted * len(rows)
    assert not any(fact.damage or fact.evidence for fact in facts)


# --- restoring -----------------------------------------------------------------------------------------------------

CAPTIONS = st.sampled_from(
    ["", "CONDENSED BALANCE SHEETS (in thousands)\n\n", "STATEMENTS OF OPERATIONS\n\n", "STATEMENTS OF CASH FLOWS\n\n",
     "Net sales were $1.2 million for the quarter ended June 30, 2031.\n\n"]
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["", "", "$", ")", "-", "_", "%", "(1,204", "1,204", "(310)", "3 207", "1,051 22", "0.19", "F 1C4", "11.860"]
    ),
    st.sampled_from(["Total assets", "Net loss", "Sales", "Shares outstanding", "per share", "June 30, 2031", "2030"]),
    st.sampled_from(["Three Months Ended", "Expenses:", "Less: treasury stock", "Total 1,2 of", "Tatal"]),
    st.integers(-(10**6), 10**6).map("{:,}".format),
    SCRAPS.map(lambda text: text.replace("\t", " ")),
)
LABELS = st.sampled_from(
    ["Cash", "Net sales", "Tatal revenues", "Total revenues", "Net loss per share", "Average shares outstanding", "",
     "Assets:", "Less: treasury stock", "N 1 1 1 1", "Net loss"]
)  # fmt: skip
ROWS = st.builds(lambda label, cells: "\t".join([label, *cells]), LABELS, st.lists(CELLS, min_size=2, max_size=5))
TABLES = st.lists(st.one_of(ROWS, ROWS, st.sampled_from(["", "(Unaudited)", "\t"])), max_size=14).map("\n".join)


@settings(max_examples=150)
@given(CAPTIONS, TABLES)
def test_any_table_is_restored_and_every_fact_has_its_place_in_the_document(caption: str, table: str) -> None:
    doc = as_document(caption + table + "\n")
    facts = restore(doc)
    for fact in facts.facts:
        assert fact.location is not None and fact.location.offset is not None and fact.location.line is not None
        first, last = fact.location.offset
        assert 0 <= first <= last <= len(doc.text)
        assert not fact.printed or fact.printed.split() == doc.text[first:last].split()
    for seen in facts.observations:
        assert seen.locations and all(place.document == "any.txt" for place in seen.locations)
        assert set(seen.facts) <= set(facts.by_id)
    for one in facts.sums:
        assert {one.total, *(item for item, _ in one.items)} <= set(facts.by_id)


@settings(max_examples=60)
@given(CAPTIONS, TABLES)
def test_reading_the_same_text_twice_gives_the_same_facts(caption: str, table: str) -> None:
    doc = as_document(caption + table + "\n")
    assert restore(doc) == restore(doc)
