"""What a web server is told: where identifiers lead, what search engines may read, and the types of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from qualgraph.site.settings import SiteSettings

MOST: Final = 50_000
"""How many addresses one file of a sitemap may have. Source: sitemaps.org protocol 0.9."""
WELL_KNOWN: Final = "/.well-known/void"
"""Where the description of a server's data is looked for. Source: VoID, section 7.2."""
DESCRIPTION: Final = "/dumps/void.ttl"
_KINDS: Final = (
    "qualification",
    "unit",
    "skill-set",
    "training-package",
    "accredited-course",
    "mapping",
    "document",
    "job-role",
    "plan",
)
"""What stands behind the base in identifiers that documents are about."""
_SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_TYPES: Final = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


def sitemap_files(public_url: str, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The sitemap in parts, and ``robots.txt``, which says where it is."""
    places = [f"<url><loc>{escape(public_url + quote(page))}</loc></url>\n" for page in sorted(pages)]
    parts = [places[start : start + MOST] for start in range(0, len(places), MOST)]
    for number, part in enumerate(parts, start=1):
        yield f"sitemap-{number}.xml", _xml("urlset", part)
    listed = [
        f"<sitemap><loc>{escape(public_url)}sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(1, len(parts) + 1)
    ]
    yield "sitemap.xml", _xml("sitemapindex", listed)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {public_url}sitemap.xml\n".encode()


def _xml(element: str, lines: Iterable[str]) -> bytes:
    body = "".join(lines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} xmlns="{_SCHEMA}">\n{body}</{element}>\n'.encode()


def hosting_files(settings: SiteSettings) -> Iterator[tuple[str, bytes]]:
    """``_redirects`` and ``_headers`` for hosts that read them, ``.htaccess`` for Apache, ``nginx.conf`` to include.

    A thing answers 303 with the document about it, by the path that the identifiers have on this site. Where they
    begin with the address of another site, that one has to send them here: then there is no rule for them to write.
    """
    root = urlsplit(settings.public_url or "/").path or "/"
    things = _path_of_things(settings)
    endings = "|".join(settings.formats) or "html"
    if things is not None or _has_well_known(root, settings):
        yield "_redirects", "\n".join(_redirects(things, root, settings)).encode()
        yield ".htaccess", "\n".join(_apache(things, root, settings)).encode()
    yield (
        "_headers",
        "".join(
            f"{root}doc/*.{name}\n  Content-Type: {_TYPES[name]}\n  Access-Control-Allow-Origin: *\n"
            for name in settings.formats
        ).encode(),
    )
    yield "nginx.conf", "\n".join(_nginx(things, root, endings, settings)).encode()


def _path_of_things(settings: SiteSettings) -> str | None:
    """The path on this site that identifiers begin with; None where they are not of this site."""
    if settings.public_url is None or not settings.base_iri.startswith(settings.public_url):
        return None
    return urlsplit(settings.base_iri).path or "/"


def _kinds(things: str, root: str) -> str:
    """What stands behind the path of things: any key, or where that is the root of the site, those of its kinds."""
    if things != root:
        return "(.+)"
    return f"((?:{'|'.join(_KINDS)})/.+)"


def _has_well_known(root: str, settings: SiteSettings) -> bool:
    """Whether the site has the root of its server, where the description is looked for, and a description."""
    return root == "/" and settings.public_url is not None and settings.dumps


def _redirects(things: str | None, root: str, settings: SiteSettings) -> Iterator[str]:
    """A rule for each kind where things are at the root, as one for all would send each page of the site on, too."""
    if _has_well_known(root, settings):
        yield f"{WELL_KNOWN} {DESCRIPTION} 302"
    if things is not None:
        for kind in [f"{each}/" for each in _KINDS] if things == root else [""]:
            yield f"{things}{kind}* {root}doc/{kind}:splat.html 303"
    yield ""


def _apache(things: str | None, root: str, settings: SiteSettings) -> Iterator[str]:
    formats = settings.formats
    yield from (f"AddType {_TYPES[name].partition(';')[0]} .{name}" for name in formats)
    yield "ErrorDocument 404 " + root + "404.html"
    yield "RewriteEngine On"
    if _has_well_known(root, settings):
        yield f"RewriteRule ^{WELL_KNOWN[1:].replace('.', '[.]')}$ {DESCRIPTION} [R=302,L]"
    if things is not None:
        pattern = f"^{things.removeprefix(root)}{_kinds(things, root)}$"
        for name in formats:
            yield f"RewriteCond %{{HTTP_ACCEPT}} {_TYPES[name].partition(';')[0].replace('+', '.')}"
            yield f"RewriteRule {pattern} {root}doc/$1.{name} [R=303,L]"
        yield f"RewriteRule {pattern} {root}doc/$1.html [R=303,L]"
    yield ""


def _nginx(things: str | None, root: str, endings: str, settings: SiteSettings) -> Iterator[str]:
    yield "# Include this in the server block of the site."
    yield f"error_page 404 {root}404.html;"
    yield f"location = {root}nginx.conf {{ return 404; }}"
    yield f"location ^~ {root}.qualgraph-site/ {{ return 404; }}"
    if _has_well_known(root, settings):
        yield f"location = {WELL_KNOWN} {{ return 302 {DESCRIPTION}; }}"
    for name in settings.formats:
        kind = _TYPES[name].partition(";")[0]
        yield f"location ~ \\.{name}$ {{"
        yield f"  default_type {kind}; charset utf-8; add_header Access-Control-Allow-Origin *;"
        yield "}"
    if things is not None:
        yield f"location ~ ^{things}{_kinds(things, root)}$ {{ return 303 {root}doc/$1.html; }}"
    yield f"# The data beside a page: the same address with .{endings.replace('|', ', .')}"
    yield ""
