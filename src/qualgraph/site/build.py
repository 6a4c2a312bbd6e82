"""Writes a whole site: what is about things in several processes, what is about the whole afterwards."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from qualgraph.assets import asset_folder, ontology_files
from qualgraph.identifiers import Identifiers
from qualgraph.pages.pages import Pages, words_of_kind
from qualgraph.publishing import Dumped, dump
from qualgraph.rdf import IRI
from qualgraph.site.addresses import SiteAddresses, file_path
from qualgraph.site.facts import fact_files
from qualgraph.site.folder import SiteFolder, write_file
from qualgraph.site.hosting import hosting_files, sitemap_files
from qualgraph.site.lifetime import end_with_parent
from qualgraph.site.planning import planned
from qualgraph.site.search import code_lists, index_files
from qualgraph.site.settings import FORMATS, Plan, SiteSettings
from qualgraph.site.worker import Worker, Written
from qualgraph.store import Store, open_store

Progress = Callable[[str, int, int], None]
Job = tuple[Literal["components", "things"], Sequence[str]]
AT_ONCE: Final = 250
"""Things that one job writes the pages of."""
_WAITING: Final = 4
"""Jobs given out ahead for each process."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteWritten:
    """How many files a site has, how many of them had to be written, were removed, and their bytes together."""

    files: int
    pages: int
    written: int
    removed: int
    size: int


def write_site(folder: Path, settings: SiteSettings, progress: Progress = lambda *_: None) -> SiteWritten:
    """Write the site of a store, or bring it up to date; the same store and settings give the same bytes.

    Each file appears whole or not at all. A run that is broken off leaves pages that can be read; the next one goes
    on from there. Raises UsageError for a folder that is not a site's, or that cannot be written.
    """
    site = SiteFolder(folder)
    site.prepare()
    ids = Identifiers(settings.base_iri)
    with open_store(settings.location, read_only=True) as store:
        progress("reading the store", 0, 0)
        plan = planned(store, ids)
        done: Written = {}
        for part in _all_jobs(site, settings, plan, progress):
            done |= part
        whole = _Whole(store, settings, plan, ids, site.scratch)
        progress("writing lists", 0, 0)
        files = [*whole.files(), *sitemap_files_of(settings, done), *hosting_files(settings)]
        site.announce(path for path, _ in files)
        for path, content in files:
            done[path] = write_file(folder, path, content)
        progress("writing dumps", 0, 0)
        for path, content in whole.dumps(progress):
            site.announce([path])
            done[path] = write_file(folder, path, content)
    removed = site.finish({path: digest for path, (digest, _) in done.items()})
    return SiteWritten(
        files=len(done),
        pages=sum(path.endswith(".html") for path in done),
        written=sum(is_new for _, is_new in done.values()),
        removed=removed,
        size=sum((folder / path).stat().st_size for path in done),
    )


def sitemap_files_of(settings: SiteSettings, done: Written) -> Iterator[tuple[str, bytes]]:
    """The sitemap where it is known what the pages' addresses begin with, else only the file for robots."""
    if settings.public_url is None:
        yield "robots.txt", b"User-agent: *\nAllow: /\n"
        return
    yield from sitemap_files(settings.public_url, (path for path in done if path.endswith(".html")))


def _jobs(plan: Plan) -> Iterator[Job]:
    yield from (("components", some) for some in _batches(plan.components))
    yield from (("things", some) for some in _batches(plan.things))


def _batches(iris: Iterable[str]) -> Iterator[tuple[str, ...]]:
    waiting = iter(iris)
    while some := tuple(islice(waiting, AT_ONCE)):
        yield some


def _all_jobs(site: SiteFolder, settings: SiteSettings, plan: Plan, progress: Progress) -> Iterator[Written]:
    total = len(plan.components) + len(plan.things)
    told = 0
    for number, part in _done(site, settings, plan):
        told += number
        progress("writing pages", told, total)
        yield part


def _done(site: SiteFolder, settings: SiteSettings, plan: Plan) -> Iterator[tuple[int, Written]]:
    """How many things each job was about, and its files."""
    if settings.processes == 1:
        worker = Worker(settings, plan, site)
        try:
            for job in _jobs(plan):
                yield len(job[1]), _written(worker, job)
        finally:
            worker.close()
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        settings.processes, mp_context=context, initializer=_start, initargs=(settings, plan, site)
    ) as pool:
        try:
            yield from _in_pool(pool, _jobs(plan), settings.processes * _WAITING)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _in_pool(pool: ProcessPoolExecutor, jobs: Iterator[Job], ahead: int) -> Iterator[tuple[int, Written]]:
    running: dict[Future[Written], int] = {}
    for job in jobs:
        running[pool.submit(_run, job)] = len(job[1])
        if len(running) >= ahead:
            yield from _finished(running)
    while running:
        yield from _finished(running)


