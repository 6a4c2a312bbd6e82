"""A register of invented qualifications, in two named graphs."""

from __future__ import annotations

from qualgraph.rdf import IRI, Triple, parse_data

G1 = IRI("http://example.org/graph/one")
G2 = IRI("http://example.org/graph/two")

ONE = """
PREFIX ex: <http://example.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
ex:ZZZ40120 a ex:Qualification ; ex:title "Certificate IV in Kites"@en ; ex:level 4 ;
  ex:released "2020-03-01"^^xsd:date ; ex:current true ; ex:replaces ex:ZZZ40115 ; ex:about _:field .
ex:ZZZ40115 a ex:Qualification ; ex:title "Certificate IV in Kites"@en ; ex:level 4 ;
  ex:released "2015-11-30"^^xsd:date ; ex:current false ; ex:replaces ex:ZZZ40107 ; ex:nominalHours 520.5 .
ex:ZZZ40107 a ex:Qualification ; ex:title "Kites, \\"old\\" \\\\u0041\\nand new" ; ex:level 4 .
_:field ex:name "Field"@en-AU .
"""
TWO = """
PREFIX ex: <http://example.org/>
ex:ZZZKIT401 a ex:Unit ; ex:packagedIn ex:ZZZ40120 , ex:ZZZ40115 .
ex:ZZZKIT402 a ex:Unit ; ex:packagedIn ex:ZZZ40120 .
ex:ZZZ40120 a ex:Qualification .
"""


def triples_of(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse_data(turtle)]


REGISTER = {G1: triples_of(ONE), G2: triples_of(TWO)}
