"""The codes of training packages, and the one that the words of a packaging rule name."""

from __future__ import annotations

import re
from typing import Final

KNOWN: Final = frozenset(
    [
        "ACM",
        "AGF",
        "AGR",
        "AHC",
        "AMP",
        "AUM",
        "AUR",
        "AVI",
        "BCC",
        "BCF",
        "BCG",
        "BCP",
        "BSA",
        "BSB",
        "BSZ",
        "CHC",
        "CPC",
        "CPP",
        "CSC",
        "CUA",
        "CUE",
        "CUF",
        "CUL",
        "CUS",
        "CUV",
        "DEF",
        "DRT",
        "FBP",
        "FDF",
        "FNA",
        "FNB",
        "FNS",
        "FPI",
        "FPP",
        "FSK",
        "FWP",
        "HLT",
        "ICA",
        "ICP",
        "ICT",
        "LGA",
        "LMF",
        "LMT",
        "MAR",
        "MCM",
        "MEA",
        "MEM",
        "MNC",
        "MNM",
        "MNQ",
        "MSA",
        "MSF",
        "MSL",
        "MSM",
        "MSS",
        "MTM",
        "NWP",
        "PMA",
        "PMB",
        "PMC",
        "PML",
        "POL",
        "PPM",
        "PRD",
        "PRM",
        "PRS",
        "PSP",
        "PUA",
        "RGR",
        "RII",
        "RTD",
        "RTE",
        "RTF",
        "RUA",
        "RUH",
        "RUV",
        "SFI",
        "SFL",
        "SHB",
        "SIB",
        "SIF",
        "SIH",
        "SIR",
        "SIS",
        "SIT",
        "SRC",
        "SRF",
        "SRO",
        "SRS",
        "SUG",
        "TAA",
        "TAE",
        "TDA",
        "TDM",
        "TDT",
        "THC",
        "THH",
        "THT",
        "TLI",
        "UEE",
        "UEG",
        "UEP",
        "UET",
        "UTE",
        "UTG",
        "UTL",
        "UTP",
        "UTT",
        "UTW",
        "WFS",
        "WRB",
        "WRF",
        "WRH",
        "WRP",
        "WRR",
        "WRW",
        "ZBE",
        "ZBS",
        "ZCA",
        "ZKO",
        "ZPO",
        "ZQF",
        "ZQR",
        "ZRG",
        "ZWA",
        "ZWV",
    ]
)
"""The three letters of every training package in the register's lists of July 2013 and April 2026.

Source: National register of vocational education and training (training.gov.au).
"""

_NAMED: Final = re.compile(r"(?:the )?([a-z]{3})(?: (?!or\b)[a-z&]+)*? training package", re.IGNORECASE)
_CODE: Final = re.compile(r"[A-Z]{3}")


def package_code(words: str) -> str | None:
    """The code of the one training package that a rule names; None where the words hold no code that is known.

    Three capitals alone are a code, known or not: the rule prints it as one.

    >>> package_code("the chc community services training package"), package_code("the retail training package")
    ('CHC', None)
    """
    if _CODE.fullmatch(words):
        return words
    found = _NAMED.fullmatch(words)
    code = found[1].upper() if found else None
    return code if code in KNOWN else None
