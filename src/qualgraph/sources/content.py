"""Short sections that every qualification document has: job roles, entry requirements, licensing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualgraph.model import EntryRequirement, JobRole, JobRoles, LicensingNote, Problem
from qualgraph.sources.lists import entries, label, parted
from qualgraph.sources.sections import Block
from qualgraph.sources.tokens import not_read

_NO_ENTRY = re.compile(
    r"^(?:(?:there (?:are|is) )?no (?:specific )?entry requirements?"
    r"(?: (?:for|to) (?:this|the) \w+)?|not applicable|nil|none)\.?$",
    re.IGNORECASE,
)
_DIRECT_LINK = re.compile(r"\bis (?P<no>no |not a )?(?:a )?direct link between\b", re.IGNORECASE)
_LONGEST_ROLE = 100


def read_job_roles(block: Block) -> Iterator[JobRoles | Problem]:
    """The job roles in a list with bullets, or in lines after an introduction that ends in a colon."""
    found, problems = parted(entries(block.lines))
    yield from problems
    bulleted = any(entry.bulleted for entry in found)
    after_colon = next((at + 1 for at, entry in enumerate(found) if entry.text.endswith(":")), 0)
    roles = []
    for entry in found[after_colon:]:
        text = label(entry.text)
        if entry.bulleted or (not bulleted and len(text) <= _LONGEST_ROLE and ". " not in text):
            roles.append(JobRole(label=text, line=entry.line))
        else:
            yield not_read(
                "Text among the job roles that is no item of the list.", entry.line, entry.text, info=True
            )
    if roles:
        yield JobRoles(roles=tuple(roles), line=block.heading.number)


def read_entry(block: Block) -> Iterator[EntryRequirement]:
    """The entry requirements. 'Not applicable' under this heading says that there are none."""
    text = "\n".join(line.text for line in block.lines)
    if text:
        none = bool(_NO_ENTRY.match(text))
        yield EntryRequirement(none_required=none, text=text, line=block.lines[0].number)


def read_licensing(block: Block) -> Iterator[LicensingNote]:
    """The licensing note, and whether it says that there is a direct link, or none."""
    text = "\n".join(line.text for line in block.lines)
    if text:
        match = _DIRECT_LINK.search(text)
        link = not match["no"] if match else None
        yield LicensingNote(direct_link=link, text=text, line=block.lines[0].number)
