"""Examples in docstrings are run, in whichever module they stand."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from support import CHECKOUT

SOURCE = CHECKOUT / "src"


def modules_with_examples() -> dict[str, int]:
    """The modules that hold examples, and how many."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.py"))}
    return {
        ".".join(path.relative_to(SOURCE).with_suffix("").parts): text.count(">>> ")
        for path, text in texts.items()
        if ">>> " in text
    }


def test_there_are_examples_to_run() -> None:
    assert {
        "qualgraph.cli.terminal",
        "qualgraph.notation",
        "qualgraph.vocabulary",
    } <= modules_with_examples().keys()


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_a_module_hold(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert (found.attempted, found.failed) == (modules_with_examples()[name], 0)
