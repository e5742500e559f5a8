"""What an audit found, in figures and in the routes that matter most; reports are made of it."""

from __future__ import annotations

from dataclasses import dataclass

from routecheck.risk.model import VERDICTS

__all__ = ["Source", "Summary", "TopRoute", "ZoneCount"]


@dataclass(frozen=True, slots=True)
class TopRoute:
    """One distinct route, by the most exposed of its results, and all of its rows.

    Attributes
    ----------
    origin, destination, via : str
        Codes as shown; ``via`` is empty for a direct line.
    verdict, reason, score
        The result; the score is an index for ranking, None where it is unknown.
    rows : int
        Rows of the table with this route, whatever their results.
    worst_zone, worst_name : str
        Id and name of the zone that sets the verdict; empty without one.
    inside_km, inside_min, buffered_km : float
        Within that zone, and within its buffer.
    closest_km : float or None
        To the nearest zone in force.
    route_km : float
        Length of the line.
    advisories : str
        Titles, joined by semicolons.
    first_date, last_date : str
        ISO dates between which its rows lie; may be empty.
    flights : str
        The first five flights seen, and … if there are more; may be empty.
    """

    origin: str
    destination: str
    via: str
    verdict: str
    reason: str
    score: float | None
    rows: int
    worst_zone: str
    worst_name: str
    inside_km: float
    inside_min: float
    buffered_km: float
    closest_km: float | None
    route_km: float
    advisories: str
    first_date: str
    last_date: str
    flights: str


@dataclass(frozen=True, slots=True)
class ZoneCount:
    """For how many distinct routes and rows a zone sets the verdict; ``level`` is the strictest."""

    zone: str
    name: str
    level: str
    routes: int
    rows: int
    url: str
    basis: str


@dataclass(frozen=True, slots=True)
class Source:
    """An advisory that verdicts rest on."""

    issuer: str
    title: str
    url: str
    issued: str
    expires: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What one audit found.

    Attributes
    ----------
    rows, errors : int
        Rows read, and those of them that have an error in place of a verdict.
    verdicts : dict of str to int
        Rows for each of avoid, caution, watch, clear and unknown; those in error are unknown.
    routes : int
        Distinct routes.
    top : tuple of TopRoute
        Of all verdicts, most exposed first, as many as a report has room for.
    zones : tuple of ZoneCount
        Most rows first.
    sources : tuple of Source
        The advisories that verdicts rest on.
    error_kinds : tuple of (text, rows)
        Most rows first.
    error_rows : tuple of (file, row, text)
        The first hundred.
    dataset, as_of, sha256, zone_count
        The zone set: name, state of knowledge, checksum, size.
    caveats, files, output
        What was not checked; what was read and written.
    first_date, last_date : str
        ISO dates of the flights; may be empty.
    command : str
        What to type to make it again.
    command_lacks : tuple of str
        Options that are not in it, though they may have been given.
    made_at, version, seconds
        When, with which routecheck, and how long it took.
    changed : int or None
        Rows whose verdict differs with the other date or zone set; None if that was not asked.
    columns : tuple of str
        Which columns were used for what, of each layout of the files.
    """

    rows: int
    errors: int
    verdicts: dict[str, int]
    routes: int
    top: tuple[TopRoute, ...]
    zones: tuple[ZoneCount, ...]
    sources: tuple[Source, ...]
    error_kinds: tuple[tuple[str, int], ...]
    error_rows: tuple[tuple[str, int, str], ...]
    dataset: str
    as_of: str
    sha256: str
    zone_count: int
    caveats: tuple[str, ...]
    files: tuple[str, ...]
    output: str
    first_date: str
    last_date: str
    command: str
    command_lacks: tuple[str, ...]
    made_at: str
    version: str
    seconds: float
    changed: int | None
    columns: tuple[str, ...] = ()

    @property
    def outcomes(self) -> tuple[tuple[str, int], ...]:
        """Rows for each verdict, and last those in ``error`` instead: together all rows."""
        counts = {verdict: self.verdicts.get(verdict, 0) for verdict in VERDICTS}
        counts["unknown"] -= self.errors
        return (*counts.items(), ("error", self.errors))

    @property
    def rows_per_s(self) -> float:
        """Rows per second of the whole run; 0 where no time was taken."""
        return self.rows / self.seconds if self.seconds > 0 else 0.0
