"""Every address by which something leaves the library for a program, made from the declarations of the doors."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from api.citations.formats import FORMS
from api.oai import records as oai
from api.v1.exports import EXPORTS
from api.v1.resources import RESOURCES
from tests.api.planted import Planted

SITEMAPS = ("sitemap.xml", "sitemap-pages.xml", "sitemap-2098.xml", "robots.txt", "opensearch.xml")


@dataclass(frozen=True, slots=True)
class Channel:
    """addresses: what it answers for the editions and identifiers of a planted library, public or not."""

    name: str
    addresses: Any

    def __str__(self) -> str:
        return self.name


def channels() -> Iterator[Channel]:
    for resource in RESOURCES:
        yield Channel(f"v1 {resource.name}", lambda planted, each=resource: _of_resource(each, planted))
    for export in EXPORTS:
        yield Channel(
            f"export {export.name}", lambda planted, each=export: [each.template, f"{each.template}?year=2099"]
        )
    yield Channel("openapi", lambda planted: ["/api/v1/openapi.json"])
    for form in FORMS:
        yield Channel(f"citation {form}", lambda planted, each=form: _of_editions(planted, f"cite.{each}"))
    for name in ("linkset.json", "document.json"):
        yield Channel(name, lambda planted, each=name: _of_editions(planted, each))
    # The page at a withdrawn address is for people: it names what stood there, and why it does not any more.
    yield Channel("heads of pages", lambda planted: [edition.permanent_address for edition in planted.public])
    for prefix in oai.FORMATS:
        yield Channel(f"oai {prefix}", lambda planted, each=prefix: _of_oai(planted, each))
    yield Channel("feeds", _feeds)
    yield Channel("calendar", lambda planted: ["/open-calls.ics", "/open-calls.atom", "/open-calls/"])
    yield Channel(
        "sitemap",
        lambda planted: ["/sitemap.xml", "/sitemap-pages.xml", "/sitemap-2098.xml", "/robots.txt", "/opensearch.xml"],
    )
    yield Channel("developers", lambda planted: ["/developers/", "/feeds/"])
    yield Channel("consultation files", _of_consultation)
    yield Channel("files of editions", lambda planted: planted.shown)
    yield Channel("files as they were uploaded", lambda planted: list(planted.closed))


def _of_resource(resource: Any, planted: Planted) -> list[str]:
    found = [resource.example_for(edition) for edition in [*planted.public, planted.withdrawn]]
    bare = [address.partition("?")[0] for address in found]
    never = resource.template.replace("{identifier}", planted.never[:-3]).replace("{edition}", planted.never)
    never = never.replace("{year}", "2098").replace("{forum}", "planted")
    searches = [f"/api/v1/search?q={word}" for word in planted.words] if resource.name == "search" else []
    return [*found, *bare, never, *searches]


def _of_editions(planted: Planted, name: str) -> list[str]:
    editions = [*planted.public, planted.withdrawn]
    places = [edition.permanent_address for edition in editions]
    if name.startswith("cite"):
        places += [edition.address for edition in editions]
    return [f"{place}{name}" for place in places]


def _of_oai(planted: Planted, prefix: str) -> list[str]:
    lists = [f"/oai?verb={verb}&metadataPrefix={prefix}" for verb in ("ListRecords", "ListIdentifiers")]
    named = [f"/oai?verb=GetRecord&metadataPrefix={prefix}&identifier=oai:{oai.repository_name()}:{name}"
             for name in (planted.withdrawn.identifier, planted.current.identifier, planted.never)]  # fmt: skip
    return [*lists, *named, "/oai?verb=Identify", "/oai?verb=ListSets"]


def _feeds(planted: Planted) -> list[str]:
    return ["/feeds/outcomes.atom", "/feeds/editions.atom", "/feeds/2098.atom", "/feeds/2099.atom",
            "/feeds/2098/planted.atom", "/feeds/themes/planted-theme.atom", "/search/feed?q=lamps"]  # fmt: skip


def _of_consultation(planted: Planted) -> list[str]:
    at = planted.commented.address
    return [f"{at}comments.atom", f"{at}comments/report.json", f"{at}comments/report.csv", f"{at}adoptions.json",
            f"{at}adoptions.csv", f"{at}adoptions.atom"]  # fmt: skip
