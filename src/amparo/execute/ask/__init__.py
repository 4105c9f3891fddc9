"""Ask only what can still change the answer, in the order that ends soonest."""

from amparo.execute.ask.interview import (
    MEMBERS,
    Inquiry,
    Question,
    Reply,
    answered,
    asked_in_full,
    computable,
    household_of,
    inquire,
    interview,
    told_by,
    untold,
)
from amparo.execute.ask.reference import Reference

__all__ = [
    "MEMBERS",
    "Inquiry",
    "Question",
    "Reference",
    "Reply",
    "answered",
    "asked_in_full",
    "computable",
    "household_of",
    "inquire",
    "interview",
    "told_by",
    "untold",
]
