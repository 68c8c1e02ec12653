"""Forms of ownership in full, and how each belongs to one of the five owners that the figures are about."""

from __future__ import annotations

#: Form -> its ``ownership``, where the form settles it; the more telling of two forms stands first.
FORMS: dict[str, str | None] = {
    "worker co-operative": "co-operative",
    "consumer co-operative": "co-operative",
    "multi-stakeholder co-operative": "co-operative",
    "other co-operative": "co-operative",
    "public body": "public",
    "community interest company": "social enterprise or charity",
    "community benefit society": "social enterprise or charity",
    "charity": "social enterprise or charity",
    "other social enterprise": "social enterprise or charity",
    "employee-owned company": "private",
    "sole trader": "private",
    "foreign company": None,
    "private firm": "private",
}
#: What is said where only the owner is known.
PLAIN = {
    "co-operative": "other co-operative",
    "social enterprise or charity": "other social enterprise",
    "public": "public body",
    "private": "private firm",
}
#: How sure a description is: stated by a register under the organisation's own number; stated by a register that was
#: met by name, or following from what it states; told by the name, or by something that only tends to go with it.
CONFIDENCES = ("high", "medium", "low")
OWNER_KINDS = (
    "person",
    "company",
    "public body",
    "employee ownership trust",
    "other body",
    "several kinds",
    "nobody registered",
)
SIZE_BASES = ("staff", "stated", "accounts")


def form_owner_sql(form: str) -> str:
    """The ownership that a form settles; null where it settles none."""
    cases = " ".join(f"WHEN '{name}' THEN '{owner}'" for name, owner in FORMS.items() if owner)
    return f"CASE {form} {cases} END"


def plain_form_sql(ownership: str, kind: str) -> str:
    """The form that follows from the owner alone; a charity is told by its kind."""
    cases = " ".join(f"WHEN {ownership} = '{owner}' THEN '{form}'" for owner, form in PLAIN.items())
    return f"CASE WHEN {ownership} = 'social enterprise or charity' AND {kind} = 'charity' THEN 'charity' {cases} END"
