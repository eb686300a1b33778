"""The clauses of a sentence: where a comparison begins, and the noun phrases that name a number.

Everything here works on a sentence in which periods are masked by ``§`` and numbers by ``#``, offset for offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

PERIOD, AMOUNT = "§", "#"

_COMPARISON = re.compile(
    r"(?:,\s)?(?:\band\s)?(?:\bas\s)?\b(?:compared?s?(?:\sfavorably)?\s(?:to|with)|in\scomparison\s(?:to|with)|versus|vs\.?|(?:as\s)?against"
    r"|(?:up|down)\sfrom|from)\b(?=\s)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"from\s(?:approximately\s|about\s|an?\s|net\s|comparable\s|(?:[a-z]+\s){0,4}of\s)?$|from\s", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:was|were|is|are|been|be|total(?:l?ed|ing|s)|reach(?:ed|ing|es)|(?:in|de)creas(?:ed|es|ing)|rose|fell|gr[eo]w|declin(?:ed|es|ing)"
    r"|dropped|improved|amount(?:ed|s|ing)|report(?:ed|s|ing)|recorded|recording|had|has|have|having|posted|incurr(?:ed|ing)|recogni[sz](?:ed|ing)"
    r"|includ(?:e|es|ed)|earned|generat(?:ed|ing)|realiz(?:ed|ing)|represent(?:s|ed|ing)?|received|achieved|remain(?:s|ed)|expects?"
    r"|came|stood|contributed|accounted|accounts\sfor|compris(?:ed|es)|paid|announced|delivered|produced|experienced|closed|climbed|jumped"
    r"|slipped|narrowed|widened|triggering|entitling|resulting|reflecting|reduced|reducing|raised|lowered|bringing|anticipat(?:es?|ed)"
    r"|estimat(?:es?|ed)|project(?:s|ed)|forecasts?|target(?:s|ed)|took|drew|repurchased|invested|spent|borrowed|repaid|declared|exceed(?:s|ed)"
    r"|averag(?:ed|es)|compar(?:es?|ed|ing)|shipped|sold|operat(?:es|ed)|charged|wrote|will|would|could|should|can|may)\b",
    re.IGNORECASE,
)
_INCLUDING = re.compile(r"\b(?:includ(?:e|es|ed|ing)|contain(?:s|ed)|comprised|consisted)\b", re.IGNORECASE)
_INCLUDED_IN = re.compile(
    r"\bincluded\s(?:in|within)\s(?P<whole>[^.;:#]{2,120}?)\s(?:was|were|is|are)\b", re.IGNORECASE
)
_EDGE = re.compile(
    r"[;:.#()“”\"—–]|\s-{1,2}\s|\bthat\b|\bwhich\b|,\s(?:and|but|while|with|or|a|an|is|are)\b|[§#],?\s(?:and|or|but|while)\b"
)
_INTERIOR = re.compile(
    r",?\s(?:consisting|including|excluding|comprising|which|who|that|primarily|mainly|largely|due\sto|because|as\sa\sresult|while|when"
    r"|net\sof|despite|before\sthe)\b.*$|[§]+.*$",
    re.IGNORECASE | re.DOTALL,
)
_LEADING = re.compile(
    r"^(?:[\s,.•·*“”\"'-]+|(?:the|a|an|its|our|their|this|these|those|also|while|whereas|additionally|and|or|but|however|for|in|during|as|at|of|on|by|to|up|down"
    r"|with|further|both|approximately|about|another|primarily|another|over|a\stotal|such|same|total\sof|not|result|versus|from|than|per"
    r"|[A-Z][\w.&-]{1,24}['’]s|company['’]s|bank['’]s|quarter['’]s|year['’]s|§+['’]s|§+|reported|strong|solid|record)(?=[\s,]|$)\s?)+",
    re.IGNORECASE,
)
#: Words that end a lead and name nothing.
_FILLERS = frozenset(
    {
        "of", "to", "by", "at", "from", "approximately", "about", "nearly", "over", "a", "an", "the", "only", "up",
        "down", "or", "and", "with", "another", "for", "in", "during", "as", "between", "than", "more", "less",
        "relatively", "essentially", "virtually", "unchanged", "flat", "also", "attributable", "primarily",
        "potentially", "all", "some", "around", "within", "range", "on", "currently", "its", "their", "our",
        "slightly", "sharply", "significantly", "respectively", "per", "further", "still", "additional", "roughly",
        "almost", "equal", "just", "even", "were", "was", "not", "while",
    }
)  # fmt: skip
#: Words that stand for what was named before.
_ANAPHORS = frozenset({"balance", "figure", "amount", "result", "number", "total", "figures", "amounts"})
_CHANGE_NOUN = re.compile(
    r"(?:^|\s)(?:year-over-year\s|sequential\s)?(?:increases?|decreases?|declines?|growth|rise|improvements?|reductions?|drop)$",
    re.IGNORECASE,
)
_BASIS = re.compile(r"\son\s(?:an?|the)\s[^,]{3,40}\sbasis$", re.IGNORECASE)
_AFTER = re.compile(
    r"^,?\s?(?P<prep>of|in|for|from|on|related\sto|attributable\sto|worth\sof)\s(?P<rest>[^#]*)", re.IGNORECASE
)
_STOP = (
    r"and|or|nor|but|for|in|on|at|to|from|compared|versus|per|as|an|a|the|up|down|due|with|during|respectively|over|of|by|while|which|was|were"
    r"|is|are|than|below|above|higher|more|less|after|before|through|when|since|primarily|also|including|excluding|this|that|last|its"
    r"|basic|diluted|between|each|if|vs|remain|range|plus|annually|will|would|may|so|under|into|both|it|we|had|has|have|lower|better|worse"
)
_NOUN = re.compile(rf"^\s(?!(?:{_STOP})\b)(?P<rest>[A-Za-z][^#]*)", re.IGNORECASE)
_CUT = re.compile(
    r"[§#;:.()“”\"]|,(?!\snet\b)|\s[-–—]|\s(?:and|or)\s(?=[§#]|an?\s#|was|were|\$)"
    r"|\s(?:compared|versus|as|due|primarily|driven|which|that|when|while|with|by|respectively|earned|recogni[sz]ed|received|resulting|reflecting"
    r"|than|because|pursuant|during|was|were|is|are|had|has|have|after|before|since|but|included|recorded|incurred|generated|will|would|paid|at)\b",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r"\s(?:from|related\sto|relating\sto|attributable\sto|associated\swith|in\sconnection|resulting|on\sthe|previously|under|generated|held)\b.*$",
    re.IGNORECASE,
)
#: "Other income, net, consisting of A and B, was": what stands between the commas.
_APPOSITION = re.compile(
    r",\s(?:consisting|comprising|comprised|including|excluding|which|net\sof)\b[^#§;]{1,300}?,\s(?=(?:was|were|is|are|totaled)\b)",
    re.IGNORECASE,
)
#: "Excluding this charge, ".
_OPENING = re.compile(
    r"^\W{0,4}(?:(?:excluding|including|adjusted\sfor|adjusting\sfor|before|after|without|as\sa\sresult|in\s(?:conjunction|connection)\swith)"
    r"\b[^,#]{0,120}|in\saddition|furthermore|moreover|meanwhile|finally|overall),\s",
    re.IGNORECASE,
)
#: What may still belong to the number before: "of net loans", "per diluted share".
_ECHO = re.compile(r"^\s(?:of|in|on|per)\s[^,;§#]*", re.IGNORECASE)
_ACRONYM = re.compile(r"\s?\([A-Z][A-Za-z]{1,7}\)")
_RESPECTIVELY = re.compile(r"^,?\srespectively,?(?=\s(?:of|in|for)\s)", re.IGNORECASE)
_WORDS = 14


class Group(Struct, frozen=True):
    """A stretch of a sentence that speaks of one period: the statement itself, or what it is compared with.

    ``words`` is where it goes on after "compared with".
    """

    start: int
    end: int
    comparison: bool
    words: int = 0


class Phrases(Struct, frozen=True):
    """What may name a number: the phrase after it, the one before it, and the whole it is said to be included in.

    ``included`` says that the words make the number a part ("revenues include # of ...").
    """

    after: str = ""
    before: str = ""
    whole: str = ""
    included: bool = False


def masked(text: str, periods: Iterable[tuple[int, int]], amounts: Iterable[tuple[int, int]]) -> str:
    """``text`` with periods and amounts masked, every offset kept."""
    pieces = list(text)
    for mark, spans in ((PERIOD, periods), (AMOUNT, amounts)):
        for start, end in spans:
            pieces[start:end] = mark * (end - start)
    return "".join(pieces)


def groups(text: str) -> tuple[Group, ...]:
    """The groups of a masked sentence, in order; "from # to #" makes the first amount the comparison."""
    cuts = [(match.start(), match.end()) for match in _COMPARISON.finditer(text) if _opens_comparison(text, match)]
    if not cuts:
        return (Group(0, len(text), False),)
    found = [Group(0, cuts[0][0], False)] if cuts[0][0] > 0 else []
    for index, (start, end) in enumerate(cuts):
        limit = cuts[index + 1][0] if index + 1 < len(cuts) else len(text)
        back = _RETURN.search(text, end, limit) if _is_from(text, start, end) else None
        if back and not (index and found[0].end > start):
            found += [Group(start, back.start(), True, end), Group(back.start(), limit, False, back.end())]
        else:
            found += _with_new_statement(text, Group(start, limit, True, end))
    return tuple(found)


def _with_new_statement(text: str, group: Group) -> list[Group]:
    """A comparison, and the statement that may follow it ("compared with # in §, while income rose to #")."""
    if AMOUNT not in text[group.words : group.end]:
        return [group]
    for match in _CONNECTOR.finditer(text, group.words, group.end):
        stretch = _TO_AMOUNT.match(text, match.end(), group.end)
        if stretch and (has_verb(stretch[0]) or _names_another(text, group, match, stretch)):
            return [
                Group(group.start, match.start(), True, group.words),
                Group(match.start(), group.end, False, match.end()),
            ]
    return [group]


def _names_another(text: str, group: Group, connector: re.Match[str], stretch: re.Match[str]) -> bool:
    """Whether a figure with a name of its own follows the compared one and its period ("# in §, and fees of #")."""
    if PERIOD not in text[group.words : connector.start()]:
        return False
    return bool(_NAME_OF.fullmatch(stretch[0]) or _OF_NAME.match(text, stretch.end() - 1, group.end))


_NAME_OF = re.compile(r"[^#;§]{3,80}\sof\s(?:approximately\s|about\s)?#", re.IGNORECASE)
_OF_NAME = re.compile(r"(?<=and\s)#{1,40}\sof\s[a-z]", re.IGNORECASE)
_CONNECTOR = re.compile(r"\b(?:and|but|while|whereas)\s|;\s|,\s(?=consolidated\s|net\s)", re.IGNORECASE)
_TO_AMOUNT = re.compile(r"[^#;]{0,160}#")


_RETURN = re.compile(r"\sto\s(?:approximately\s|about\s|a\s|an\s|(?:[a-z]+\s){0,3}of\s)?(?=#)", re.IGNORECASE)
_FROM_AMOUNT = re.compile(r"\s(?:approximately\s|about\s|an?\s|(?:[a-z]+\s){0,5}of\s)?#", re.IGNORECASE)


def _is_from(text: str, start: int, end: int) -> bool:
    return text[start:end].lower().endswith("from")


def _opens_comparison(text: str, match: re.Match[str]) -> bool:
    """Whether comparison words have a figure after them; "from" needs it at once ("from # a year ago")."""
    if _is_from(text, match.start(), match.end()):
        return _FROM_AMOUNT.match(text, match.end()) is not None
    return AMOUNT in text[match.end() :]


def phrases(text: str, start: int, lead_start: int, end: int, trail_end: int) -> Phrases:
    """The phrases that name the number at ``[start, end)`` of a masked sentence, between its neighbours."""
    lead, trail = text[lead_start:start], text[end:trail_end]
    whole = _whole(lead)
    before = noun_before(lead)
    if whole and (before == whole or before.lower().startswith("included")):
        before = ""
    return Phrases(noun_after(trail), before, whole, bool(whole) or _is_included(lead))


def _whole(lead: str) -> str:
    """What the lead says the number is included in: "Included in X was", "X include"."""
    match = _INCLUDED_IN.search(lead)
    if match:
        return clean(match["whole"])
    verbs = list(_INCLUDING.finditer(lead))
    return noun_before(lead[: verbs[-1].start()]) if verbs else ""


def _is_included(lead: str) -> bool:
    return _INCLUDING.search(lead) is not None


def noun_before(lead: str) -> str:
    """The noun phrase that a lead ends with ("reported a net loss of": net loss; "Revenues were": Revenues)."""
    lead = _APPOSITION.sub(" ", _OPENING.sub("", _ACRONYM.sub("", _without_echo(lead))))
    edges = [match.end() for match in _EDGE.finditer(lead)]
    for start in [*reversed(edges[-3:]), 0]:
        for part in reversed(_VERB.split(lead[start:])):
            phrase = clean(part)
            if phrase:
                return phrase
    return ""


def _without_echo(lead: str) -> str:
    """A lead without what still belongs to the number before it ("# of net loans and #")."""
    match = _ECHO.match(lead)
    if not match:
        return lead
    rest = lead[match.end() :]
    joint = match[0].rfind(" and ")
    own = match[0][joint:] + rest if joint >= 0 else ""
    if _VERB.search(match[0]) or (not rest.strip() and own.rstrip().endswith(" of")):
        return own or lead
    return rest


def clean(part: str) -> str:
    """A phrase without articles, fillers, owners, periods and what follows "consisting of" and its kin."""
    phrase = _LEADING.sub("", part)
    phrase = _INTERIOR.sub("", phrase)
    phrase = _without_tail(_LEADING.sub("", phrase))
    phrase = _without_tail(_CHANGE_NOUN.sub("", _BASIS.sub("", phrase)))
    named = any(letter.isalpha() for letter in phrase) and phrase.lower() not in _ANAPHORS
    return phrase.replace(PERIOD, "").strip(" ,") if named else ""


def _without_tail(phrase: str) -> str:
    """A phrase without the fillers and masks at its end."""
    words = phrase.split()
    while words and (words[-1].strip(" ,.:()“”\"'-§+") == "" or words[-1].lower().strip(",.(") in _FILLERS):
        words.pop()
    return " ".join(words).rstrip(" ,.:(“”\"'-§")


def noun_after(trail: str) -> str:
    """The noun phrase after a number, after a preposition or directly ("# of license fees", "# upfront payment")."""
    trail = _ACRONYM.sub("", _RESPECTIVELY.sub("", trail))
    match = _AFTER.match(trail) or _NOUN.match(trail)
    if not match:
        return ""
    rest = match["rest"]
    cut = _CUT.search(" " + rest)
    phrase = rest[: max(cut.start() - 1, 0)] if cut else rest
    return clean(" ".join(phrase.split()[:_WORDS]))


def has_verb(text: str) -> bool:
    """Whether a clause begins or goes on in ``text``."""
    return _VERB.search(text) is not None


def head(phrase: str) -> str:
    """A phrase without its qualifier ("revenue from the sale of X": revenue)."""
    return _QUALIFIER.sub("", phrase).strip()
