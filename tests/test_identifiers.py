"""Codes become IRIs and come back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualgraph.errors import ParameterError
from qualgraph.identifiers import Identifiers, Kind, national_code, slug

IDS = Identifiers()
CODES = st.from_regex(r"[A-Z][A-Z0-9]{2,15}", fullmatch=True)


@given(kind=st.sampled_from(list(Kind)), code=CODES)
def test_a_component_iri_names_its_kind_and_code(kind: Kind, code: str) -> None:
    assert IDS.component_of(IDS.component(kind, code).value) == (kind, code)


def test_iris_have_the_documented_layout() -> None:
    qualification = IDS.component(Kind.QUALIFICATION, "BSB40307")
    assert qualification.value == "https://w3id.org/qualgraph/id/qualification/BSB40307"
    assert IDS.release(Kind.QUALIFICATION, "BSB40307", "1").value == f"{qualification.value}/release/1"
    dated = IDS.classification(qualification, "anzsco", "541111", date(2008, 9, 3))
    assert dated.value == f"{qualification.value}/classification/anzsco/541111/2008-09-03"
    assert IDS.document("register-page", "BSB40307/release-1").value.endswith(
        "/document/register-page/BSB40307/release-1"
    )


def test_another_publisher_mints_instances_but_shares_the_vocabularies() -> None:
    ours, theirs = Identifiers(), Identifiers("https://data.example.org/")
    assert theirs.component(Kind.UNIT, "ZZZABC401").value == "https://data.example.org/unit/ZZZABC401"
    assert theirs.concept("anzsco", "541111") == ours.concept("anzsco", "541111")
    assert theirs.component_of(ours.component(Kind.UNIT, "ZZZABC401").value) is None


@given(st.text(min_size=1, max_size=40))
def test_any_text_in_a_key_gives_a_valid_iri(key: str) -> None:
    iri = IDS.document("third-party-copy", key).value
    assert not set(iri) & set(' <>"{}|\\^`\n\t')


@given(st.text())
def test_a_slug_is_lower_case_ascii_and_stays_as_it_is(label: str) -> None:
    made = slug(label)
    assert made == slug(made)
    assert made.isascii()
    assert made


@pytest.mark.parametrize(
    "base",
    [
        "",
        "example.org/",
        "https://example.org",
        "https://exa mple.org/",
        "ftp://x/",
        "https://example.org/%zz/",
        "https://example.org/[a]/",
    ],
)
def test_a_base_that_makes_no_valid_iri_is_refused(base: str) -> None:
    with pytest.raises(ParameterError, match="cannot be the base"):
        Identifiers(base)


def test_a_code_is_trimmed_and_put_in_capitals() -> None:
    assert national_code(" bsb40307\n") == "BSB40307"


@pytest.mark.parametrize("value", ["", "AB", "BSB 40307", "12345", "BSB-40307", "X" * 17, 'BSB40307" }'])
def test_what_is_no_code_is_refused_with_an_example(value: str) -> None:
    with pytest.raises(ParameterError, match="such as BSB40307"):
        national_code(value)
