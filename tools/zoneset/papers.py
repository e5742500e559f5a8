"""Advisories of the built-in zones: one record per known revision, facts in our own words.

How dates are read
    ``issued`` is the day the revision was issued. Where a source lists a standing notice under a
    later circular ("AIC 17/26"), it is the day that source gives for the warning itself.
    ``expires`` is the printed validity, inclusive. ``ended`` is the first day not in force: for a
    revision the day its successor was issued, for a withdrawn bulletin the day its successor took
    over, else the day after its last day of validity.

How levels are read
    avoid: prohibited, forbidden, "do not operate / enter / fly", "avoid". caution: "exercise
    caution", "take potential risk into account", and every text that was not read.
    "Below FL320" becomes a ceiling of 32,000 ft.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = [
    "AIC_CA", "AIC_DE", "AIC_FR", "AIP", "CANADA", "CANADA_BAN", "COPY", "COPY_JULY", "COPY_NOTAM",
    "CZIBS", "EARLIER", "EU", "EXCEPT_B400", "EXCEPT_BEIRUT", "FAA_PAGE", "FRANCE", "GERMANY",
    "GERMANY_BAN", "GERMANY_CAUTION", "ITALY", "ITALY_BAN", "LIST_ONLY", "NOTAM_2022", "READ",
    "RULE", "UK", "UK_BAN", "UNREAD", "US", "US_ADVICE", "Record", "advisory_record", "czib",
    "easa_note", "faa", "italy", "national",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One revision of one notice, and the zones that lie inside the area it publishes."""

    id: str
    zones: tuple[str, ...]
    issuer: str
    reference: str
    level: str
    binds: str
    issued: str
    summary: str
    confidence: str
    revision: str = ""
    floor_ft: float | None = None
    ceiling_ft: float | None = None
    expires: str | None = None
    ended: str | None = None
    applies: str = "all"
    aerodromes_in: tuple[str, ...] = ()
    exceptions: str = ""
    url: str = ""


KEYS = (
    "issuer", "reference", "revision", "level", "binds", "floor_ft", "ceiling_ft", "issued",
    "expires", "ended", "applies", "exceptions", "url", "confidence", "summary",
)  # fmt: skip


def advisory_record(record: Record) -> dict[str, Any]:
    """Write a record as it stands in a zone file, keys in the order of the format's pages."""
    fields = asdict(record) | {"url": record.url or page_read(record)}
    written = {key: fields[key] for key in KEYS}
    if record.aerodromes_in:
        written["aerodromes_in"] = list(record.aerodromes_in)
    return written


OPSGROUP_PAGES = {
    "afghanistan": "afghanistan",
    "bahrain": "bahrain",
    "belarus": "belarus",
    "black-sea-north": "ukraine",
    "crimea": "ukraine",
    "cyprus": "cyprus",
    "drc-east": "rwanda",
    "eastern-ukraine": "ukraine",
    "ethiopia-north": "ethiopia",
    "ethiopia-tigray": "ethiopia",
    "gulf-of-aqaba": "egypt",
    "haiti": "haiti",
    "haiti-port-au-prince": "haiti",
    "iran": "iran",
    "iran-east": "iran",
    "iran-west": "iran",
    "iraq": "iraq",
    "israel": "israel",
    "jordan": "jordan",
    "kashmir": "india",
    "kenya": "kenya",
    "kuwait": "kuwait",
    "lebanon": "lebanon",
    "libya": "libya",
    "mali": "mali",
    "mali-northeast": "mali",
    "moldova": "moldova",
    "moldova-ukraine-border": "moldova",
    "myanmar": "myanmar",
    "north-caucasus": "russia",
    "oman": "oman",
    "pakistan-west": "pakistan",
    "qatar": "qatar",
    "red-sea": "egypt",
    "russia-160nm-ukraine": "russia",
    "russia-200nm-ukraine": "russia",
    "russia-west-60e": "russia",
    "sinai": "egypt",
    "somalia": "somalia",
    "sudan": "sudan",
    "syria": "syria",
    "syria-vicinity": "syria",
    "ukraine": "ukraine",
    "venezuela": "venezuela",
    "yemen": "yemen",
    "yemen-ocean": "yemen",
}
"""Page of OPSGROUP's conflict-zone site on which the notices of a zone were read, in a copy."""


def page_read(record: Record) -> str:
    """The page on which a notice was read whose own page is not known; empty if there is none."""
    if "OPSGROUP" not in record.confidence:
        return ""
    pages = (OPSGROUP_PAGES[zone] for zone in record.zones if zone in OPSGROUP_PAGES)
    page = next(pages, "")
    return f"https://safeairspace.net/{page}/" if page else ""


# --- who is bound ---------------------------------------------------------------------------

EU = "EU operators; third-country operators flying to, from or within the EU (recommendation)"
US = (
    "US operators, holders of US airman certificates and US-registered aircraft, except when flown "
    "by foreign carriers (binding)"
)
US_ADVICE = "US operators, holders of US airman certificates and US-registered aircraft (advice)"
UK_BAN = "UK operators served with a direction (prohibition)"
UK = "UK operators (recommendation)"
GERMANY_BAN = "German civil operators (level 3, prohibition)"
GERMANY = "German civil operators (level 2, recommendation)"
GERMANY_CAUTION = "German civil operators (level 1, take into account)"
FRANCE = "French air carriers and French-registered aircraft (request of the authority)"
CANADA_BAN = "Canadian operators and owners of Canadian-registered aircraft (level 3, prohibition)"
CANADA = "Canadian operators and owners of Canadian-registered aircraft (level 2, recommendation)"
ITALY_BAN = "Italian air carriers and Italian-registered aircraft (prohibition)"
ITALY = "Italian air carriers and Italian-registered aircraft (recommendation)"

