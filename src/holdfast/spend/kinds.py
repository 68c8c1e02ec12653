"""Rows that are not plain payments: withheld, personal, payroll, internal, card, commitments. Marked, never dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

#: In the order in which they win where several fit.
KINDS = ("duplicate", "commitment", "grant", "card", "redacted", "personal", "payroll", "internal", "credit", "payment")

_REDACTED = (
    r"redact|withheld|undisclosed|not disclosed|non[- ]disclos|name removed|data protection|\bdp act\b|"
    r"confidential|\bgdpr\b|\bfoi exempt|exempt under|personal data|personal information|^x{4,}$|^\*{3,}$"
)
_PERSONAL = (
    r"^(private )?individuals?\b|^personal (budget|payment|allowance)s?|^direct payments?\b|^service users?\b|"
    r"^foster(ing)?( carers?| parents?| payments?)?$|^(various |sundry )?(tenants?|clients?|carers?|"
    r"claimants?|landlords?)$|"
    r"^payments? to (individuals?|clients?|carers?)|^sole trader$|^private person"
)
_PAYROLL = (
    r"\bpay ?roll\b|^salar(y|ies)\b|^wages\b|\bnet pay\b|^(staff|employee) (pay|salaries|costs|expenses)$|^employees?$"
)
_INTERNAL = (
    r"\bpdc dividend|public dividend capital|\binternal (recharge|transfer|trading)|"
    r"\binter[- ]?(company|departmental|body) |"
    r"^petty cash\b|^(year[- ]end )?accruals?$|^suspense\b|^recharges?$|^journal\b"
)
_ANY = "|".join((_REDACTED, _PERSONAL, _PAYROLL, _INTERNAL))
_CARD_TEXT = re.compile(
    r"(?i)^(y|yes|true|1|gpc|p[- ]?card|.*\b(procurement|purchase|purchasing|corporate|credit) ?card.*)$"
)
_CARD_NAME = re.compile(
    r"(?i)(?<![a-z])(card|gpc|p-?card|procurement[-_ ]card|purchase[-_ ]card|purchasing[-_ ]card)s?(?![a-z])"
)
_COMMITMENT_TEXT = re.compile(
    r"(?i)^(contracts?|commitments?|commitment|encumbrance|purchase orders?|orders?|award|tender)$"
)


#: A name that ends like a company's is one, whatever words it begins with.
_COMPANY = re.compile(r"(?i)\b(ltd|limited|plc|llp|cic|c\.i\.c|inc|llc)\b\.?$")
_SURELY_REDACTED = re.compile(r"(?i)redact|withheld|undisclosed|not disclosed|name removed")


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = (("redacted", _REDACTED), ("personal", _PERSONAL), ("payroll", _PAYROLL), ("internal", _INTERNAL))
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in named)


def kind_of_name(text: str) -> str | None:
    """The kind that a supplier's name alone tells, or ``None``. A company may deal in payrolls or data protection."""
    if _COMPANY.search(text) and not _SURELY_REDACTED.search(text):
        return None
    return next((kind for kind, pattern in _rules() if pattern.search(text)), None)


def kinds_of_names(values: pa.Array) -> dict[int, str]:
    """Of distinct names: index -> kind, for those that are not plain."""
    import pyarrow.compute as pc

    hits = pc.indices_nonzero(pc.match_substring_regex(values, f"(?i){_ANY}"))
    found = ((i, kind_of_name(t)) for i, t in zip(hits.to_pylist(), values.take(hits).to_pylist(), strict=True))
    return {i: k for i, k in found if k}


def internal_categories(values: Sequence[str]) -> set[int]:
    """Indices of categories that are movements inside the body, such as PDC DIVIDEND."""
    pattern = re.compile(r"(?i)\bpdc dividend|public dividend capital|^internal recharge")
    return {i for i, v in enumerate(values) if pattern.search(v)}


def is_card_file(name: str, headers: Sequence[str]) -> bool:
    """Whether every row was paid by card: by the name of the file, or the merchant categories only cards have."""
    low = " ".join(h.lower() for h in headers)
    merchant = "merchant category" in low or "merchantcategory" in low
    return merchant or _CARD_NAME.search(name) is not None


_CARD_TYPE = re.compile(
    r"(?i)^(gpc|p-?card|((government )?procurement|purchas(e|ing)|corporate|credit|payment)?[ -]?card)s?"
    r"( (payment|transaction)s?)?$"
)
_CONTRACT_SIGNS = (
    "contract ref", "contract title", "contract value", "contract duration", "start date", "end date", "expiry date",
    "annual value", "option to extend", "extension",
)  # fmt: skip


def is_contract_register(headers: Sequence[str]) -> bool:
    """Whether a table lists contracts: three of the things only contracts have."""
    low = [h.lower() for h in headers]
    return sum(any(s in h for h in low) for s in _CONTRACT_SIGNS) >= 3


_GRANT_HEADER = re.compile(
    r"\bgrant (beneficiary|recipient|amount|awarded|programme)|\b(purpose|amount|title) of grant|date grant awarded|"
    r"\bamount (awarded|applied for)|\bgrant title|^recipient org(anisation)?:"
)


def is_grant_list(headers: Sequence[str]) -> bool:
    """Whether a table lists grants: two headings that only such lists have."""
    return sum(_GRANT_HEADER.search(h.strip().lower()) is not None for h in headers) >= 2


def card_values(values: Sequence[str]) -> set[int]:
    return {i for i, v in enumerate(values) if _CARD_TEXT.match(v.strip())}


def type_values(values: Sequence[str]) -> dict[int, str]:
    """Of a column saying what each row is: index -> ``card`` or ``commitment``. Only a column that has plain
    rows, or says *contract*, is believed."""
    found = {}
    for i, v in enumerate(values):
        text = v.strip()
        if _COMMITMENT_TEXT.match(text):
            found[i] = "commitment"
        elif _CARD_TYPE.match(text):
            found[i] = "card"
    return found
