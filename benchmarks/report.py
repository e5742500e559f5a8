"""The page: what was measured, how, and what came out. No machine names, no paths."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.memory import AIM_MB, Memory
from benchmarks.peers import NotThereError, version_of
from benchmarks.race import RECORD, Lap, Race
from benchmarks.scaling import AIM_US, Step, further_hit_us
from benchmarks.single import Single

__all__ = ["AUDITS", "Results", "audits_section", "failures", "page"]

AUDITS = Path(__file__).resolve().parents[1] / "docs" / "performance-audits.md"

LIBRARIES = (
    "routecheck", "numpy", "numba", "pyproj", "shapely", "geopandas", "spherely", "sedonadb",
    "pyarrow",
)  # fmt: skip

SHOWN_FAILURES = 20


@dataclass(slots=True)
class Results:
    """All that was measured; a part left out is empty."""

    zones: str = ""
    rounds: int = 0
    races: list[Race] = field(default_factory=list)
    warm: list[Single] = field(default_factory=list)
    cold: str = ""
    over_zones: list[Step] = field(default_factory=list)
    over_routes: list[Step] = field(default_factory=list)
    over_vertices: list[Step] = field(default_factory=list)
    memory: Memory | None = None


def audits_section() -> list[str]:
    """What docs/performance-audits.md measured of audits, in short."""
    text = AUDITS.read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("|")]
    memory = re.search(r"Peak memory: \*\*([\d,]+ MB)\*\*", text)
    return [
        "## Audits of tables",
        "",
        *table,
        "",
        f"Of 10,000,000 rows, in {memory[1] if memory else 'bounded memory'}: "
        "[performance-audits.md](performance-audits.md).",
    ]


def page(results: Results) -> str:
    """``docs/performance.md``."""
    parts = [
        "# Performance",
        "",
        "Made by `make bench`: not edited by hand. Seconds depend on the machine and on what else",
        "it does; read the ratios, which were measured side by side.",
        "",
        *_machine(),
        "",
        *audits_section(),
    ]
    if results.races:
        parts += _races(results)
    if results.cold or results.warm:
        parts += _single(results)
    parts += _scaling(results)
    if results.memory:
        parts += _memory(results.memory)
    parts += _closing()
    return "\n".join(parts).rstrip() + "\n"


def failures(results: Results) -> list[str]:
    """Pairs answered differently that no sphere explains, for peers that decide by distance."""
    return [
        f"{race.work.name}: {lap.peer.name}: {failure}"
        for race in results.races
        for lap in race.laps
        if lap.agreement and lap.peer.on_sphere
        for failure in lap.agreement.failures
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """First column to the left, numbers to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return ["| " + " | ".join(row) + " |" for row in (head, rule, *rows)] + [""]


def _machine() -> list[str]:
    versions = []
    for name in LIBRARIES:
        try:
            versions.append(f"{name} {version_of(name)}")
        except NotThereError:
            versions.append(f"{name} not installed")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return [
        f"{cores} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}: {', '.join(versions)}.",
        "",
    ]


# --- side by side -----------------------------------------------------------------------------


def _races(results: Results) -> list[str]:
    parts = [
        "## Side by side",
        "",
        f"Zones: {results.zones}, with a buffer of 100 km. Every engine gets the outlines as "
        "routecheck has refined them, so that an edge means the same to all. Each was run twice "
        f"to warm up, then all in turn in one process, rounds: {results.rounds}, each round "
        "beginning with another. A speed is that of the median round, *best* that of the "
        "fastest; a ratio is taken within each round, and the median of these is shown.",
        "",
        "*Prepare* is not counted: geometries built, lines densified, buffers drawn, tables and "
        "indexes loaded. Routecheck prepares nothing: it gets bare coordinates each time. *Cores* "
        "is processor time over time passed: where SedonaDB kept fewer busy than there are, "
        "something else was running, and its speed is not what it could be.",
        "",
    ]
    for race in results.races:
        parts += [f"### {race.work.name}", "", *_race(race)]
    return parts


def _race(race: Race) -> list[str]:
    count = len(race.work)
    rows = [
        (
            lap.peer.name,
            f"{count / lap.median_s:,.0f}",
            f"{count / lap.best_s:,.0f}",
            _times(race.ratio(lap)),
            f"{lap.cores:.1f}" if lap.peer.package != "psycopg" else "on a server",
            f"{lap.prepare_s:.1f} s" if lap is not race.laps[0] else "none",
        )
        for lap in race.laps
    ]
    head = ("engine", "routes/s", "best", f"× {RECORD.split()[0]}", "cores", "prepare")
    parts = _table(head, rows)
    parts += _table(
        ("engine", "answers", "pairs", "not found", "only there", "off by up to",
         "unexplained", "total length"),
        (_agreement(lap) for lap in race.laps),
    )  # fmt: skip
    for lap in race.laps:
        if lap.peer.note:
            parts += [f"{lap.peer.name}: {lap.peer.note}", ""]
    for name, why in race.absent.items():
        parts += [f"Not there: {name} ({why}).", ""]
    wrong = [
        f"- **FAILURE** {lap.peer.name}: {failure}"
        for lap in race.laps
        if lap.agreement and lap.peer.on_sphere
        for failure in lap.agreement.failures[:SHOWN_FAILURES]
    ]
    return [*parts, *wrong, ""] if wrong else parts


def _times(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f}"