# --- how well it is known -------------------------------------------------------------------

READ = "firm: text of the bulletin read"
LIST_ONLY = "list entry firm (export of 2026-10-03); text read only for the revision before it"
EARLIER = "the revisions in between were not all read"
UNREAD = "dates firm, text not seen: counted as caution"
COPY = (
    "firm as a copy: OPSGROUP listing of 2026-09-03, which gives this date for the warning; "
    "earlier wordings not read"
)
COPY_NOTAM = "firm as a copy: text in the OPSGROUP listing of 2026-09-03"
COPY_JULY = "firm as a copy: text in the OPSGROUP listing of 2026-07-28"
RULE = "firm: Federal Register"

# --- where ----------------------------------------------------------------------------------

CZIBS = "https://www.easa.europa.eu/en/domains/air-operations/czibs"
FAA_PAGE = "https://www.faa.gov/air_traffic/publications/us_restrictions"


EXCEPT_BEIRUT = "Beirut (BEY), approached from the sea and left towards the sea, on conditions"
EXCEPT_B400 = "routes over the sea east of route B400, B400 included (caution there)"


NOTAM_2022 = "firm as a copy: OPSGROUP listing of 2026-09-03; date confirmed by the press"

# --- one function for each family of notices ------------------------------------------------

Zones = str | tuple[str, ...]
"""Ids of the zones that lie inside the area of a notice; one may be given as a plain text."""


def _ids(zones: Zones) -> tuple[str, ...]:
    return (zones,) if isinstance(zones, str) else zones


def czib(
    key: str,
    zones: Zones,
    number: str,
    revision: str,
    issued: str,
    summary: str,
    *,
    level: str = "avoid",
    confidence: str = READ,
    slug: str = "",
    **more: Any,
) -> Record:
    """One revision, or a run of revisions, of an EASA bulletin; ``more`` as in :class:`Record`."""
    return Record(
        id=f"easa-{key}",
        zones=_ids(zones),
        issuer="EASA",
        reference=f"CZIB {number}",
        revision=revision,
        level=level,
        binds=EU,
        issued=issued,
        url=f"{CZIBS}/{slug}" if slug else CZIBS,
        confidence=confidence,
        summary=summary,
        **more,
    )


def easa_note(
    key: str, zones: Zones, area: str, issued: str, summary: str, *, confidence: str, **more: Any
) -> Record:
    """One EASA Information Note: its headline is public, its text is not, so it is a caution."""
    return Record(
        id=f"easa-note-{key}",
        zones=_ids(zones),
        issuer="EASA",
        reference=f"Information Note {area}",
        revision=issued[:7],
        level="caution",
        binds=EU,
        issued=issued,
        url=CZIBS,
        confidence=confidence,
        summary=summary,
        **more,
    )


def faa(
    key: str,
    zones: Zones,
    reference: str,
    issued: str,
    summary: str,
    *,
    level: str = "avoid",
    binds: str = US,
    confidence: str = RULE,
    **more: Any,
) -> Record:
    """One rule or NOTAM of the FAA; ``more`` as in :class:`Record`."""
    return Record(
        id=f"faa-{key}",
        zones=_ids(zones),
        issuer="FAA",
        reference=reference,
        level=level,
        binds=binds,
        issued=issued,
        url=FAA_PAGE,
        confidence=confidence,
        summary=summary,
        **more,
    )


AIP = "AIP ENR 1.1 (1.4.5)"
AIC_DE = "AIC 08/25"
AIC_FR = "AIC 011/26"
AIC_CA = "AIC 17/26"


def national(
    key: str,
    issuer: str,
    zones: Zones,
    reference: str,
    issued: str,
    binds: str,
    summary: str,
    *,
    level: str = "avoid",
    confidence: str = COPY,
    **more: Any,
) -> Record:
    """One standing notice or NOTAM of a State; ``more`` as in :class:`Record`.

    A circular repeats older warnings under its own number each time it is reissued: the year the
    warning dates from goes with the number, so that a back-test does not read as an anachronism.
    """
    if reference.startswith("AIC"):
        reference = f"{reference} (standing since {issued[:4]})"
    return Record(
        id=key,
        zones=_ids(zones),
        issuer=issuer,
        reference=reference,
        level=level,
        binds=binds,
        issued=issued,
        confidence=confidence,
        summary=summary,
        **more,
    )


def italy(
    number: str,
    zones: Zones,
    summary: str,
    *,
    binds: str = ITALY,
    issued: str = "2026-06-08",
    expires: str = "2026-09-05",
    confidence: str = COPY_NOTAM,
    part: str = "",
    **more: Any,
) -> Record:
    """One Italian NOTAM; the set of June 2026 ran until 2026-09-05."""
    return national(
        f"italy-{number.lower().replace('/', '-')}{part}", "Italy", zones, f"NOTAM {number}",
        issued, binds, summary, expires=expires, confidence=confidence, **more,
    )  # fmt: skip
