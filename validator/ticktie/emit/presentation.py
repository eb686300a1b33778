"""Looks that old HTML gave by elements and attributes, as styles: XHTML 1.1 has neither ``font`` nor ``bgcolor``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

#: What stands for an element that XHTML does not know: its name there, and its looks.
RENAMED: Mapping[str, tuple[str, str]] = {
    "center": ("div", "text-align:center"),
    "dir": ("ul", ""),
    "font": ("span", ""),
    "layer": ("div", ""),
    "listing": ("pre", ""),
    "mark": ("span", "background:#ff0"),
    "menu": ("ul", ""),
    "nobr": ("span", "white-space:nowrap"),
    "plaintext": ("pre", ""),
    "s": ("span", "text-decoration:line-through"),
    "strike": ("span", "text-decoration:line-through"),
    "u": ("span", "text-decoration:underline"),
    "xmp": ("pre", ""),
} | dict.fromkeys(
    ("article", "aside", "details", "dialog", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup",
     "legend", "main", "nav", "section", "summary"),
    ("div", ""),
)  # fmt: skip
#: The looks of an element that must become a ``div`` because blocks stand in it.
LOOKS: Mapping[str, str] = {
    "address": "font-style:italic",
    "b": "font-weight:bold",
    "big": "font-size:larger",
    "cite": "font-style:italic",
    "code": "font-family:monospace",
    "del": "text-decoration:line-through",
    "dfn": "font-style:italic",
    "em": "font-style:italic",
    "h1": "font-weight:bold;font-size:2em;margin:0.67em 0",
    "h2": "font-weight:bold;font-size:1.5em;margin:0.83em 0",
    "h3": "font-weight:bold;font-size:1.17em;margin:1em 0",
    "h4": "font-weight:bold;margin:1.33em 0",
    "h5": "font-weight:bold;font-size:0.83em;margin:1.67em 0",
    "h6": "font-weight:bold;font-size:0.67em;margin:2.33em 0",
    "i": "font-style:italic",
    "ins": "text-decoration:underline",
    "kbd": "font-family:monospace",
    "p": "margin:1em 0",
    "pre": "white-space:pre;font-family:monospace;margin:1em 0",
    "samp": "font-family:monospace",
    "small": "font-size:smaller",
    "strong": "font-weight:bold",
    "tt": "font-family:monospace",
    "var": "font-style:italic",
}
_SIZES = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
_LISTS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"} | {
    kind: kind for kind in ("disc", "circle", "square")
}


def styles(name: str, given: Mapping[str, str]) -> str:
    """The looks that the attributes ``given`` of the HTML element ``name`` ask for, its own style last."""
    found = [RENAMED.get(name, ("", ""))[1]]
    for attribute, value in given.items():
        found.append(_style(name, attribute, value.strip()))
    found.append(safe_style(given.get("style", "")))
    return ";".join(part for part in found if part)


def safe_style(style: str) -> str:
    """``style`` without what fetches, runs or covers anything: then it is left out as a whole."""
    return "" if _unsafe().search(_bare(style)) else style.strip().strip(";")


def safe_sheet(sheet: str) -> str:
    """A style sheet without the rules and imports that fetch or run anything."""
    rules = re.split(r"(?<=[};])", sheet.replace("<!--", "").replace("-->", ""))
    return "".join(rule for rule in rules if not _unsafe().search(_bare(rule)))


@cache
def _unsafe() -> re.Pattern[str]:
    return re.compile(
        r"expression\s*\(|javascript:|vbscript:|behavior\s*:|-moz-binding|@import|@charset|src\s*:|image-set\s*\("
        r"|url\s*\(\s*(?![\"']?data:image/(?:png|gif|jpe?g)\b)|\\",
        re.I,
    )


def _bare(style: str) -> str:
    return re.sub(r"/\*.*?(?:\*/|\Z)", "", style, flags=re.S)


def _style(name: str, attribute: str, value: str) -> str:
    """One presentational attribute as a style; empty where it asks for nothing, or XHTML still has it."""
    if ";" in value or "\\" in value:
        return ""
    if attribute == "align":
        return _align(name, value.lower())
    if attribute in ("width", "height") and name not in ("img", "table" if attribute == "width" else "img"):
        return _length(attribute, value)
    if name == "font" and attribute in ("color", "face", "size"):
        return _font(attribute, value)
    plain = {
        "bgcolor": "background-color:{}",
        "nowrap": "white-space:nowrap",
        "clear": "clear:{}" if value.lower() in ("left", "right") else "clear:both",
        "bordercolor": "border-color:{}",
    }
    if attribute in plain:
        return plain[attribute].format(_colour(value) if "color" in attribute else value.lower())
    return _of_element(name, attribute, value)


def _of_element(name: str, attribute: str, value: str) -> str:
    """The attributes that mean something on one element only."""
    if (name, attribute) == ("body", "text"):
        return f"color:{_colour(value)}"
    if name == "hr" and attribute in ("size", "color", "noshade"):
        looks = {"size": _length("height", value), "color": f"color:{_colour(value)}"}
        return looks.get(attribute, "border-style:solid")
    if name in ("ol", "ul", "li") and attribute == "type":
        return f"list-style-type:{_LISTS[value]}" if value in _LISTS else ""
    if name == "img" and attribute in ("border", "hspace", "vspace"):
        return {"border": _length("border-width", value), "hspace": "", "vspace": ""}[attribute]
    return ""


def _align(name: str, value: str) -> str:
    if name in ("td", "th", "tr", "tbody", "thead", "tfoot", "col", "colgroup"):
        return ""
    if name in ("table", "hr"):
        return {"center": "margin-left:auto;margin-right:auto", "right": "margin-left:auto"}.get(value, "")
    if name == "img":
        return f"float:{value}" if value in ("left", "right") else f"vertical-align:{value}" if value.isalpha() else ""
    return f"text-align:{value}" if value in ("left", "right", "center", "justify") else ""


def _length(property_name: str, value: str) -> str:
    number = re.match(r"\d+(?:\.\d+)?", value)
    if not number or (float(number[0]) == 0 and property_name != "border-width"):
        return ""
    return f"{property_name}:{number[0]}{'%' if value.rstrip().endswith('%') else 'px'}"


def _font(attribute: str, value: str) -> str:
    if attribute == "size":
        step = re.fullmatch(r"([+-]?)(\d)", value)
        if not step:
            return ""
        number = int(step[2]) if not step[1] else 3 + int(step[1] + step[2])
        return f"font-size:{_SIZES[min(max(number, 1), 7) - 1]}"
    faces = re.sub(r"[^\w\s,'-]", "", value).replace("'", "")
    names = [f"'{face.strip()}'" if " " in face.strip() else face.strip() for face in faces.split(",")]
    return f"color:{_colour(value)}" if attribute == "color" else f"font-family:{','.join(filter(None, names))}"


def _colour(value: str) -> str:
    bare = re.sub(r"[^#\w]", "", value)
    return f"#{bare}" if re.fullmatch(r"[0-9A-Fa-f]{6}", bare) else bare or "inherit"