def _agreement(lap: Lap) -> tuple[str, ...]:
    found = lap.agreement
    if found is None:
        return (lap.peer.name, lap.peer.answers, f"{len(lap.answer):,}", "", "", "", "", "")
    differ = found.missing + found.extra
    return (
        lap.peer.name,
        lap.peer.answers,
        f"{found.pairs:,}",
        f"{found.missing:,}",
        f"{found.extra:,}",
        f"{found.farthest_km:.2f} km" if differ else "–",
        f"{len(found.failures):,}" + ("" if lap.peer.on_sphere else " (not judged)"),
        "" if found.lengths_part is None else f"{found.lengths_part:+.2%}",
    )


# --- the rest ---------------------------------------------------------------------------------


def _single(results: Results) -> list[str]:
    parts = ["## One check", ""]
    if results.cold:
        parts += [
            "As a whole process, beside another that only imports geopandas, in turn:",
            "",
            "```text",
            results.cold,
            "```",
            "",
        ]
    if results.warm:
        parts += [
            "In a process that is warm, the compiled kernel loaded by a large `rc.measure` before, "
            "median of `rc.check` with the built-in zones, the whole "
            "assessment:",
            "",
            *_table(
                ("route", "km", "verdict", "ms"),
                (
                    (one.route, f"{one.km:,.0f}", one.verdict, f"{one.milliseconds:.2f}")
                    for one in results.warm
                ),
            ),
        ]
    return parts


def _scaling(results: Results) -> list[str]:
    parts: list[str] = []
    told = (
        ("zones", results.over_zones, "Polygons of 25 km radius all over the Earth, buffer 100 km; "
         "{routes:,} routes as long as scheduled ones."),
        ("routes", results.over_routes, "The zones of the first table, more and more routes."),
        ("vertices", results.over_vertices, "One ragged zone of 600 km radius, buffer 100 km; "
         "{routes:,} routes."),
    )  # fmt: skip
    for what, steps, text in told:
        if not steps:
            continue
        parts += [f"### In {what}", "", text.format(routes=steps[0].routes), ""]
        parts += _table(
            (what, "hits", "seconds", "of one route", "µs a route", "× SedonaDB"),
            (
                (
                    f"{step.size:,}",
                    f"{step.hits:,}",
                    f"{step.seconds:.3f}",
                    f"{step.one_route_s:.3f}",
                    f"{step.route_us:,.1f}",
                    "–" if step.sedona_s is None else f"{step.sedona_s / step.seconds:.2f}",
                )
                for step in steps
            ),
        )
        if what == "zones":
            further = further_hit_us(steps)
            if further is not None:
                parts += [
                    f"From {steps[0].size:,} to {steps[-1].size:,} zones each further hit costs "
                    f"{further:.1f} µs (aim: at most {AIM_US:g}).",
                    "",
                ]
    told_once = (
        "Best of the rounds, on both sides. *Of one route* is the same call with a single route: "
        "what the zones cost, however many the routes. SedonaDB answers ST_DWithin, as above."
    )
    return ["## Scaling", "", told_once, "", *parts] if parts else []


def _memory(memory: Memory) -> list[str]:
    return [
        "## Memory",
        "",
        f"A process of its own, {memory.routes:,} routes × the built-in zones in one call of "
        f"`rc.measure`: {memory.pairs:,} pairs in {memory.seconds:.1f} s, nothing warmed up. Peak "
        f"{memory.peak_mb:,.0f} MB, of which {memory.start_mb:,.0f} MB before the call (aim for "
        f"1,000,000 routes: under {AIM_MB:,.0f} MB).",
        "",
    ]


def _closing() -> list[str]:
    return [
        "## What is compared with what",
        "",
        "- **Routes** are distinct directed pairs of airports with an IATA code, drawn with a "
        "fixed seed. For *scheduled lengths* the destination is the airport nearest to a length "
        "drawn from a log-normal fitted to OpenFlights' 37,041 pairs (median about 1,200 km, mean "
        "about 1,850 km, up to 15,500 km): the lengths are like those of airlines, the network is "
        "not. For *any two airports* all pairs are equally likely.",
        "- **SedonaDB ST_DWithin** answers yes or no, on a sphere, along the sphere's great circle "
        "instead of the geodesic. It is given its best settings (smaller batches, zone indexes "
        "kept), all cores, geographies in memory. The query returns the pairs.",
        "- **SedonaDB ST_Length(ST_Intersection)** returns lengths on a sphere, within buffers "
        "that are polygons, drawn beforehand.",
        "- **geopandas** has straight lines in degrees with a point every 50 km, and buffers drawn "
        "in a plane about each zone: good to some tenths of a per cent for small zones, worse "
        "for large ones.",
        "- **spherely** returns a distance on a sphere for every route and every zone, near or "
        "far: it has no join.",
        "- **Routecheck** returns for each pair the km inside, the km within the buffer, and the "
        "closest distance, on WGS84, within 10 m.",
        "- *Not found* and *only there* are pairs that a peer lacks or has beyond ours, *off by up "
        "to* is how far the worst of these lies from the limit of 100 km. A sphere's "
        "distance is wrong by up to 0.56 %, and its great circle runs beside the geodesic. So a "
        "pair is *unexplained* if our distance is farther from 100 km than 0.6 % of it plus that "
        "route's own offset, worked out pair by pair. One such pair of a peer that decides by "
        "distance would be a failure, theirs or ours, and is listed. Planar peers are not judged.",
        "- That our own distances hold is not shown here but in [accuracy](accuracy.md), against "
        "an independent oracle.",
        "",
        "## Again",
        "",
        "```sh",
        "make bench                                  # all of it, and this page",
        "python -m benchmarks --only race --no-page  # one part, printed only",
        "```",
        "",
        "PostGIS takes part if `psycopg` is installed and `ROUTECHECK_POSTGIS` names a server. "
        "Without npm, which fetches the country outlines, the built-in zones take their place, "
        "and the page says so.",
        "",
    ]
