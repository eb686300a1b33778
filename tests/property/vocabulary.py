"""Words of the generator: line items of many industries, with the phrase a text uses and the concepts that fit.

An item is (labels that a table may print, phrase of the text, us-gaap local names that a reader may give it).
Everything here is invented or standard accounting wording.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One line item: printed labels, the noun phrase of the text (plural takes "were"), acceptable concepts."""

    labels: tuple[str, ...]
    phrase: str
    concepts: tuple[str, ...] = ()
    weight: float = 1.0
    plural: bool = False
    negative: str = ""


def item(labels: str, phrase: str, concepts: str = "", weight: float = 1.0, negative: str = "") -> Item:
    """An item from ``|``-separated labels and blank-separated concepts."""
    plural = phrase.split(" and ")[-1].split(" of ")[0].endswith("s") or " expenses" in phrase
    return Item(tuple(labels.split("|")), phrase, tuple(concepts.split()), weight, plural, negative)


REVENUE_TOTAL = (
    "Revenues RevenueFromContractWithCustomerExcludingAssessedTax RevenueFromContractWithCustomerIncludingAssessedTax "
    "SalesRevenueNet SalesRevenueGoodsNet SalesRevenueServicesNet RevenuesNetOfInterestExpense"
)
COST = (
    "CostOfRevenue CostOfGoodsAndServicesSold CostOfGoodsSold CostOfServices "
    "CostOfGoodsAndServicesSoldExcludingDepreciationDepletionAndAmortization"
)
RND = (
    "ResearchAndDevelopmentExpense ResearchAndDevelopmentExpenseExcludingAcquiredInProcessCost "
    "ResearchAndDevelopmentExpenseSoftwareExcludingAcquiredInProcessCost"
)

