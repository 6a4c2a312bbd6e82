"""What docs/validation.md says is so."""

from __future__ import annotations

import re

from qualgraph.assets import asset_folder
from qualgraph.namespaces import SHAPES
from qualgraph.validation import FORMATS, shape_set
from qualgraph.validation.terms import TERM_CHECKS
from support import CHECKOUT

TEXT = (CHECKOUT / "docs" / "validation.md").read_text(encoding="utf-8")


def test_every_file_of_shapes_is_in_the_table():
    named = re.findall(r"^\| `([\w-]+\.ttl)` \|", TEXT, flags=re.MULTILINE)
    assert sorted(named) == sorted(file.name for file in (asset_folder("shapes") / "register").glob("*.ttl"))


def test_the_number_of_shapes_is_right():
    assert f"{len(shape_set().shapes)} shapes" in TEXT


def test_every_check_outside_shacl_is_in_the_table():
    named = re.findall(r"^\| `qgsh:(\w+)` \|", TEXT, flags=re.MULTILINE)
    assert sorted(named) == sorted(check.iri.removeprefix(SHAPES) for check in TERM_CHECKS)


def test_every_format_is_named():
    assert ", ".join(FORMATS) in TEXT
