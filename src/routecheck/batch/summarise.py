"""Counts of an audit as a summary: names of zones, sources, and what was not checked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from routecheck._version import __version__
from routecheck.batch.auditor import NO_DAY, Settings
from routecheck.batch.command import command_of, not_known
from routecheck.batch.count import Counts, RouteCount
from routecheck.batch.flights import NAMED
from routecheck.batch.summary import Source, Summary, TopRoute, ZoneCount
from routecheck.risk.model import VERDICTS
from routecheck.risk.wording import about_reports
from routecheck.zones.ageing import event_sentence
from routecheck.zones.model import AS_GIVEN, Zone, ZoneSet, stamp_text

if TYPE_CHECKING:
    from routecheck.batch.plan import Plan

__all__ = ["summarise"]

REPORTED: Final = 1_000


READINGS: Final = 3
"""So many names of places are told with what they were taken for."""


def summarise(
    counts: Counts,
    zones: ZoneSet,
    settings: Settings,
    output: str,
    seconds: float,
    plan: Plan | None = None,
    before: ZoneSet | None = None,
) -> Summary:
    """Everything that the reports of an audit say.

    Parameters
    ----------
    plan : Plan, optional
        How the files were read, for the command that makes it again.
    before : ZoneSet, optional
        Older zones that were compared with, likewise.
    """
    names = {zone.id: zone for zone in zones}
    ranked = sorted(
        counts.routes.values(),
        key=lambda r: (*(-part for part in r.exposure), -r.rows, r.stops),
    )[:REPORTED]
    return Summary(
        rows=counts.rows,
        errors=counts.errors,
        verdicts={verdict: counts.verdicts.get(verdict, 0) for verdict in VERDICTS},
        routes=len(counts.route_hashes),
        top=tuple(
            _top(r, names[r.worst_zone].name if r.worst_zone in names else "") for r in ranked
        ),
        zones=tuple(
            ZoneCount(
                zone, names[zone].name, counts.zone_verdicts[zone], len(counts.zone_hashes[zone]),
                rows, next((a.url for a in names[zone].advisories if a.url), ""),
                _drawn(names[zone]),
            )
            for zone, rows in sorted(counts.zone_rows.items(), key=lambda item: (-item[1], item[0]))
            if zone in names
        ),
        sources=_sources(counts, zones),
        error_kinds=tuple(sorted(counts.error_kinds.items(), key=lambda item: (-item[1], item[0]))),
        error_rows=tuple(counts.error_rows),
        dataset=zones.dataset or "zones as given",
        as_of=stamp_text(zones.as_of) or "",
        sha256=zones.sha256,
        zone_count=len(zones),
        caveats=tuple(_caveats(counts, zones, settings)),
        files=counts.files,
        output=output,
        first_date=_day(counts.first_day),
        last_date=_day(counts.last_day),
        command=command_of(counts, zones, settings, output, plan, before),
        command_lacks=not_known(counts, plan, before),
        made_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        version=__version__,
        seconds=seconds,
        changed=counts.changed,
        columns=counts.columns,
    )  # fmt: skip


def _drawn(zone: Zone) -> str:
    """How a zone was drawn; of a reported attack, what that is first."""
    if zone.event is None:
        return zone.basis
    return (
        f"{event_sentence(zone.event)}. Source: {zone.event.source}; confidence: "
        f"{zone.event.confidence}. {zone.basis}"
    )


def _day(number: int) -> str:
    return date.fromordinal(number).isoformat() if number != NO_DAY else ""


def _top(r: RouteCount, name: str) -> TopRoute:
    inside_km, inside_min, buffered_km, closest_km, route_km = r.figures
    return TopRoute(
        origin=r.stops[0],
        destination=r.stops[-1],
        via=" ".join(r.stops[1:-1]),
        verdict=r.verdict,
        reason=r.reason,
        score=r.score,
        rows=r.rows,
        worst_zone=r.worst_zone,
        worst_name=name,
        inside_km=inside_km,
        inside_min=inside_min,
        buffered_km=buffered_km,
        closest_km=closest_km,
        route_km=route_km,
        advisories=r.advisories,
        first_date=_day(r.first_day),
        last_date=_day(r.last_day),
        flights=", ".join((*r.flights[:NAMED], *("…" for _ in r.flights[NAMED:]))),
    )


def _sources(counts: Counts, zones: ZoneSet) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for zone in zones:
        for a in zone.advisories:
            if a.id != AS_GIVEN and (zone.id, a.title) in counts.titles:
                source = Source(
                    a.issuer, a.title, a.url, stamp_text(a.issued) or "",
                    stamp_text(a.expires) or "", a.confidence,
                )  # fmt: skip
                found.setdefault(a.title, source)
    return tuple(found[title] for title in sorted(found))


def _named(names: list[str]) -> str:
    more = len(names) - READINGS
    return ", ".join(names[:READINGS]) + (f" and {more} more" if more > 0 else "")


def _caveats(counts: Counts, zones: ZoneSet, settings: Settings) -> list[str]:
    said = [
        "Direct lines between the places were checked, not the paths flown: airlines fly round "
        "closed airspace. Look flights up before you rely on a verdict.",
        "Not checked: today's NOTAMs, GNSS jamming, the airline's policy, the ground.",
    ]
    if counts.undated:
        what = "A table" if counts.dated else "The table"
        rows = "its rows" if counts.dated else "all rows"
        said.append(f"{what} has no column of dates: {rows} were judged by {settings.date}.")
    if counts.readings:
        some, more = counts.readings[:READINGS], len(counts.readings) - READINGS
        said.append(
            f"Names were read as places: {'; '.join(some)}{f'; and {more} more' * (more > 0)}. "
            "The columns origin_iata and dest_iata say which."
        )
    begins, ends = zones.covers[0], zones.known_until
    if begins is not None and counts.first_day != NO_DAY and _day(counts.first_day) < str(begins):
        said.append(
            f"Before {begins} the zone set is incomplete: of earlier flights nothing is called "
            "clear, they are unknown instead."
        )
    if (
        ends is not None
        and counts.last_day != NO_DAY
        and counts.last_day - ends.toordinal() > settings.max_age_days
    ):
        said.append(
            f"The zone set is as of {ends}: flights more than {settings.max_age_days} days later "
            "are unknown instead of clear."
        )
    if settings.issuers:
        said.append(f"Only the advisories of {', '.join(settings.issuers)} were considered.")
    if any(zone.event is not None and zone.id in counts.zone_rows for zone in zones):
        said.append(about_reports(zones))
    if not settings.events:
        said.append("Reported attacks were left out.")
    if zones.gap_countries:
        said.append(
            "Flights that land in these countries, whose notices are known to be missing, are "
            f"unknown unless a zone speaks: {', '.join(zones.gap_countries)}."
        )
    if zones.left_out:
        said.append(
            "Flights near what was left out of the zone files, or can be read in other ways, are "
            f"unknown instead of clear: {_named([item.feature for item in zones.left_out])}."
        )
    said += [f"Doubt about a zone file: {p}" for p in zones.problems if p.code][:READINGS]
    return [*said, *(f"Known gap: {gap}" for gap in zones.gaps)]
