"""What a publisher says of the data, as options that serving, sites and dumps share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

import typer

from qualgraph.cli.options import is_iri, is_web_address
from qualgraph.cli.terminal import note
from qualgraph.errors import ParameterError

if TYPE_CHECKING:
    from qualgraph.publishing import Publication

TitleOption = Annotated[
    str | None,
    typer.Option(envvar="QUALGRAPH_TITLE", metavar="TEXT", help="What the data, and its site, is called."),
]
DescriptionOption = Annotated[
    str | None,
    typer.Option(
        envvar="QUALGRAPH_DESCRIPTION", metavar="TEXT", help="What the data is, in a sentence or two."
    ),
]
PublisherOption = Annotated[
    str | None,
    typer.Option(envvar="QUALGRAPH_PUBLISHER", metavar="NAME", help="Who publishes the data."),
]
HomepageOption = Annotated[
    str | None,
    typer.Option(envvar="QUALGRAPH_HOMEPAGE", metavar="URL", help="The publisher's own page on the web."),
]
ContactOption = Annotated[
    str | None,
    typer.Option(
        envvar="QUALGRAPH_CONTACT", metavar="URL", help="Where to ask about the data: mailto: or https:."
    ),
]
LicenceOption = Annotated[
    str | None,
    typer.Option(
        envvar="QUALGRAPH_LICENCE",
        metavar="IRI",
        help="The licence of the data as you publish it, by its IRI.",
    ),
]

_MAIL: Final = re.compile(r"mailto:[^\s@?#<>\"{}|^`\\%]+@[^\s@?#<>\"{}|^`\\%/:]+")
_JOINERS: Final = str.maketrans("", "", "\u200c\u200d")
"""What is not printed and still belongs to words of some scripts."""
_OTHERS: Final = ("title", "description", "publisher", "contact")


def publication(
    *,
    title: str | None,
    description: str | None,
    publisher: str | None,
    homepage: str | None,
    contact: str | None,
    licence: str | None,
) -> Publication:
    """What is stated; raises ParameterError for text that is none and for what is no address."""
    from qualgraph.publishing import Publication

    return Publication(
        title=_text(title, "--title"),
        description=_text(description, "--description"),
        publisher=_text(publisher, "--publisher"),
        homepage=web_address(homepage, "--homepage", "https://www.example.org/"),
        contact=_contact(contact),
        licence=web_address(licence, "--licence", "https://creativecommons.org/licenses/by/4.0/"),
    )


def tell_missing(stated: Publication) -> None:
    """Say once what is not stated, on one line of standard error."""
    others = [name for name in _OTHERS if getattr(stated, name) is None]
    if stated.licence is None:
        note(
            "no licence is stated: nobody can know what they may do with the data. Give its IRI with --licence."
            + (f" Not stated either: {', '.join(others)}." if others else "")
        )
    elif others:
        note(f"not stated, and so left out where the data is described: {', '.join(others)}.")


def _text(value: str | None, option: str) -> str | None:
    """The text on one line, None for nothing but white space."""
    told = " ".join((value or "").split())
    if not told.translate(_JOINERS).isprintable():
        raise ParameterError(
            "has a character that cannot be shown.",
            where=option,
            hint="Give plain text, without control characters and marks of direction.",
        )
    return told or None


def web_address(value: str | None, option: str, example: str) -> str | None:
    """An http(s) IRI, None for nothing; raises ParameterError for anything else."""
    told = (value or "").strip()
    if told and not is_web_address(told):
        raise ParameterError(
            f"'{told}' is not an address that begins with https:// or http://.",
            where=option,
            hint=f"Give one such as {example}.",
        )
    return told or None


def _contact(value: str | None) -> str | None:
    told = (value or "").strip()
    if not told or (_MAIL.fullmatch(told) and is_iri(told)):
        return told or None
    try:
        found = web_address(told, "--contact", "")
    except ParameterError:
        found = None
    if found is None or not found.startswith("https:"):
        raise ParameterError(
            f"'{told}' is not a contact.",
            where="--contact",
            hint="Give mailto: and an address, or the https:// address of a page to write to.",
        )
    return found