def _finished(running: dict[Future[Written], int]) -> Iterator[tuple[int, Written]]:
    ready, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in ready:
        yield running.pop(future), future.result()


_worker: list[Worker] = []
"""The one worker of a process of the pool."""


def _start(settings: SiteSettings, plan: Plan, site: SiteFolder) -> None:
    end_with_parent()
    _worker[:] = [Worker(settings, plan, site)]


def _run(job: Job) -> Written:
    return _written(_worker[0], job)


def _written(worker: Worker, job: Job) -> Written:
    kind, iris = job
    return worker.components(iris) if kind == "components" else worker.things(iris)


class _Whole:
    """The pages and files about the store as a whole."""

    def __init__(
        self, store: Store, settings: SiteSettings, plan: Plan, ids: Identifiers, scratch: Path
    ) -> None:
        self._store = store
        self._settings = settings
        self._plan = plan
        self._addresses = SiteAddresses(ids, plan.known, plan.codes, settings.public_url)
        formats = [FORMATS[name] for name in settings.formats]
        self._pages = Pages(ids, self._addresses, formats, settings.stated)
        self._scratch = scratch
        self._dumped: list[Dumped] = []

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Everything but the dumps and the sitemap."""
        self._addresses.here = ""
        addresses = {iri: self._addresses.thing(iri) for iri in self._plan.components}
        yield from index_files(self._plan, addresses)
        yield from fact_files(self._store)
        yield from self._static()
        yield from self._lists()
        yield self._page("index", self._pages.home(self._settings.public_url))
        yield self._page("search", self._pages.search("", None, 1))
        self._addresses.absolute = True
        told = {"title": "There is nothing at this address.", "hint": "Search for a code or title."}
        yield self._page("404", self._pages.problem(404, dict(told)))
        self._addresses.absolute = False

    def dumps(self, progress: Progress) -> Iterator[tuple[str, bytes]]:
        """The whole store in every syntax with its description, and the page that lists them."""
        if self._settings.dumps:
            root = self._settings.public_url
            base, dataset = (f"{root}dumps/", IRI(f"{root}#dataset")) if root else (None, None)
            with tempfile.TemporaryDirectory(dir=self._scratch) as folder:
                for file in dump(self._store, Path(folder), base, progress, self._settings.stated, dataset):
                    self._dumped.append(file)
                    yield f"dumps/{file.name}", (Path(folder) / file.name).read_bytes()
        self._addresses.here = ""
        documents = [(self._addresses.thing(iri), name) for iri, name in self._plan.documents]
        page = self._pages.written(
            "data.html",
            title="The data as files",
            endings=[f".{name}" for name in self._settings.formats],
            files=[(file.name, file.size) for file in self._dumped],
            linked_data=self._pages.about_dataset(self._settings.public_url, self._dumped),
            ontology=[name for name, _ in _ontology()],
            documents=documents,
        )
        yield "data.html", page.encode()

    def _page(self, path: str, page: str) -> tuple[str, bytes]:
        return f"{path}.html", page.encode()

    def _static(self) -> Iterator[tuple[str, bytes]]:
        own = ("style.css", "icon.svg", "judge.js", "checker.js", "search.js")
        static = resources.files("qualgraph.pages").joinpath("static")
        yield from ((f"static/{name}", static.joinpath(name).read_bytes()) for name in own)
        yield from ((f"ontology/{name}", path.read_bytes()) for name, path in _ontology())

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        """All codes by kind and first letters, for whoever does not search."""
        lists = code_lists(self._plan)
        entries = []
        for kind, by_letters in lists.items():
            for letters, iris in by_letters.items():
                path = f"browse/{kind.replace(' ', '-')}/{letters}"
                self._addresses.here = "browse/index.html"
                entries.append((self._addresses.page(path), letters, kind, f"{len(iris):,}"))
                self._addresses.here = file_path(f"{path}.html")
                rows = [(iri, self._plan.components[iri]) for iri in iris]
                yield (
                    self._addresses.here,
                    self._pages.written(
                        "browse.html",
                        title=f"{kind.capitalize()}: {letters}",
                        entries=[
                            (self._addresses.thing(iri), row["code"], row["title"], _usage(row["latest"]))
                            for iri, row in rows
                        ],
                    ).encode(),
                )
        self._addresses.here = "browse/index.html"
        page = self._pages.written("browse.html", title="All codes by their first letters", entries=entries)
        yield "browse/index.html", page.encode()
        self._addresses.here = ""


def _usage(latest: str | None) -> str:
    return words_of_kind(latest.rpartition("#")[2]) if latest else ""


def _ontology() -> list[tuple[str, Path]]:
    """The files of the ontology with their vocabularies and alignments, by their paths below it."""
    folder = asset_folder("ontology")
    return [
        (path.relative_to(folder).as_posix(), path)
        for path in ontology_files(vocabularies=True, alignments=True)
    ]
