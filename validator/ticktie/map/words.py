"""The words of a row label: one normal form for many spellings, similarity, and whether they are words at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz import fuzz, process

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", " ": " "}
)
_FOOTNOTE = re.compile(
    r"(?<!\d)\(\s*(?:\d{1,2}|[a-z])\s*\)|\[\s*(?:\d{1,2}|[a-z])\s*\]|\{\d{1,2}\}|[*†‡§]+|[¹²³⁴⁵⁶⁷⁸⁹]+"
)
_LEADER = re.compile(r"(?:\s*[._]){3,}\s*|^[\s.,:;_|-]+|[\s.,:;_|-]+$")
_DIGITS = re.compile(r"\d")
#: Words with one digit inside or in front, read for a letter; figures of two digits stay.
_MISREAD = re.compile(r"\b(?:[a-z]+[0158]|[015](?=[a-z]{3}))[a-z]{2,}\b|\b[a-z]{3,}[01]\b")
_LETTERS = str.maketrans("0158", "olsb")
_BRACKET = re.compile(r"\(([^()]*)\)")
_DIRECTIONS = frozenset(
    re.findall(
        r"\w+",
        "loss losses income gain gains earnings profit expense expenses cost costs benefit benefits provision"
        " provisions credit credits charge charges used use required applied absorbed provided increase increases"
        " decrease decreases deficit deficits deficiency payment payments paid proceeds repayment repayments"
        " purchase purchases recovery recoveries reversal reversals liability asset",
    )
)
_DIRECTION_FILLERS = frozenset(
    ["net", "in", "for", "by", "of", "to", "on", "from", "and", "or", "tax", "accumulated", "capital", "assets"]
)
_DETAIL = re.compile(r"\([^()]*\)?")
_CLAUSE = re.compile(r"\s*(?:[;,(]|\s-\s|\s-(?=\$))\s*")
_NET_OF = re.compile(r"(?:net of|less)\b.*\b(?:allowances?|accumulated|reserves?)\b")
_PREFIXED = re.compile(r"\b(non|pre)[\s-]+(?=[a-z])")
_PERIOD = re.compile(
    r"\b(beginning|end|start|ending|opening|close)"
    r"((?: of)?(?: the)?) (?:fiscal )?(?:year|quarter|period|month|week)s?\b"
)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"[\s,-]*(?:\b(?:as )?(?:at|of|on)\s+)?\b{_MONTH}\.? \d{{1,2}}(?:, ?\d{{4}})?"
    rf"(?:\s*(?:,|and)\s*(?:{_MONTH}\.? \d{{1,2}}, )?\d{{4}})*"
)
_FIGURE = re.compile(r"\$?\d{1,3}(?:,\d{3})+\b|\$\d*\.\d\d\b")
_WORD = re.compile(r"[a-z0-9]+")
_DROPPED = frozenset(
    {"the", "a", "an", "and", "its", "our", "company", "unaudited", "audited", "respectively", "various"}
)
_OWNER = {
    "shareholder": "stockholder",
    "shareowner": "stockholder",
    "stockowner": "stockholder",
    "shareholding": "stockholder",
}
_LIGHT = frozenset(
    {"of", "in", "from", "on", "for", "to", "at", "by", "with", "as", "during", "period", "plant", "various"}
)
_SYNONYMS = {
    **dict.fromkeys(("addition", "acquisition", "acquire", "acquired", "purchased"), "purchase"),
    **dict.fromkeys(("repayment", "paid", "paydown", "repaid"), "payment"),
    **dict.fromkeys(("earning", "profit"), "income"),
    **dict.fromkeys(("share",), "stock"),
    **dict.fromkeys(("sale",), "revenue"),
    **dict.fromkeys(("minority",), "noncontrolling"),
    **dict.fromkeys(("charge", "cost"), "expense"),
    **dict.fromkeys(("generated",), "provided"),
    **dict.fromkeys(("utilized", "applied", "use"), "used"),
    **dict.fromkeys(("product",), "good"),
    **dict.fromkeys(("ending",), "end"),
    **dict.fromkeys(("start", "opening"), "beginning"),
    **dict.fromkeys(("stockholders",), "stockholder"),
}
_PARENT_TEXT = re.compile(r"\b(attributable|allocable|available|applicable) to (.+)$")
_OTHERS = re.compile(
    r"noncontrolling|non-controlling|minorit|preferred|participating|discontinued|redeemable|continuing|unvested|common"
    r"|stockholders|shareholders|shareowners|limited partner|general partner|unit|class|investment|foreign"
    r"|predecessor|revaluation|exchange|per share|operating|financing|investing"
    r"|basic|dilut"
)


def plain(label: str) -> str:
    """``label`` in lower case and ASCII, without footnote marks and leading or trailing dots."""
    text = unicodedata.normalize("NFKD", label.translate(_QUOTES)).encode("ascii", "ignore").decode().lower()
    if _DIGITS.search(text):
        text = _MISREAD.sub(lambda match: match[0].translate(_LETTERS), text)
    return _LEADER.sub(" ", _FOOTNOTE.sub(" ", text)).strip()


def singular(word: str) -> str:
    """``word`` without a plural ending (``liabilities`` to ``liability``)."""
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def words_of(text: str) -> list[str]:
    """The normalised words of plain ``text``, in order."""
    stems = (singular(word) for word in _WORD.findall(text.replace("'s", "s").replace("s'", "s").replace("'", "")))
    return [_OWNER.get(stem, stem) for stem in stems if stem not in _DROPPED]


def _without_figures(text: str) -> str:
    """``text`` up to its first clause that holds a digit (``common stock; 900,000 shares authorized``)."""
    if not _DIGITS.search(text):
        return text
    kept: list[str] = []
    for clause in _CLAUSE.split(text):
        if _DIGITS.search(clause):
            kept += ["net"] if kept and _NET_OF.match(clause) else []
            break
        kept.append(clause)
    return ", ".join(kept) or text


def _undated(text: str) -> str:
    """``text`` without a date (``cash at December 31, 2009``)."""
    return _DATE.sub(" ", text) if _DIGITS.search(text) else text


def _parent(text: str) -> str:
    """``attributable to <the company>`` as ``attributable to parent``."""
    found = _PARENT_TEXT.search(text)
    if not found or _OTHERS.search(found[2]) or len(found[2]) > 60:
        return text
    return text[: found.start(2)] + "parent"


def _alternative(match: re.Match[str]) -> str:
    """Nothing for brackets that only name the other direction (``(loss)``, ``(used in)``), else the brackets."""
    words = set(_WORD.findall(match[1]))
    return " " if words & _DIRECTIONS and words <= _DIRECTIONS | _DIRECTION_FILLERS else match[0]


@lru_cache(maxsize=8192)
def normalise(label: str) -> str:
    """``label`` as words in one normal form: case, punctuation, plural, footnotes, figures and bracketed alternatives
    of direction (``income (loss)``) make no difference."""
    text = _without_figures(_undated(plain(label)))
    alone = _BRACKET.sub(_alternative, text) if "(" in text else text
    text = (alone if _WORD.search(alone) else text).replace("-", " ")
    return " ".join(words_of(_parent(_PREFIXED.sub(r"\1", _PERIOD.sub(r"\1\2 period", text)))))


@lru_cache(maxsize=8192)
def core(key: str) -> tuple[str, ...]:
    """What a normalised label says when word order, prepositions and the usual synonyms make no difference."""
    words = key.replace("net of ", "net-of ").split()
    return tuple(sorted({_SYNONYMS.get(word, word) for word in words if word not in _LIGHT}))


def probe(words: tuple[str, ...]) -> str:
    """The longest word of a core that only stands for itself (empty where there is none)."""
    return max((word for word in words if word not in _SYNONYMS.values() and word != "net-of"), key=len, default="")


def without_details(label: str) -> str:
    """``label`` without anything in brackets (``sales (including excise taxes)`` to ``sales``)."""
    return _DETAIL.sub(" ", label).strip()


def first_clause(label: str) -> str:
    """``label`` up to its first comma, colon, semicolon or bracket."""
    return re.split(r"[,:;(]|\s-\s", plain(label), maxsplit=1)[0].strip()


def _word_gain(word: str, others: Collection[str]) -> float:
    return max((fuzz.ratio(word, other) for other in others), default=0.0) / 100.0


@lru_cache(maxsize=16384)
def label_similarity(a: str, b: str) -> float:
    """How alike two labels are, 0 to 1: the better of the spelling with spaces left out and the words paired off."""
    left, right = normalise(a), normalise(b)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    spelled = fuzz.ratio(left.replace(" ", ""), right.replace(" ", "")) / 100.0
    return max(spelled, _paired(left.split(), right.split()))


def _paired(left: list[str], right: list[str]) -> float:
    """The mean likeness of the words of the longer list to their nearest in the shorter, weighted by length; a word
    less than two thirds alike counts nothing."""
    longer, shorter = (left, right) if sum(map(len, left)) >= sum(map(len, right)) else (right, left)
    gains = [(_word_gain(word, shorter), len(word)) for word in longer]
    return sum(gain * size for gain, size in gains if gain >= 0.67) / sum(size for _, size in gains)


def readability(label: str, vocabulary: Collection[str], trigrams: Collection[str]) -> float:
    """How much the letters of ``label`` stand in words: words of ``vocabulary`` count in full, others as far as they
    are spelled of its ``trigrams`` and are no slight misspelling of one of its words; lone letters and digits count
    nothing."""
    words = _WORD.findall(_FIGURE.sub(" ", plain(label)))
    if not words:
        return 0.0
    gains = [(_reads(word, vocabulary, trigrams), max(len(word), 2)) for word in words]
    return sum(gain * size for gain, size in gains) / sum(size for _, size in gains)


def _reads(word: str, vocabulary: Collection[str], trigrams: Collection[str]) -> float:
    stem = _OWNER.get(singular(word), singular(word))
    if len(word) == 1:
        return 1.0 if word == "a" else 0.0
    if stem in vocabulary or word in vocabulary or word in _DROPPED:
        return 1.0
    if len(word) < 4 or not word.isalpha():
        return 0.0
    padded = f" {stem} "
    spelled = sum(padded[i : i + 3] in trigrams for i in range(len(padded) - 2)) / (len(padded) - 2)
    damaged = process.extractOne(stem, vocabulary, scorer=fuzz.ratio, score_cutoff=78)
    return spelled**2 * (0.4 if damaged else 0.9)
