"""Line items of balance sheets: labels, phrases and acceptable concepts by key."""

from __future__ import annotations

from tests.property.vocabulary import item

BALANCE = {
    "cash": item(
        "Cash and cash equivalents",
        "cash and cash equivalents",
        "CashAndCashEquivalentsAtCarryingValue CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents Cash",
    ),
    "cash_investments": item(
        "Cash, cash equivalents and short-term investments|Cash and investments|Cash and short-term investments",
        "cash and investments",
        "CashCashEquivalentsAndShortTermInvestments CashCashEquivalentsAndMarketableSecurities",
    ),
    "investments": item(
        "Short-term investments|Marketable securities|Available-for-sale securities",
        "short-term investments",
        "ShortTermInvestments MarketableSecuritiesCurrent "
        "AvailableForSaleSecuritiesCurrent AvailableForSaleSecuritiesDebtSecuritiesCurrent",
    ),
    "receivables": item(
        "Accounts receivable, net|Trade receivables, net|Accounts receivable",
        "accounts receivable",
        "AccountsReceivableNetCurrent ReceivablesNetCurrent",
    ),
    "inventory": item("Inventories|Inventories, net|Merchandise inventories", "inventories", "InventoryNet"),
    "prepaid": item(
        "Prepaid expenses and other current assets|Prepaid expenses and other|Other current assets",
        "prepaid expenses and other current assets",
        "PrepaidExpenseAndOtherAssetsCurrent OtherAssetsCurrent PrepaidExpenseCurrent",
    ),
    "deferred_tax": item(
        "Deferred income taxes|Deferred tax assets",
        "deferred income taxes",
        "DeferredTaxAssetsNetCurrent DeferredIncomeTaxAssetsNet "
        "DeferredTaxAssetsNet DeferredTaxAssetsLiabilitiesNetCurrent",
    ),
    "current_assets": item("Total current assets", "current assets", "AssetsCurrent"),
    "property": item(
        "Property and equipment, net|Property, plant and equipment, net",
        "property and equipment",
        "PropertyPlantAndEquipmentNet",
    ),
    "goodwill": item("Goodwill", "goodwill", "Goodwill"),
    "intangibles": item(
        "Intangible assets, net|Other intangible assets, net",
        "intangible assets",
        "IntangibleAssetsNetExcludingGoodwill FiniteLivedIntangibleAssetsNet OtherIntangibleAssetsNet",
    ),
    "other_assets": item(
        "Other assets|Other long-term assets|Deposits and other assets",
        "other assets",
        "OtherAssetsNoncurrent OtherAssets DepositsAssetsNoncurrent",
    ),
    "assets": item("Total assets", "total assets", "Assets"),
    "payables": item(
        "Accounts payable|Trade accounts payable",
        "accounts payable",
        "AccountsPayableCurrent AccountsPayableTradeCurrent",
    ),
    "accrued": item(
        "Accrued liabilities|Accrued expenses|Accrued compensation and other liabilities",
        "accrued liabilities",
        "AccruedLiabilitiesCurrent EmployeeRelatedLiabilitiesCurrent",
    ),
    "deferred_revenue": item(
        "Deferred revenue|Unearned revenue|Customer deposits",
        "deferred revenue",
        "DeferredRevenueCurrent ContractWithCustomerLiabilityCurrent CustomerDepositsCurrent DeferredRevenue",
    ),
    "current_debt": item(
        "Current portion of long-term debt|Current maturities of long-term debt",
        "current portion of long-term debt",
        "LongTermDebtCurrent DebtCurrent LongTermDebtAndCapitalLeaseObligationsCurrent",
    ),
    "current_liabilities": item(
        "Total current liabilities|Current liabilities", "current liabilities", "LiabilitiesCurrent"
    ),
    "debt": item(
        "Long-term debt, less current portion|Long-term debt|Notes payable, long-term",
        "long-term debt",
        "LongTermDebtNoncurrent LongTermDebt LongTermDebtAndCapitalLeaseObligations LongTermNotesPayable",
    ),
    "other_liabilities": item(
        "Other long-term liabilities|Other liabilities|Long-term liabilities",
        "other long-term liabilities",
        "OtherLiabilitiesNoncurrent OtherLiabilities LiabilitiesNoncurrent",
    ),
    "liabilities": item("Total liabilities", "total liabilities", "Liabilities"),
    "stock": item(
        "Common stock|Common stock, $0.01 par value|Common stock, par value",
        "common stock",
        "CommonStockValue CommonStocksIncludingAdditionalPaidInCapital",
    ),
    "paid_in": item(
        "Additional paid-in capital|Capital in excess of par value",
        "additional paid-in capital",
        "AdditionalPaidInCapital AdditionalPaidInCapitalCommonStock",
    ),
    "comprehensive": item(
        "Accumulated other comprehensive income (loss)",
        "accumulated other comprehensive income",
        "AccumulatedOtherComprehensiveIncomeLossNetOfTax",
    ),
    "retained": item(
        "Retained earnings|Accumulated earnings", "retained earnings", "RetainedEarningsAccumulatedDeficit"
    ),
    "deficit": item(
        "Accumulated deficit",
        "accumulated deficit",
        "RetainedEarningsAccumulatedDeficit DevelopmentStageEnterpriseDeficitAccumulatedDuringDevelopmentStage",
    ),
    "equity": item(
        "Total stockholders' equity|Total shareholders' equity",
        "stockholders' equity",
        "StockholdersEquity StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
        negative="stockholders' deficit",
    ),
    "equity_line": item(
        "Stockholders' equity|Shareholders' equity",
        "stockholders' equity",
        "StockholdersEquity StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
        negative="stockholders' deficit",
    ),
    "liabilities_equity": item(
        "Total liabilities and stockholders' equity|Total liabilities and shareholders' equity",
        "total liabilities and stockholders' equity",
        "LiabilitiesAndStockholdersEquity",
    ),
}
