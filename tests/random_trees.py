"""Random trees of packaging rules: anything that a tree can hold, with unique ids and paths as they are made."""

from __future__ import annotations

from hypothesis import strategies as st

from qualgraph.packaging.tree import (
    EVERYONE,
    Alternative,
    HumanCondition,
    ImportPool,
    ListedUnit,
    PackagingRule,
    Prerequisite,
    ReadingNote,
    RuleStatement,
    Specialisation,
    UnitGroup,
    UnreadText,
    slug,
)

CODES = st.from_regex(r"[A-Z]{3,6}[0-9]{1,3}[A-Z]?", fullmatch=True)
WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12
) | st.sampled_from(["", '"quoted" \\ <text>', "two\nlines", "a\ttab", "‘curly’ – dashed", "∟"])
LINES = st.none() | st.integers(1, 99)
COUNTS = st.none() | st.integers(0, 40)
NAMES = st.sampled_from(
    [
        "core",
        "listed",
        "A",
        "B",
        "a",
        "YA",
        "General",
        "general",
        "Hand & tools",
        "Hand / tools",
        "Électif",
        "1",
    ]
)
SPECIALISATIONS = ("Weaving", "Weaving (hand)", "Weaving - hand", "Dyeing: cold", "Färben")
POLICIES = st.sampled_from(["inside", "additional", "unstated"])


def _some(values: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=most).map(tuple)


IMPORTS = st.builds(
    ImportPool,
    **{
        name: _some(
            st.sampled_from(["this-package", "any-package", "same", "one higher", "Diploma", "AQF 3"]) | CODES
        )
        for name in ImportPool.__dataclass_fields__
    },
)


@st.composite
def rules(draw: st.DrawFn) -> PackagingRule:
    """A tree; every part refers to what is there, in the order in which it is there."""
    groups = draw(st.lists(NAMES, unique=True, max_size=4))
    ids = [f"r{n}" for n in range(1, draw(st.integers(0, 4)) + 1)]
    names = draw(st.lists(st.sampled_from(SPECIALISATIONS), unique=True, max_size=3))
    blocks = [f"{n}" for n in range(1, draw(st.integers(0, 2)) + 1)]
    scopes = st.sampled_from(
        [EVERYONE, *(f"specialisation:{name}" for name in names), *(f"alternative:{id}" for id in blocks)]
    )
    texts = st.lists(st.tuples(WORDS, LINES), max_size=2)
    return PackagingRule(
        code=draw(st.none() | CODES),
        title=draw(st.none() | WORDS),
        release=draw(st.none() | WORDS),
        measure=draw(st.sampled_from(["units", "points"])),
        groups=tuple(draw(_group(id, scopes)) for id in groups),
        rules=tuple(draw(_statement(id, ids[:at], groups, scopes)) for at, id in enumerate(ids)),
        specialisations=tuple(
            Specialisation(
                path=f"packaging/specialisation/{number}",
                name=name,
                rules=draw(_part_of(ids)),
                replaces=draw(st.booleans()),
                line=draw(LINES),
                **_counts(draw),
            )
            for number, name in enumerate(names, start=1)
        ),
        prerequisites=tuple(draw(st.lists(_prerequisites(), max_size=2))),
        prerequisite_policy=draw(POLICIES),
        human_conditions=tuple(
            HumanCondition(path=f"packaging/condition/{number}", text=text, line=line, scope=draw(scopes))
            for number, (text, line) in enumerate(draw(texts), start=1)
        ),
        alternatives=tuple(
            Alternative(
                path=f"packaging/alternative/{id}",
                id=id,
                rules=draw(_part_of(ids)),
                choice=draw(st.sampled_from(["1", "2"])),
                scope=draw(scopes),
                **_counts(draw),
            )
            for id in blocks
        ),
        status=draw(st.sampled_from(["complete", "partial", "failed"])),
        unread=tuple(
            UnreadText(path=f"packaging/unread/{number}", text=text, line=line)
            for number, (text, line) in enumerate(draw(texts), start=1)
        ),
        notes=tuple(
            ReadingNote(path=f"packaging/note/{number}", text=text, line=line)
            for number, (text, line) in enumerate(draw(texts), start=1)
        ),
        **_counts(draw),
    )


def _counts(draw: st.DrawFn) -> dict[str, int | None]:
    return {name: draw(COUNTS) for name in ("total", "core", "elective")}


def _part_of(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(ids)).map(lambda some: tuple(sorted(some))) if ids else st.just(())


@st.composite
def _group(draw: st.DrawFn, id: str, scopes: st.SearchStrategy[str]) -> UnitGroup:
    path = f"packaging/group/{slug(id)}"
    codes = draw(st.lists(CODES, max_size=4))
    return UnitGroup(
        path=path,
        id=id,
        name=draw(WORDS),
        role="core" if id == "core" else "elective",
        members=tuple(
            ListedUnit(
                path=f"{path}/{position}",
                code=code,
                title=draw(st.none() | WORDS),
                line=draw(LINES),
                heading=draw(st.none() | WORDS),
                mark=draw(st.none() | st.sampled_from(["*", "#", "**"])),
                points=draw(COUNTS),
            )
            for position, code in enumerate([*codes, *codes[:1]], start=1)
        ),
        line=draw(LINES),
        scope=draw(scopes),
    )


@st.composite
def _statement(
    draw: st.DrawFn, id: str, before: list[str], groups: list[str], scopes: st.SearchStrategy[str]
) -> RuleStatement:
    told = st.builds(
        lambda word, value: f"{word}:{value}",
        st.sampled_from(["unit", "prefix", "digit", "title"]),
        CODES | WORDS,
    )
    kind = draw(st.sampled_from(["min", "max", "exact", "all", "one-of"]))
    return RuleStatement(
        path=f"packaging/rule/{id}",
        id=id,
        kind=kind,
        n=draw(COUNTS),
        pools=draw(_some(st.sampled_from([*groups, "core", "listed", "import"]) | told).filter(bool)),
        text=draw(WORDS),
        line=draw(LINES),
        last_line=draw(LINES),
        import_=draw(st.none() | IMPORTS),
        only=draw(_some(told)),
        within=draw(st.none() | st.sampled_from(before)) if before else None,
        scope=draw(scopes),
        condition=draw(st.sampled_from([None, "as-prerequisite"])),
        reading=draw(st.sampled_from([None, "min", "max", "exact", "bucket", "remainder", "all", "one-of"])),
        because=draw(st.none() | WORDS),
        ambiguity=draw(st.none() | WORDS),
    )


@st.composite
def _prerequisites(draw: st.DrawFn) -> Prerequisite:
    unit = draw(CODES)
    return Prerequisite(
        path=f"packaging/prerequisite/{unit}",
        unit=unit,
        requires=draw(_some(CODES)),
        one_of=tuple(draw(st.lists(_some(CODES).filter(bool), max_size=2))),
        policy=draw(POLICIES),
        line=draw(LINES),
    )
