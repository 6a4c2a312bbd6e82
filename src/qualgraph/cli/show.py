"""``qualgraph show``: one component, for a person."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import say
from qualgraph.errors import ParameterError

EXAMPLES = examples("qualgraph show BSB40307", "qualgraph show BSBCCO402A --json")


def show(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A national code, such as BSB40307 or BSBCCO402A.")
    ],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what is known of one component: releases, status, packaging, units, classifications, pathways, sources.

    A mark such as [1:41] says where a fact was read: document 1 of the list at the end, line 41.
    """
    from qualgraph.cli.profile import lines_of
    from qualgraph.overview import overview
    from qualgraph.rulebook import readings_of

    if code.strip().isdigit():
        raise ParameterError(
            f"'{code}' is not a national code; codes of digits alone are those of occupations and fields.",
            hint=f"For an ANZSCO occupation: qualgraph query occupation occupation={code.strip()}",
        )
    with reading(store) as opened:
        found = overview(opened, code)
        rules = readings_of(opened, code) if found.packaging and not as_json else {}
    if as_json:
        say(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
        return
    for text, style in lines_of(found, rules):
        say(text, style)
