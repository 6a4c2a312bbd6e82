"""XML as it streams: what is wanted comes out whole, and nothing else is kept."""

from __future__ import annotations

import resource
from io import BytesIO

from qualgraph.sources.markup import stream_elements


def test_each_wanted_element_comes_whole_with_its_line_and_the_attributes_of_the_root() -> None:
    data = b'<a k="v">\n<x><b n="1"><c>one</c></b></x>\n<b n="2"><c>two</c><d/></b></a>'
    found = [
        (element.get("n"), element.findtext("c"), line, above)
        for element, line, above in stream_elements(BytesIO(data), "kites.xml", ["b"])
    ]
    assert found == [("1", "one", 2, {"k": "v"}), ("2", "two", 3, {"k": "v"})]


def test_what_stands_outside_of_the_wanted_elements_is_not_held() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stream = BytesIO(b"<a>" + b"<x>y</x>" * 500_000 + b"<b/></a>")
    assert len(list(stream_elements(stream, "kites.xml", ["b"]))) == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000
