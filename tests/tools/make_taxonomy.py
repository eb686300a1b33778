"""Makes ``schemas/taxonomy/labels.json``: concepts of the primary statements and the labels that filers print for them.

Not part of the package. Reads the label counts in ``../shared/labels`` (which label filers gave to which us-gaap
concept) and the hand-made tables in ``tests/tools/taxonomy``: ``renames.csv`` (deprecated to current names),
``additions.csv`` (concepts younger than the counts) and ``labels.csv`` (common labels that the counts lack). Run
from anywhere:

    python tests/tools/make_taxonomy.py            # rewrites the file
    python tests/tools/make_taxonomy.py --check    # exit 1 if it would change

What it keeps: names, period type, balance, kind of unit, statements and labels with counts. What it drops: labels of
fewer than two filings, labels with words that hardly any other filer uses (proper names), all else of a taxonomy.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TICKTIE_SHARED", ROOT / "../shared"))
OUTPUT = ROOT / "schemas/taxonomy/labels.json"
sys.path.insert(0, str(ROOT / "validator"))

from ticktie.map.words import normalise, plain, words_of  # noqa: E402

Keep = Callable[[str], bool]
PRIMARY = ("BS", "IS", "CF")
STATEMENT_CODE = {"BS": "b", "IS": "i", "CF": "c"}
OUTSIDE = "-"
MIN_CONCEPT_COUNT = 20
MIN_LABEL_COUNT = 2
MIN_OUTSIDE_COUNT = 6
MIN_SHARE = 0.03
MIN_WORD_COUNT = 6
MAX_LABEL_LENGTH = 110
#: Words that the sources never print in lower case and that are no names.
CAPITALISED = frozenset(
    re.findall(
        r"\w+",
        "eps espp esop gaap ppe oci aoci opeb sga federal pretax rent miscellaneous secured labor extraordinary"
        " personnel machinery finite incremental merger membership manufacturing subtotal store unallocated energy"
        " movement public recurring computer brand home",
    )
)
SKIPPED_CONCEPTS = re.compile(
    r"Abstract$|^StockIssuedDuringPeriod|^AdjustmentsToAdditionalPaidIn|^MinorityInterest(Decrease|Increase)|^DisposalGroup(?!.*GainLoss)"
    r"|^NoncashOrPart|^OtherComprehensiveIncome(?!Loss(NetOfTax|ForeignCurrencyTransactionAndTranslationAdjustmentNetOfTax)$)|^AssetManagement"
    r"|^Public|^Electric|^Gas[DGR]|^Oil|^Utilities|^Exploration|^DirectCosts|^Business(?!CombinationAcq)|^Commun|^CostOfPurchased"
)
FINANCING = re.compile(
    r"Debt|Stock|Dividend|Equity(?!Method)|Borrow|LinesOfCredit|LineOfCredit|MinorityShare|MinorityInterest|Financing|Notes|Shares|Overdraft|Preferred"
    r"|CapitalLease|FinanceLease|CommercialPaper|Deposits|Bank|Warrant|AdditionalInterest"
)
INVESTING = re.compile(
    r"PaymentsToAcquire|Investing|ProceedsFromSale|ProceedsFromMaturit|ProceedsFromDivest|PaymentsForProceedsFrom|Investments|RestrictedCash|Productive"
    r"|CapitalImprovement|AvailableForSale|MarketableSecurities|Collection|JointVenture|Affiliate|Software"
)
FINANCING_FIRST = re.compile(
    r"TreasuryStock|AdditionalInterestIn|IssuanceOrSaleOfEquity|IssuanceOf|Repurchase|ExcessTaxBenefit.*Financing|SaleOfStock|DividendsOrDistrib"
)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def table(name: str) -> list[dict[str, str]]:
    return list(rows(ROOT / "tests/tools/taxonomy" / name))


class Renaming:
    """Deprecated names to current ones; a label may keep its concept from being renamed."""

    def __init__(self) -> None:
        self.by_old = {
            r["old"]: (r["current"], re.compile(r["unless_label_matches"] or r"(?!)")) for r in table("renames.csv")
        }

    def __call__(self, concept: str, label: str) -> str:
        current, unless = self.by_old.get(concept, (concept, None))
        return concept if unless is not None and unless.search(label) else current


def usages(keep: Keep) -> Iterator[tuple[str, str, str, int]]:
    """``(statement, raw label, concept, count)`` of all sources; the younger source says no statement (empty)."""
    for r in rows(SHARED / "labels/fsds_filer_labels.csv"):
        if keep(r["filer_label"]):
            yield r["statement"], r["filer_label"].strip('"'), r["concept"], int(r["n_filings"])
    for r in rows(SHARED / "labels/us_gaap_labels_in_filings.csv"):
        if (
            r["n_filers"].isdigit()
            and r["label_role"].lower().endswith("label")
            and keep(r["label"])
            and int(r["n_filers"]) > 1
        ):
            yield (
                "",
                re.sub(r"\s*\[(?:Abstract|Member|Axis|Table|Line Items|Domain)\]", "", r["label"]),
                r["concept"],
                int(r["n_filers"]),
            )
    for r in table("labels.csv"):
        yield r["statement"], r["label"], r["concept"], int(r["count"])


def part(name: str, statements: list[str], period: str, balance: str) -> str:
    """The part of its statement that a concept belongs to; empty where it may stand in any."""
    if period == "instant" and "BS" in statements:
        return balance_sheet_part(name, balance)
    if statements[:1] == ["CF"]:
        return cash_flow_part(name)
    if re.search(r"^Revenue|^Sales|Revenues?(Net)?$|Revenue", name) and balance == "credit":
        return "revenues"
    return (
        "costs"
        if balance == "debit"
        and re.search(r"Expense|Cost|Charges|Depreciation|Amortization", name)
        and "Tax" not in name
        else ""
    )


def balance_sheet_part(name: str, balance: str) -> str:
    if re.search(
        r"^TreasuryStock|^UnearnedESOP|StockholdersEquity$|^Retained|PaidInCapital|^CommonStock|^PreferredStock|^AccumulatedOther|^Partners|StockholdersEquityIncl",
        name,
    ):
        return "equity" if not name.startswith("LiabilitiesAnd") else ""
    if re.search(r"^MinorityInterest|^Temporary|^Redeemable|^Commitments|^LiabilitiesAndStock", name) or not balance:
        return ""
    side = (
        "assets"
        if balance == "debit" or re.search(r"Allowance|AccumulatedDep|AccumulatedAmort", name)
        else "liabilities"
    )
    if re.search(r"CurrentAndNoncurrent$", name):
        return side
    ending = "noncurrent-" if name.endswith("Noncurrent") else "current-" if name.endswith("Current") else ""
    return ending + side


def cash_flow_part(name: str) -> str:
    if re.search(
        r"^(Interest|IncomeTaxes)Paid|^Cash|^EffectOf|^NetCash|^Capital(Lease|Expend)|^StockIssued|^Noncash|Assumed$|Acquired$",
        name,
    ):
        return (
            "investing"
            if "Investing" in name
            else "financing"
            if "Financing" in name
            else "operating"
            if "Operating" in name
            else ""
        )
    if FINANCING_FIRST.search(name):
        return "financing"
    if re.match(r"Payments|Proceeds|Repayments|ExcessTaxBenefit", name) or "RestrictedCash" in name:
        if "Operating" in name:
            return "operating"
        return "investing" if INVESTING.search(name) else "financing" if FINANCING.search(name) else ""
    return "financing" if re.search(r"IncreaseDecreaseInDeposits", name) else "operating"


def unit(name: str, balance: str) -> str:
    if re.search(r"PerShare|PerBasicShare|PerDilutedShare|PerOutstanding|PerUnit|EarningsPerShare", name):
        return "per-share"
    if not balance and re.search(r"Shares|Units(?!OfAcc)", name) and not re.search(r"Value|Amount", name):
        return "shares"
    return "percent" if re.search(r"Percent|Rate$", name) else "monetary"


def selected(counts: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """Concept rows ``[period, balance, unit, statements, part]`` by name: often used, not deprecated; additions."""
    chosen: dict[str, list[str]] = {}
    for r in rows(SHARED / "labels/us_gaap_standard_labels_2009.csv"):
        name, by_statement = r["concept"], counts.get(r["concept"], Counter())
        main = {s: n for s, n in by_statement.items() if s in PRIMARY}
        if (
            "Deprecated" in r["standard_label"]
            or SKIPPED_CONCEPTS.search(name)
            or sum(main.values()) < MIN_CONCEPT_COUNT
        ):
            continue
        statements = [s for s, n in sorted(main.items(), key=lambda x: (-x[1], x[0])) if n * 20 >= sum(main.values())]
        period = "instant" if r["instant_or_duration"] == "I" else "duration"
        balance = {"D": "debit", "C": "credit"}.get(r["credit_debit"], "")
        chosen[name] = [
            period,
            balance,
            unit(name, balance),
            " ".join(statements),
            part(name, statements, period, balance),
        ]
    for r in table("additions.csv"):
        chosen[r["name"]] = [r["period"], r["balance"], r["unit"], r["statements"], r["part"]]
    for name in {r["old"] for r in table("renames.csv") if not r["unless_label_matches"]}:
        chosen.pop(name, None)
    return dict(sorted(chosen.items()))


def common_words(labels: Counter[str], lower: set[str]) -> set[str]:
    """Words that several filings use and somebody writes without a capital; others are names or too rare."""
    words: Counter[str] = Counter()
    for label, count in labels.items():
        for word in set(label.split()):
            words[word] += count
    common = {word for word, count in words.items() if count >= MIN_WORD_COUNT and not word.isdigit()}
    return {word for word in common if word in lower or word in CAPITALISED or word.startswith("non")}


def short_label(name: str, printed: Counter[str]) -> str:
    """The commonest printed label of a concept in sentence case, else its name in words."""
    if printed:
        best = min(printed, key=lambda x: (-printed[x], x))
        return best[:1].upper() + best[1:].lower()
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return text[:1].upper() + text[1:]


def build(keep: Keep = lambda label: True) -> dict[str, object]:
    """The content of the file; ``keep`` says which raw labels of the sources may be used (all but a held-out part)."""
    rename = Renaming()
    uses: dict[tuple[str, str, str], int] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    labels: Counter[str] = Counter()
    lower: set[str] = set()
    for statement, raw, old, count in usages(keep):
        label = normalise(raw)
        concept = rename(old, label)
        counts[concept][statement] += count
        labels[label] += count
        lower.update(w for w in words_of(" ".join(re.findall(r"(?<![\w'])[a-z]{2,}(?![\w])", raw))) if count > 1)
        uses[label, concept, statement] += count
        if statement in ("", *PRIMARY) and len(raw) < 60 and not re.search(r"\d", raw):
            printed[concept][raw.lower()] += count
    concepts = selected(counts)
    known = common_words(labels, lower)
    order = {name: number for number, name in enumerate(concepts)}
    kept = kept_labels(uses, concepts, known)
    in_labels = {word for label in kept for word in label.split()}
    return {
        "words": " ".join(sorted(known - in_labels)),
        "concepts": [[name, *row, short_label(name, safe(printed[name], known))] for name, row in concepts.items()],
        "labels": {label: " ".join(entry(order, use) for use in found) for label, found in sorted(kept.items())},
    }


def safe(printed: Counter[str], known: set[str]) -> Counter[str]:
    return Counter({raw: n for raw, n in printed.items() if n > 2 and set(words_of(plain(raw))) <= known})


def entry(order: dict[str, int], use: tuple[str, str, int]) -> str:
    concept, code, count = use
    return f"{order[concept] if concept != OUTSIDE else OUTSIDE}{code}{count}"


def kept_labels(
    uses: dict[tuple[str, str, str], int], concepts: dict[str, list[str]], known: set[str]
) -> dict[str, list[tuple[str, str, int]]]:
    """Uses ``(concept or OUTSIDE, statement code, count)`` by normalised label, most first; rare ones left out."""
    grouped: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for (label, concept, statement), count in uses.items():
        if concept in concepts:  # the younger source says no statement: take the main one
            statement = statement or concepts[concept][3].split()[0]
        elif not statement:
            continue
        grouped[label][concept if concept in concepts else OUTSIDE, STATEMENT_CODE.get(statement, "o")] += count
    result = {}
    for label, by_use in grouped.items():
        total = sum(by_use.values())
        found = [(c, s, n) for (c, s), n in by_use.items() if n >= max(MIN_SHARE * total, 2)]
        if total < MIN_LABEL_COUNT or not label or len(label) > MAX_LABEL_LENGTH or not set(label.split()) <= known:
            continue
        if any(c != OUTSIDE for c, _, _ in found) or any(n >= MIN_OUTSIDE_COUNT and s in "bic" for _, s, n in found):
            result[label] = sorted(found, key=lambda u: (-u[2], u[0], u[1]))
    return result


def text(content: dict[str, object]) -> str:
    """JSON with one concept or label on a line."""
    concepts, labels, words = content["concepts"], content["labels"], content["words"]
    assert isinstance(concepts, list) and isinstance(labels, dict)
    concept_lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in concepts)
    label_lines = ",\n".join(f"{json.dumps(label)}:{json.dumps(uses)}" for label, uses in labels.items())
    return f'{{"words":{json.dumps(words)},\n"concepts":[\n{concept_lines}\n],\n"labels":{{\n{label_lines}\n}}}}\n'


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether the file is up to date")
    made = text(build())
    if parser.parse_args().check:
        return 0 if OUTPUT.read_text(encoding="utf-8") == made else 1
    OUTPUT.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