REVENUES: dict[str, tuple[Item, ...]] = {
    "biotech": (
        item(
            "Collaborative research|Collaboration revenue|Contract research and development",
            "collaborative research funding",
        ),
        item("Milestone payments|Milestones and option fees", "milestone payments"),
        item("Royalties|Royalty revenue", "royalties", "RoyaltyRevenue RevenueFromRoyalties", 0.6),
        item("Product sales|Net product sales", "product sales", "SalesRevenueGoodsNet", 0.6),
        item("Government grants|Grant revenue", "government grants", "RevenueFromGrants RevenuesFromGrants", 0.2),
        item("Contract manufacturing|Manufacturing services", "contract manufacturing revenue", "", 0.4),
    ),
    "software": (
        item("Software licenses|License|License fees", "software license revenue", "LicensesRevenue"),
        item(
            "Maintenance and support|Support and maintenance", "maintenance and support revenue", "MaintenanceRevenue"
        ),
        item("Subscriptions|Subscription and hosting", "subscription revenue", "SubscriptionRevenue", 0.7),
        item("Professional services|Consulting and training", "professional services revenue", "", 0.8),
    ),
    "semiconductor": (
        item("Product revenue|Integrated circuits", "product revenue"),
        item("Technology licensing|Intellectual property licensing", "technology licensing revenue"),
        item("Engineering services|Design services", "engineering services revenue", "", 0.5),
        item("Royalties|Royalty income", "royalties", "RoyaltyRevenue", 0.5),
    ),
    "retail": (
        item("Retail stores|Store sales|Company-operated stores", "store sales"),
        item("Direct-to-consumer|Internet and catalog", "internet and catalog sales"),
        item("Wholesale|Wholesale and other", "wholesale sales", "", 0.6),
        item("Franchise royalties and fees", "franchise royalties and fees", "FranchiseRevenue", 0.4),
    ),
    "manufacturing": (
        item("Equipment sales|Systems|Equipment", "equipment sales"),
        item("Parts and service|Service and parts", "parts and service revenue"),
        item("Rental income|Equipment rentals", "rental income", "", 0.4),
        item("Consumables|Supplies and consumables", "consumables revenue", "", 0.4),
    ),
    "services": (
        item("Consulting fees|Advisory fees", "consulting fees"),
        item("Staffing services|Temporary staffing", "staffing revenue"),
        item("Management fees|Property management", "management fees", "ManagementFeesRevenue", 0.6),
        item("Reimbursable expenses|Client reimbursements", "client reimbursements", "", 0.4),
    ),
}
REVENUE_TOTALS: dict[str, Item] = {
    "biotech": item("Total revenues|Total revenue", "revenues", REVENUE_TOTAL),
    "software": item("Total revenues|Total revenue|Total net revenues", "total revenues", REVENUE_TOTAL),
    "semiconductor": item("Total net revenues|Total revenues|Net revenues", "net revenues", REVENUE_TOTAL),
    "retail": item("Total net sales|Net sales|Total sales", "net sales", REVENUE_TOTAL),
    "manufacturing": item("Total net sales|Net sales|Total revenues", "net sales", REVENUE_TOTAL),
    "services": item("Total revenues|Revenues|Total service revenues", "revenues", REVENUE_TOTAL),
}
SINGLE_REVENUES: dict[str, Item] = {
    "biotech": item("Revenues|Contract revenues|Revenue", "revenues", REVENUE_TOTAL),
    "software": item("Revenues|Net revenues|Revenue", "revenues", REVENUE_TOTAL),
    "semiconductor": item("Net revenues|Net sales|Revenue", "net revenues", REVENUE_TOTAL),
    "retail": item("Net sales|Sales|Net revenue", "net sales", REVENUE_TOTAL),
    "manufacturing": item("Net sales|Sales|Revenues", "net sales", REVENUE_TOTAL),
    "services": item("Revenues|Service revenues|Revenue", "revenues", REVENUE_TOTAL),
}
COSTS: dict[str, Item] = {
    "biotech": item("Cost of product sales|Cost of goods sold", "cost of product sales", COST),
    "software": item("Cost of revenues|Cost of revenue", "cost of revenues", COST),
    "semiconductor": item("Cost of revenues|Cost of sales|Cost of goods sold", "cost of revenues", COST),
    "retail": item("Cost of sales|Cost of goods sold|Cost of goods sold, buying and occupancy", "cost of sales", COST),
    "manufacturing": item("Cost of sales|Cost of products sold|Cost of goods sold", "cost of sales", COST),
    "services": item("Cost of services|Direct costs of services", "cost of services", COST),
}
GROSS = item("Gross profit|Gross margin", "gross profit", "GrossProfit", negative="gross loss")
SELLING = item(
    "Sales and marketing|Selling and marketing|Marketing and selling",
    "sales and marketing expenses",
    "SellingAndMarketingExpense",
)
GENERAL = item("General and administrative", "general and administrative expenses", "GeneralAndAdministrativeExpense")
SGA = item(
    "Selling, general and administrative|Selling, general and administrative expenses",
    "selling, general and administrative expenses",
    "SellingGeneralAndAdministrativeExpense",
)
RESEARCH = item("Research and development", "research and development expenses", RND)
ENGINEERING = item(
    "Product development|Engineering and product development",
    "product development expenses",
    RND + " OtherResearchAndDevelopmentExpense",
)
AMORTIZATION = item(
    "Amortization of intangible assets|Amortization of acquired intangibles",
    "amortization of intangible assets",
    "AmortizationOfIntangibleAssets",
)
DEPRECIATION = item(
    "Depreciation and amortization",
    "depreciation and amortization",
    "DepreciationDepletionAndAmortization DepreciationAndAmortization DepreciationAmortizationAndAccretionNet",
)
RESTRUCTURING = item(
    "Restructuring charges|Restructuring and other charges",
    "restructuring charges",
    "RestructuringCharges RestructuringSettlementAndImpairmentProvisions RestructuringCostsAndAssetImpairmentCharges",
)
EXPENSES: dict[str, tuple[Item, ...]] = {
    "biotech": (RESEARCH, GENERAL, RESTRUCTURING),
    "software": (RESEARCH, SELLING, GENERAL, AMORTIZATION, RESTRUCTURING),
    "semiconductor": (RESEARCH, SGA, AMORTIZATION, RESTRUCTURING),
    "retail": (
        SGA,
        item("Store pre-opening costs|Pre-opening expenses", "pre-opening expenses", "PreOpeningCosts"),
        DEPRECIATION,
    ),
    "manufacturing": (SGA, ENGINEERING, AMORTIZATION, RESTRUCTURING),
    "services": (
        item(
            "Compensation and benefits|Salaries and related costs",
            "compensation and benefits",
            "LaborAndRelatedExpense SalariesWagesAndOfficersCompensation",
        ),
        item("Occupancy|Rent and occupancy", "occupancy costs", "OccupancyNet"),
        GENERAL,
        DEPRECIATION,
    ),
}
EXPENSE_TOTALS = {
    False: item(
        "Total operating expenses|Total expenses",
        "operating expenses",
        "OperatingExpenses CostsAndExpenses NoninterestExpense",
    ),
    True: item(
        "Total costs and expenses|Total operating costs and expenses",
        "total costs and expenses",
        "CostsAndExpenses OperatingExpenses BenefitsLossesAndExpenses",
    ),
}
OTHER_NET = item(
    "Other income (expense), net|Interest and other income (expense), net|Other, net",
    "other income, net",
    "OtherNonoperatingIncomeExpense NonoperatingIncomeExpense "
    "InvestmentIncomeInterestAndDividend InvestmentIncomeNet InterestAndOtherIncome "
    "OtherNonoperatingIncome InterestIncomeExpenseNet InterestIncomeExpenseNonoperatingNet",
    negative="other expense, net",
)
OTHER_INCOME = item(
    "Other income, net|Interest and other income, net|Interest income, net",
    "other income, net",
    " ".join(OTHER_NET.concepts),
)
INTEREST_INCOME = item(
    "Interest income|Investment income|Interest and dividend income",
    "interest income",
    "InvestmentIncomeInterest InvestmentIncomeInterestAndDividend "
    "InvestmentIncomeNet InterestIncomeOther InterestAndOtherIncome",
)
INTEREST_EXPENSE = item(
    "Interest expense", "interest expense", "InterestExpense InterestExpenseDebt InterestExpenseNonoperating"
)
EXCHANGE = item(
    "Foreign exchange gain (loss)|Foreign currency gains (losses)",
    "foreign exchange results",
    "ForeignCurrencyTransactionGainLossBeforeTax",
)
OTHER_TOTAL = item(
    "Total other income (expense), net|Total other income (expense)",
    "other income, net",
    "NonoperatingIncomeExpense OtherNonoperatingIncomeExpense",
    negative="other expense, net",
)
GAIN = item(
    "Gain on sale of building|Gain on disposal of product line",
    "gain on sale of assets",
    "GainLossOnDispositionOfAssets GainLossOnSaleOfPropertyPlantEquipment GainLossOnDispositionOfAssets1 "
    "GainLossOnSaleOfBusiness",
)
MINORITY = item(
    "Minority interest|Minority interest in income of subsidiary",
    "minority interest",
    "MinorityInterestInNetIncomeLossOfConsolidatedEntities NetIncomeLossAttributableToNoncontrollingInterest "
    "IncomeLossAttributableToNoncontrollingInterest",
)

