"""The qualification types of the Australian Qualifications Framework, as titles print them."""

from __future__ import annotations

from typing import Final

QUALIFICATION_TYPES: Final = (
    "Certificate I",
    "Certificate II",
    "Certificate III",
    "Certificate IV",
    "Diploma",
    "Advanced Diploma",
    "Associate Degree",
    "Graduate Certificate",
    "Graduate Diploma",
    "Bachelor Degree",
    "Bachelor Honours Degree",
    "Masters Degree",
    "Doctoral Degree",
)
"""Source: Australian Qualifications Framework, second edition, January 2013."""


def qualification_type_named_in(title: str) -> str | None:
    """The type a qualification's title begins with ('Certificate IV in ...'); None where it begins with none.

    >>> qualification_type_named_in("Certificate IV in Customer Contact")
    'Certificate IV'
    >>> qualification_type_named_in("Certified Practising Widget Maker")
    """
    plain = " ".join(title.split())
    for named in sorted(QUALIFICATION_TYPES, key=len, reverse=True):
        if plain == named or plain.startswith((f"{named} in ", f"{named} of ")):
            return named
    return None
