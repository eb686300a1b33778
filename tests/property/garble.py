"""How OCR misreads figures and labels: confusions with the frequencies of the 47 noise cells of the seed documents."""

from __future__ import annotations

import random

#: What a digit becomes when it is misread (the last digits of a shadow are nearly always 0, 2, C or F).
DIGITS = {
    "0": "000000o", "1": "1111147", "2": "2222200", "3": "222220", "4": "444441", "5": "FEF3322555",
    "6": "CC60000", "7": "7777722", "8": "000002", "9": "000000004",
}  # fmt: skip
#: Well-formed misreadings: the digit pairs that look alike.
ALIKE = {"0": "68", "1": "74", "2": "37", "3": "82", "4": "91", "5": "63", "6": "508", "7": "12", "8": "306", "9": "04"}
LETTERS = {"0": "OoDQ", "1": "lI|", "2": "Z", "5": "FSE", "6": "CGb", "8": "B", "4": "A", "9": "g"}
DOLLARS = ("¢", "Ф", "φ", "ф", "Ψ", "Φ", "ď", "S", "")
VOWELS = {
    "a": "e",
    "e": "c",
    "o": "a",
    "n": "m",
    "m": "rn",
    "i": "l",
    "l": "1",
    "t": "f",
    "r": "n",
    "s": "e",
    "x": "v",
    "p": "n",
    "u": "ii",
}


def misread_comma(text: str, rng: random.Random, style: str = "a") -> str:
    """The first thousands mark read as a point, a blank or a stroke; another engine also adds a blank or drops it."""
    marks = (".", ".", ".", " ", " ", "_") if style == "a" else (".", " ", ", ", ". ", ";", " ,", "")
    return text.replace(",", rng.choice(marks), 1)


def shadow_number_b(text: str, rng: random.Random) -> str:
    """A figure as another engine's shadow prints it: look-alike digits, tails cut, brackets changed."""
    out = "".join(rng.choice(ALIKE[c]) if c in ALIKE and rng.random() < 0.35 else c for c in text)
    out = out[: -rng.randint(1, 2)] if len(out) > 4 and rng.random() < 0.2 else out
    out = out.replace("(", rng.choice("({[")) if rng.random() < 0.3 else out
    return misread_comma(out, rng, "b") if rng.random() < 0.6 else out


def shadow_number(text: str, rng: random.Random, hard: float = 0.55) -> str:
    """A figure as a shadow row prints it: digits confused, the thousands mark misread."""
    out = "".join(rng.choice(DIGITS[c]) if c in DIGITS and rng.random() < hard else c for c in text)
    return misread_comma(out, rng) if rng.random() < 0.85 else out


def wrong_digits(text: str, rng: random.Random) -> str:
    """A well-formed figure with one or two digits wrong (never its own value, no leading zero)."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    out = list(text)
    for i in rng.sample(places, min(len(places), rng.choice((1, 1, 2)))):
        choices = [c for c in ALIKE[text[i]] if not (c == "0" and i == places[0])]
        out[i] = rng.choice(choices)
    return "".join(out)


def lettered(text: str, rng: random.Random) -> str:
    """A true figure with one or two of its digits read as letters, now and then its comma lost too."""
    places = [i for i, c in enumerate(text) if c in LETTERS]
    out = list(text)
    for i in rng.sample(places, min(len(places), rng.choice((1, 1, 2)))):
        out[i] = rng.choice(LETTERS[text[i]])
    joined = "".join(out)
    return misread_comma(joined, rng) if rng.random() < 0.4 else joined


def shadow_label(label: str, rng: random.Random) -> str:
    """A label as a shadow row prints it: a fragment, a word soup of like-looking letters, nothing, or strokes."""
    kind = rng.choices(("start", "soup", "soup", "empty", "strokes", "fragment"), (3, 3, 3, 2, 1, 1))[0]
    first = label.split(" ")[0] if label else ""
    if kind == "start":
        return soup(first, rng, 0.4)
    if kind == "soup":
        return soup(label, rng, 0.25)
    if kind == "strokes":
        return f"{label[:1]} " + " ".join("1" for _ in range(rng.randint(3, 14)))
    if kind == "fragment":
        return rng.choice((f"{rng.randint(1, 40)}. 1", f"{label[:1]} {label[-1:]}", "I f", "1 .1"))
    return ""


def soup(text: str, rng: random.Random, chance: float) -> str:
    """Letters replaced by like-looking ones, with the given chance for each letter."""
    return "".join(VOWELS[c.lower()] if c.lower() in VOWELS and rng.random() < chance else c for c in text)
