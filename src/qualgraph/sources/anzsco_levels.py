"""The 'Indicative Skill Level' part of an ANZSCO unit group: which qualifications a skill level corresponds to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualgraph.model import Problem, QualificationOption, SkillLevelStatement
from qualgraph.notation import number_named
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import key, not_read

_FOR = re.compile(
    r"^(?:the occupations? (?P<titles>.+?)|(?P<all>all) occupations in this unit group"
    r"|most occupations in this unit group) ha(?:s|ve) a level of skill commensurate with",
    re.IGNORECASE,
)
_COUNTRY = re.compile(r"^in (?P<country>Australia|New Zealand):?\s*(?P<rest>.*)$", re.IGNORECASE)
_LEVEL = re.compile(r"^(?P<text>.+?)\s*\(ANZSCO Skill Level (?P<level>[1-5])\)$", re.IGNORECASE)
_SUBSTITUTE = re.compile(
    r"^at least (?P<years>\w+) years?'? of relevant experience may substitute", re.IGNORECASE
)
_TRAINING = re.compile(
    r"\s*,?\s*including at least (?P<years>\w+) years? of on-the-job training$", re.IGNORECASE
)
_TYPE = re.compile(
    r"^(?:AQF\s+)?(?P<type>Certificate (?:I|II|III|IV)|Graduate Certificate"
    r"|(?:Advanced |Graduate )?Diploma|Associate Degree|Bachelor Degree|Masters? Degree|Doctoral Degree)$",
    re.IGNORECASE,
)
_CERTIFICATE = re.compile(r"^(?:I|II|III|IV)$")
_REGISTER = re.compile(
    r"^NZ Register Level (?P<levels>\d+(?:(?:, | or | and )\d+)*) qualification$", re.IGNORECASE
)
_COUNTRIES = {"australia": "AU", "new zealand": "NZ"}


class LevelReader:
    """Reads the part line by line; :attr:`statements` are complete once the part has ended."""

    def __init__(self, occupations: Sequence[str]) -> None:
        self.occupations = occupations
        self.statements: list[SkillLevelStatement] = []
        self.problems: list[Problem] = []
        self._titles: tuple[str, ...] = ()
        self._country: str | None = None
        self._since = 0

    def take(self, line: Line) -> None:
        """Read the next line of the part."""
        text = line.text
        country = _COUNTRY.match(text)
        substitute = _SUBSTITUTE.match(text)
        if _FOR.match(text):
            self._begin(line)
        elif country:
            self._country = _COUNTRIES[country["country"].lower()]
            if country["rest"]:
                self._level(Line(line.number, country["rest"]))
        elif substitute:
            self._substitute(number_named(substitute["years"]))
        elif _LEVEL.match(text):
            self._level(line)
        else:
            self.problems.append(not_read("Text on the skill level that is not read.", line.number, text))

    def _begin(self, line: Line) -> None:
        """A sentence that says for which occupations the next lines hold."""
        match = _FOR.match(line.text)
        self._country, self._since = None, len(self.statements)
        if match and match["titles"]:
            named = match["titles"]
            whole = [title for title in self.occupations if key(title) == key(named)]
            self._titles = tuple(
                whole or [part.strip() for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", named)]
            )
        elif match and match["all"]:
            self._titles = tuple(self.occupations)
        else:
            self._titles = ()
            message = "This skill level holds for 'most occupations', and the page does not say for which."
            self.problems.append(not_read(message, line.number))

    def _level(self, line: Line) -> None:
        match = _LEVEL.match(line.text)
        if not match or self._country is None:
            self.problems.append(
                not_read("A skill level without its country is not read.", line.number, line.text)
            )
            return
        options, unread = read_options(match["text"], line.number)
        if unread and self._titles:
            message = "Part of what this skill level corresponds to is not read."
            self.problems.append(not_read(message, line.number, unread))
        for title in self._titles:
            self.statements.append(
                SkillLevelStatement(
                    occupation_title=title,
                    country=self._country,
                    skill_level=int(match["level"]),
                    options=options,
                    substitute_years=None,
                    line=line.number,
                )
            )

    def _substitute(self, years: int | None) -> None:
        """The years hold for every country stated since the occupations were named."""
        for at in range(self._since, len(self.statements)):
            old = self.statements[at]
            self.statements[at] = SkillLevelStatement(
                occupation_title=old.occupation_title,
                country=old.country,
                skill_level=old.skill_level,
                options=old.options,
                substitute_years=years,
                line=old.line,
            )


def read_options(text: str, line: int) -> tuple[tuple[QualificationOption, ...], str | None]:
    """The ways to the level, and the text of the first that is not read (None where all are)."""
    options: list[QualificationOption] = []
    unread = None
    for part in re.split(r",\s+or\s+(?=AQF|NZ|[a-z])", text):
        option = _option(part.strip(), line)
        if option:
            options.append(option)
        else:
            unread = unread or part
    return tuple(options), unread


def _option(text: str, line: int) -> QualificationOption | None:
    register = _REGISTER.match(text)
    if register:
        levels = tuple(int(number) for number in re.findall(r"\d+", register["levels"]))
        return QualificationOption(register_levels=levels, line=line)
    training = _TRAINING.search(text)
    types = list(_types(text[: training.start()] if training else text.removeprefix("NZ Register ")))
    years = number_named(training["years"]) if training else None
    if not types or None in types or (training and years is None):
        return None
    return QualificationOption(types=tuple(name for name in types if name), training_years=years, line=line)


def _types(text: str) -> Iterator[str | None]:
    """The qualification types in 'AQF Certificate II or III'; None for a part that is no type."""
    for part in re.split(r",\s*(?:or\s+)?|\s+or\s+", text):
        match = _TYPE.match(part.strip())
        if match:
            yield match["type"]
        elif _CERTIFICATE.match(part.strip()):
            yield f"Certificate {part.strip()}"
        else:
            yield None
