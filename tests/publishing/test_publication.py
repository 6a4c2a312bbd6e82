"""What a publisher states is in every description, and what is not stated is in none."""

from __future__ import annotations

import pytest

from qualgraph.namespaces import DCAT, DCTERMS, FOAF, VCARD
from qualgraph.publishing import Counts, Publication, dataset_description, licence_name, schema_org
from qualgraph.rdf import IRI, Triple, text

DATASET = IRI("https://data.example.org/#dataset")
NOTHING = Counts(graphs=(), classes=(), properties=())
STATED = Publication(
    title="The register of Testland",
    description='What is taught "there" </script>',
    publisher="Testland & Sons",
    homepage="https://www.example.org/",
    contact="mailto:data@example.org",
    licence="https://creativecommons.org/licenses/by/4.0/",
)


def said(stated: Publication) -> set[tuple[str, str, str]]:
    described: list[Triple] = dataset_description(DATASET, NOTHING, stated)
    return {
        (t.subject.value.rpartition("#")[2], t.predicate.value, t.object.value)  # type: ignore[union-attr]
        for t in described
    }


def test_all_that_is_stated_is_said_of_the_dataset() -> None:
    expected = {
        ("dataset", f"{DCTERMS}title", "The register of Testland"),
        ("dataset", f"{DCTERMS}description", 'What is taught "there" </script>'),
        ("dataset", f"{DCTERMS}license", "https://creativecommons.org/licenses/by/4.0/"),
        ("dataset", f"{DCTERMS}publisher", "https://data.example.org/#dataset-publisher"),
        ("dataset-catalog", f"{DCTERMS}publisher", "https://data.example.org/#dataset-publisher"),
        ("dataset-publisher", f"{FOAF}name", "Testland & Sons"),
        ("dataset-publisher", f"{FOAF}homepage", "https://www.example.org/"),
        ("dataset", f"{DCAT}contactPoint", "https://data.example.org/#dataset-contact"),
        ("dataset-contact", f"{VCARD}hasEmail", "mailto:data@example.org"),
        ("dataset-contact", f"{VCARD}fn", "Testland & Sons"),
    }
    assert expected <= said(STATED)
    page = Publication(title="x", contact="https://www.example.org/ask")
    assert ("dataset-contact", f"{VCARD}fn", "x") in said(page)
    assert ("dataset-contact", f"{VCARD}hasURL", "https://www.example.org/ask") in said(page)


def test_what_is_not_stated_is_left_out() -> None:
    told = said(Publication())
    absent = ("description", "license", "publisher")
    assert not [row for row in told if row[1].removeprefix(DCTERMS) in absent]
    assert not [row for row in told if row[1].startswith((FOAF, VCARD)) or row[1].endswith("contactPoint")]
    usual = text("Vocational qualifications as linked data", "en")
    assert Triple(DATASET, IRI(f"{DCTERMS}title"), usual) in dataset_description(DATASET, NOTHING)
    assert schema_org(Publication(), None, None) == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Vocational qualifications as linked data",
    }


def test_schema_org_has_what_is_stated() -> None:
    root = "https://data.example.org/"
    told = schema_org(STATED, root, DATASET.value, [(f"{root}dumps/a.nq.gz", "application/n-quads")])
    assert told["@id"] == DATASET.value
    assert told["license"] == STATED.licence
    assert told["publisher"]["name"] == STATED.publisher
    assert told["publisher"]["contactPoint"]["email"] == "data@example.org"
    assert told["distribution"][0]["contentUrl"] == f"{root}dumps/a.nq.gz"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("http://creativecommons.org/licenses/by-nc-sa/3.0/au", "CC BY-NC-SA 3.0 AU"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://creativecommons.org/licenses/by/4.0/?x", "https://creativecommons.org/licenses/by/4.0/?x"),
        ("https://example.org/by/4.0/", "https://example.org/by/4.0/"),
    ],
)
def test_a_licence_that_people_know_is_told_by_its_name(iri: str, name: str) -> None:
    assert licence_name(iri) == name