EPS_CONCEPTS = {
    "both": "EarningsPerShareBasicAndDiluted EarningsPerShareBasic "
    "EarningsPerShareDiluted IncomeLossFromContinuingOperationsPerBasicAndDilutedShare",
    "basic": "EarningsPerShareBasic IncomeLossFromContinuingOperationsPerBasicShare",
    "diluted": "EarningsPerShareDiluted IncomeLossFromContinuingOperationsPerDilutedShare",
}
SHARE_CONCEPTS = {
    "both": "WeightedAverageNumberOfShareOutstandingBasicAndDiluted "
    "WeightedAverageNumberOfSharesOutstandingBasicAndDiluted "
    "WeightedAverageNumberOfSharesOutstandingBasic WeightedAverageNumberOfDilutedSharesOutstanding",
    "basic": "WeightedAverageNumberOfSharesOutstandingBasic",
    "diluted": "WeightedAverageNumberOfDilutedSharesOutstanding",
}

SYLLABLES = (
    "cal",
    "ver",
    "mon",
    "tel",
    "arb",
    "ox",
    "lin",
    "dor",
    "sel",
    "ki",
    "ram",
    "pel",
    "nor",
    "tri",
    "gan",
    "ves",
    "ul",
    "bex",
    "har",
    "zo",
)
ENDINGS = {
    "biotech": ("Therapeutics", "Biosciences", "Pharma", "Genetics"),
    "software": ("Software", "Systems", "Networks", "Technologies"),
    "semiconductor": ("Semiconductor", "Microsystems", "Devices", "Photonics"),
    "retail": ("Stores", "Outfitters", "Home Goods", "Brands"),
    "manufacturing": ("Industries", "Instruments", "Manufacturing", "Products"),
    "services": ("Consulting Group", "Services", "Staffing", "Partners"),
}
PEOPLE = (
    "Ada Morrow",
    "Peter Lindqvist",
    "Joan Tallis",
    "Samuel Okoye",
    "Ruth Castellan",
    "Victor Brandt",
    "Helen Marsh",
    "Owen Takeda",
)
TOWNS = (
    "Worcester, MA",
    "Boulder, CO",
    "San Jose, CA",
    "Dayton, OH",
    "Austin, TX",
    "Portland, OR",
    "Albany, NY",
    "Tampa, FL",
)
