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

__all__ = ["ADVISORIES", "Record", "advisory_record"]


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
    exceptions: str = ""
    url: str = ""


KEYS = (
    "issuer", "reference", "revision", "level", "binds", "floor_ft", "ceiling_ft", "issued",
    "expires", "ended", "applies", "exceptions", "url", "confidence", "summary",
)  # fmt: skip


def advisory_record(record: Record) -> dict[str, Any]:
    """Write a record as it stands in a zone file, keys in the order of the format's pages."""
    fields = asdict(record)
    return {key: fields[key] for key in KEYS}


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
RULE = "firm: Federal Register"

# --- where ----------------------------------------------------------------------------------

CZIBS = "https://www.easa.europa.eu/en/domains/air-operations/czibs"
FAA_PAGE = "https://www.faa.gov/air_traffic/publications/us_restrictions"

ROSTOV = ("north-caucasus", "caspian-approaches", "rostov-fir")
RUSSIA = (*ROSTOV, "russia-west-60e")
MIDDLE_EAST_2026 = ("iran", "iraq", "lebanon")

EXCEPT_BEIRUT = "Beirut (BEY), approached from the sea and left towards the sea, on conditions"
EXCEPT_B400 = "routes over the sea east of route B400, B400 included (caution there)"


def _czib(
    key: str,
    zones: tuple[str, ...],
    number: str,
    revision: str,
    issued: str,
    summary: str,
    *,
    level: str = "avoid",
    confidence: str = READ,
    slug: str = "",
    floor_ft: float | None = None,
    ceiling_ft: float | None = None,
    expires: str | None = None,
    ended: str | None = None,
    exceptions: str = "",
) -> Record:
    """One revision, or a run of revisions, of an EASA bulletin."""
    return Record(
        id=f"easa-{key}",
        zones=zones,
        issuer="EASA",
        reference=f"CZIB {number}",
        revision=revision,
        level=level,
        binds=EU,
        floor_ft=floor_ft,
        ceiling_ft=ceiling_ft,
        issued=issued,
        expires=expires,
        ended=ended,
        exceptions=exceptions,
        url=f"{CZIBS}/{slug}" if slug else CZIBS,
        confidence=confidence,
        summary=summary,
    )


EASA = (
    # Russia
    _czib(
        "2025-01-r0", RUSSIA, "2025-01", "R0 to R2", "2025-01-09",
        "Do not operate in Russian airspace west of 60° E, at any level: air defence answers "
        "drones and missiles at all heights, airliners may be misidentified, J2-8243 is named.",
        ended="2026-07-24",
        confidence=f"good: first issue reported by several; R3 read; {EARLIER}",
    ),
    _czib(
        "2025-01-r3", RUSSIA, "2025-01", "R3", "2026-07-24",
        "Do not operate in UUWV, URRV, ULLL, USSV and UWWW west of 60° E, at any level: air "
        "defence at work against drones, misidentification, weak coordination, spoofing.",
        slug="2025-01-r3", expires="2027-01-31",
    ),
    # Ukraine and Belarus
    _czib(
        "2022-01-r0", ("ukraine",), "2022-01", "R0 to R13", "2022-02-24",
        "Do not operate in any Ukrainian FIR: active conflict zone. (For a time it also covered "
        "Moldova, Belarus and parts of Russia; that part is not held here.)",
        ended="2026-07-24",
        confidence=f"good: reported by several on 2022-02-25, R14 read; {EARLIER}",
    ),
    _czib(
        "2022-01-r14", ("ukraine",), "2022-01", "R14", "2026-07-24",
        "Do not operate in UKLV, UKBV, UKBU, UKDV, UKFV and UKOV, at any level; Ukraine has closed "
        "them all.",
        slug="czib-2022-01r14", expires="2027-01-31",
    ),
    Record(
        id="easa-sib-2021-10", zones=("belarus",), issuer="EASA", reference="SIB 2021-10",
        level="avoid", binds=EU, issued="2021-05-25",
        summary="Avoid the Minsk FIR after the forced landing of 2021-05-23.",
        exceptions="when needed for safety in unforeseen circumstances",
        confidence=COPY,
    ),
    Record(
        id="easa-sd-2021-02", zones=("belarus",), issuer="EASA", reference="SD-2021-02, SD-2021-03",
        level="avoid", issued="2021-06-02",
        binds="authorities of EASA member states, for their operators (safety directive)",
        summary="Member states are to keep their operators out of the Minsk FIR.",
        exceptions="when needed for safety in unforeseen circumstances",
        confidence=f"{COPY_NOTAM}; recalled in CZIB 2022-01 R14",
    ),
    # Iran
    _czib(
        "2020-01-r0", ("iran",), "2020-01", "R0 to R2", "2020-01-28",
        "High risk below FL250 in Iranian airspace: poor coordination, misidentification.",
        level="caution", ceiling_ft=25000.0, ended="2021-10-31",
        confidence=(
            "fair: in force by 2020-01-28 (press), R2 of 2021-10-30 read; first issue and "
            "withdrawal not seen, ended with the day after R2"
        ),
    ),
    _czib(
        "2024-03-r0", ("iran",), "2024-03", "R0 and R1", "2024-10-02",
        "Do not fly in Iranian airspace at any level after the attack of 2024-10-01.",
        ended="2024-11-29", confidence="good: EASA statement in the press; R1 not seen",
    ),
    _czib(
        "2024-03-r2", ("iran",), "2024-03", "R2", "2024-11-29",
        "Do not operate in Iranian airspace at any level.",
        slug="2024-03-r2", ended="2025-02-01",
    ),
    _czib(
        "2025-02-r0", MIDDLE_EAST_2026, "2025-02", "R0 and R1", "2025-06-13",
        "Do not operate in Iran, Iraq, Israel, Jordan and Lebanon while Israel and Iran exchange "
        "strikes.",
        ended="2025-06-30", confidence="good: issue date and scope in R2; R0 and R1 not read",
    ),
    _czib(
        "2025-02-r2", MIDDLE_EAST_2026, "2025-02", "R2", "2025-06-30",
        "Do not operate in Iran, Iraq, Israel, Jordan and Lebanon; replaces the bulletins on Iraq "
        "and Lebanon for the time being.",
        slug="2025-02-r2", ended="2025-07-07", exceptions=f"Lebanon: {EXCEPT_BEIRUT}",
    ),
    _czib(
        "2025-03", ("iran",), "2025-03", "", "2025-07-07",
        "Do not operate in Iranian airspace at any level: fragile ceasefire, defences on alert.",
        slug="2025-03", ended="2025-08-01",
    ),
    _czib(
        "2026-02-r0", ("iran",), "2026-02", "R0", "2026-01-16",
        "Do not operate in Iranian airspace: defences on alert before a possible US attack.",
        ended="2026-02-12", confidence="good: dates firm, text read for R1",
    ),
    _czib(
        "2026-02-r1", ("iran",), "2026-02", "R1", "2026-02-12",
        "Do not operate in Iranian airspace; caution in neighbours with US bases.",
        slug="2026-02-r1", ended="2026-04-01",
    ),
    _czib(
        "2026-03-r0", MIDDLE_EAST_2026, "2026-03", "R0 to R13", "2026-02-28",
        "Do not operate in Iran, Iraq, Lebanon and eight more states of the region after the "
        "strikes of 2026-02-28.",
        ended="2026-07-01", confidence=f"good: press on R0, R14 read; {EARLIER}",
    ),
    _czib(
        "2026-03-r14", MIDDLE_EAST_2026, "2026-03", "R14", "2026-07-01",
        "Do not operate in Iran, Iraq and Lebanon; caution in the eight others.",
        slug="2026-03-r14", ended="2026-07-08",
    ),
    _czib(
        "2026-04-r0", ("iran",), "2026-04", "R0", "2026-07-08",
        "Do not operate in the Tehran FIR at any level.",
        ended="2026-08-31", confidence="good: dates firm, text read for R1",
    ),
    _czib(
        "2026-04-r1", ("iran",), "2026-04", "R1", "2026-08-31",
        "Do not operate in the Tehran FIR at any level: high alert, attacks round the Strait of "
        "Hormuz.",
        slug="czib-2026-04-r1", expires="2026-09-30", ended="2026-09-30",
    ),
    _czib(
        "2026-04-r2", ("iran",), "2026-04", "R2", "2026-09-30",
        "Do not operate in the Tehran FIR at any level.",
        expires="2026-11-16", confidence=LIST_ONLY,
    ),
    # Iraq
    _czib(
        "2017-04-r0", ("iraq",), "2017-04", "R0 to R17", "2017-03-31",
        "Avoid overflights of Iraq: by January 2020 two corridors were excepted, by the last "
        "revisions levels from FL320 up.",
        ended="2025-06-13", exceptions="two corridors (as reported in January 2020)",
        confidence=f"fair: R5 in the press, R17 named in CZIB 2025-02; {EARLIER}",
    ),
    _czib(
        "2017-04-r18", ("iraq",), "2017-04", "R18", "2025-07-07",
        "Taken up again after CZIB 2025-02 ended; text not seen.",
        level="caution", ended="2025-10-31",
        confidence=(
            "text not seen: it must exist between R17 and R19, counted from 2025-07-07, the day "
            "CZIB 2025-02 ended"
        ),
    ),
    _czib(
        "2017-04-r19", ("iraq",), "2017-04", "R19", "2025-10-31",
        "Do not operate in Iraqi airspace below FL320: militias with missiles and drones, "
        "misidentification.",
        slug="czib-2017-04r19", ceiling_ft=32000.0, ended="2026-05-01",
    ),
    _czib(
        "2026-05-r0", ("iraq",), "2026-05", "R0", "2026-07-08",
        "Do not operate in the Baghdad FIR at any level.",
        ended="2026-08-31", confidence="good: dates firm, text read for R1",
    ),
    _czib(
        "2026-05-r1", ("iraq",), "2026-05", "R1", "2026-08-31",
        "Do not operate in the Baghdad FIR at any level: drones, missiles, militias, air defence.",
        slug="czib-2026-05-r1", expires="2026-09-30", ended="2026-09-30",
    ),
    _czib(
        "2026-05-r2", ("iraq",), "2026-05", "R2", "2026-09-30",
        "Do not operate in the Baghdad FIR at any level.",
        expires="2026-11-16", confidence=LIST_ONLY,
    ),
    # Lebanon
    _czib(
        "2024-01-r0", ("lebanon",), "2024-01", "R0 to R4", "2024-09-28",
        "Do not fly in Lebanese airspace.",
        ended="2025-06-13",
        confidence=f"good: press on the first issue, R4 named in CZIB 2025-02; {EARLIER}",
    ),
    _czib(
        "2024-01-r5", ("lebanon",), "2024-01", "R5 and R6", "2025-07-07",
        "Taken up again after CZIB 2025-02 ended; text not seen.",
        level="caution", ended="2026-01-26",
        confidence=(
            "text not seen: they must exist between R4 and R7, counted from 2025-07-07, the day "
            "CZIB 2025-02 ended"
        ),
    ),
    _czib(
        "2024-01-r7", ("lebanon",), "2024-01", "R7", "2026-01-26",
        "Do not operate in Lebanese airspace at any level.",
        slug="2024-01-r7", ended="2026-05-01", exceptions=EXCEPT_BEIRUT,
    ),
    _czib(
        "2026-06-r0", ("lebanon",), "2026-06", "R0", "2026-07-08",
        "Do not operate in the Beirut FIR at any level.",
        ended="2026-08-31", confidence="good: dates firm, text read for R1",
    ),
    _czib(
        "2026-06-r1", ("lebanon",), "2026-06", "R1", "2026-08-31",
        "Do not operate in the Beirut FIR at any level.",
        slug="czib-2026-06-r1", expires="2026-09-30", ended="2026-09-30", exceptions=EXCEPT_BEIRUT,
    ),
    _czib(
        "2026-06-r2", ("lebanon",), "2026-06", "R2", "2026-09-30",
        "Do not operate in the Beirut FIR at any level.",
        expires="2026-11-16", confidence=LIST_ONLY, exceptions=f"{EXCEPT_BEIRUT} (as in R1)",
    ),
    # Syria
    _czib(
        "2017-03-r0", ("syria",), "2017-03", "R0 to April 2023", "2017-03-31",
        "High risk at all levels over Syria; operators were told to take it into account.",
        level="caution", ended="2023-04-28",
        confidence=f"fair: the wording of 2022 read in a copy; {EARLIER}",
    ),
    _czib(
        "2017-03-r13", ("syria",), "2017-03", "April 2023 to R18", "2023-04-28",
        "Do not fly over Syria at any level.",
        slug="czib-2017-03r13", ended="2026-05-12",
        confidence=f"good: R13 read, which dates the recommendation to 2023-04-28; {EARLIER}",
    ),
    _czib(
        "2017-03-r19", ("syria",), "2017-03", "R19", "2026-05-12",
        "Do not operate in the Damascus FIR at any level: many forces, air defence, strikes.",
        slug="czib-2017-03r19", expires="2026-10-31", ended="2026-10-01",
    ),
    _czib(
        "2017-03-r20", ("syria",), "2017-03", "R20", "2026-10-01",
        "Do not operate in the Damascus FIR at any level.",
        expires="2026-11-30", confidence=LIST_ONLY,
    ),
    # Yemen
    _czib(
        "2017-07-r0", ("yemen",), "2017-07", "R0 to R18", "2017-08-31",
        "High risk at all levels over Yemen, some routes over the sea excepted.",
        ended="2026-05-12", exceptions="R401, UL425, UM551 and N315 (first issue)",
        confidence=f"good: press on the first issue, R19 read; {EARLIER}",
    ),
    _czib(
        "2017-07-r19", ("yemen",), "2017-07", "R19", "2026-05-12",
        "Do not operate in the Sanaa FIR at any level.",
        slug="czib-2017-07r19", expires="2026-10-31", ended="2026-09-30", exceptions=EXCEPT_B400,
    ),
    _czib(
        "2017-07-r20", ("yemen",), "2017-07", "R20", "2026-09-30",
        "Do not operate in the Sanaa FIR at any level.",
        expires="2027-04-30", confidence=LIST_ONLY, exceptions=EXCEPT_B400,
    ),
    # Africa
    _czib(
        "2023-01-r0", ("sudan",), "2023-01", "R0 to R7", "2023-04-26",
        "Do not fly in the Khartoum FIR (later: over the territory of Sudan) at any level.",
        ended="2026-07-24", confidence=f"good: press on the first issue, R8 read; {EARLIER}",
    ),
    _czib(
        "2023-01-r8", ("sudan",), "2023-01", "R8", "2026-07-24",
        "Do not fly over the territory of Sudan at any level: both sides have aircraft, guns and "
        "missiles.",
        slug="czib-2023-01r8", expires="2027-01-31",
    ),
    _czib(
        "2017-02-r0", ("libya",), "2017-02", "R0 to R19", "2017-03-31",
        "Bulletin on Libya; the text of these revisions was not seen.",
        level="caution", ended="2026-07-24", confidence=UNREAD,
    ),
    _czib(
        "2017-02-r20", ("libya",), "2017-02", "R20", "2026-07-24",
        "Do not operate in the Tripoli FIR below FL320.",
        slug="czib-2017-02r20", ceiling_ft=32000.0, expires="2027-01-31",
        exceptions="coastal airports approached from the sea, coordinated with ATC, on conditions",
    ),
    _czib(
        "2017-02-r20-above", ("libya",), "2017-02", "R20, above FL320", "2026-07-24",
        "Caution in the Tripoli FIR above FL320: air defence reaches all levels.",
        slug="czib-2017-02r20", level="caution", floor_ft=32000.0, expires="2027-01-31",
    ),
    _czib(
        "2017-05-r0", ("somalia",), "2017-05", "R0 to R18", "2017-03-31",
        "Do not operate over Somalia below FL260.",
        ceiling_ft=26000.0, ended="2026-04-17",
        confidence=f"fair: in force in 2020 at this level, R19 read; {EARLIER}",
    ),
    _czib(
        "2017-05-r19", ("somalia",), "2017-05", "R19", "2026-04-17",
        "Do not operate in the Mogadishu FIR at or below FL260.",
        slug="czib-2017-05r19", ceiling_ft=26000.0, expires="2026-10-31", ended="2026-09-30",
    ),
    _czib(
        "2017-05-r20", ("somalia",), "2017-05", "R20", "2026-09-30",
        "Do not operate in the Mogadishu FIR at or below FL260.",
        ceiling_ft=26000.0, expires="2027-04-30", confidence=LIST_ONLY,
    ),
    # Afghanistan
    _czib(
        "2017-08-r0", ("afghanistan",), "2017-08", "R0 to R15", "2017-10-17",
        "Bulletin on Afghanistan; the text of these revisions was not seen. In August 2021 EASA "
        "advised against all flights until further notice.",
        level="caution", ended="2025-01-31", confidence=UNREAD,
    ),
    _czib(
        "2017-08-r16", ("afghanistan",), "2017-08", "R16 to R18", "2025-01-31",
        "Do not fly in the Kabul FIR below FL320.",
        slug="czib-2017-08r16", ceiling_ft=32000.0, ended="2026-07-24",
        confidence="good: R16 read, R18 in the OPSGROUP listing",
    ),
    _czib(
        "2017-08-r19", ("afghanistan",), "2017-08", "R19", "2026-07-24",
        "Do not operate in the Kabul FIR below FL320: armed groups, cross-border strikes, no air "
        "traffic service.",
        slug="czib-2017-08r19", ceiling_ft=32000.0, expires="2027-01-31",
    ),
)  # fmt: skip


def _faa(
    key: str,
    zone: str,
    reference: str,
    issued: str,
    summary: str,
    *,
    revision: str = "",
    confidence: str = RULE,
    level: str = "avoid",
    binds: str = US,
    ceiling_ft: float | None = None,
    expires: str | None = None,
    ended: str | None = None,
    exceptions: str = "",
) -> Record:
    """One rule or NOTAM of the FAA."""
    return Record(
        id=f"faa-{key}",
        zones=(zone,),
        issuer="FAA",
        reference=reference,
        revision=revision,
        level=level,
        binds=binds,
        ceiling_ft=ceiling_ft,
        issued=issued,
        expires=expires,
        ended=ended,
        exceptions=exceptions,
        url=FAA_PAGE,
        confidence=confidence,
        summary=summary,
    )


NOTAM_2022 = "firm as a copy: OPSGROUP listing of 2026-09-03; date confirmed by the press"
DJIBOUTI = "over water, climbing out of or descending into Djibouti (since 2022-12-27)"
SANAA = "east and south-east of KAPET-NODMA-IMPAG-TIMAD-PARIM-RIBOK, routes UT702 and M999 included"

FAA = (
    _faa(
        "a0003-22", "belarus", "KICZ A0003/22", "2022-02-24",
        "Flights in the Minsk FIR prohibited at all levels until further notice.",
        confidence=NOTAM_2022,
    ),
    _faa(
        "a0004-22", "ukraine", "KICZ A0004/22", "2022-02-24",
        "Flights in all Ukrainian FIRs and UKBU prohibited at all levels until further notice.",
        confidence=NOTAM_2022,
    ),
    _faa(
        "a0002-20", "iran", "KICZ A0002/20", "2020-01-08",
        "Flights in the Tehran FIR prohibited; became SFAR 117.",
        ended="2020-10-29",
        confidence=(
            "good: named in SFAR 117; issued in the night of 7 to 8 January 2020, hours before "
            "PS752, counted from the 8th (UTC)"
        ),
    ),
    _faa(
        "sfar-117-2020", "iran", "SFAR 117", "2020-10-29",
        "Flights in the Tehran FIR prohibited at all levels.",
        revision="as issued 2020", ended="2024-10-03",
        confidence=f"{RULE} 85 FR 68435, effective 2020-10-29; extended in 2022",
    ),
    _faa(
        "sfar-117-2024", "iran", "SFAR 117", "2024-10-03",
        "Flights in the Tehran FIR prohibited at all levels.",
        revision="as extended 2024", expires="2027-10-31",
        confidence=f"{RULE} 89 FR 80384, effective 2024-10-03",
    ),
    _faa(
        "sfar-77-2022", "iraq", "SFAR 77", "2022-09-20",
        "Flights in the Baghdad FIR prohibited below FL320.",
        revision="as extended 2022", ceiling_ft=32000.0, ended="2024-10-16",
        confidence="good: 87 FR 57384 for the date; level as listed by Safe Airspace since 2021",
    ),
    _faa(
        "sfar-77-2024", "iraq", "SFAR 77", "2024-10-16",
        "Flights in the Baghdad FIR prohibited below FL320.",
        revision="as extended 2024", ceiling_ft=32000.0, expires="2027-10-26",
        confidence=(
            f"{RULE} 89 FR 83421, published 2024-10-16; Safe Airspace prints 2027-10-31 as its "
            "end, the rule 2027-10-26"
        ),
    ),
    _faa(
        "a0009-18", "lebanon", "KICZ A0009/18", "2018-04-14",
        "Caution within 200 NM of the Damascus FIR: errant long-range missiles, jamming.",
        level="caution", binds=US_ADVICE, confidence=COPY_NOTAM,
    ),
    _faa(
        "sfar-114-2017", "syria", "SFAR 114", "2017-08-29",
        "Flights in the Damascus FIR prohibited at all levels.",
        revision="as reissued 2017", ended="2023-12-27",
        confidence=f"{RULE} 82 FR 40944, extended by 83 FR 63410 and 85 FR 75840",
    ),
    _faa(
        "sfar-114-2023", "syria", "SFAR 114", "2023-12-27",
        "Flights in the Damascus FIR prohibited at all levels.",
        revision="as extended 2023", expires="2028-12-30",
        confidence=f"{RULE} 88 FR 89294, published 2023-12-27",
    ),
    _faa(
        "sfar-115-2019", "yemen", "SFAR 115", "2019-12-11",
        "Flights in the Sanaa FIR prohibited west and north-west of a line of fixes.",
        revision="as extended 2019", ended="2024-12-30", exceptions=SANAA,
        confidence=f"{RULE} 84 FR 67659, effective 2019-12-11; extended 2021, fixes renamed 2023",
    ),
    _faa(
        "sfar-115-2024", "yemen", "SFAR 115", "2024-12-30",
        "Flights in the Sanaa FIR prohibited west and north-west of a line of fixes.",
        revision="as extended 2024", expires="2028-01-07", exceptions=SANAA,
        confidence=f"{RULE} 89 FR 106301, effective 2024-12-30",
    ),
    _faa(
        "sfar-112-2023", "libya", "SFAR 112", "2023-03-21",
        "Flights over Libya prohibited at all levels.",
        revision="as extended 2023", ended="2025-03-19",
        exceptions="airspace over the sea off the north coast, and a small part over Chad",
        confidence="good: 88 FR 16878 for the date, text read for the extension of 2025",
    ),
    _faa(
        "sfar-112-2025", "libya", "SFAR 112", "2025-03-19",
        "Flights over Libya prohibited at all levels.",
        revision="as extended 2025", expires="2028-03-20",
        exceptions="airspace over the sea off the north coast, and a small part over Chad",
        confidence=f"{RULE} 90 FR 13070, effective 2025-03-19",
    ),
    _faa(
        "sfar-107-2016", "somalia", "SFAR 107", "2016-01-07",
        "Flights in the territory and airspace of Somalia prohibited below FL260.",
        revision="as issued 2016", ceiling_ft=26000.0, ended="2022-12-27",
        confidence=f"{RULE} 81 FR 721, published 2016-01-07; extended 2017 and 2019",
    ),
    _faa(
        "sfar-107-2022", "somalia", "SFAR 107", "2022-12-27",
        "Flights in the territory and airspace of Somalia prohibited below FL260.",
        revision="as extended 2022", ceiling_ft=26000.0, expires="2027-01-07", exceptions=DJIBOUTI,
        confidence=f"{RULE} 87 FR 79239, published 2022-12-27",
    ),
    _faa(
        "sfar-119-2023", "afghanistan", "SFAR 119", "2023-07-25",
        "Flights in the Kabul FIR prohibited below FL320.",
        revision="as issued 2023", ceiling_ft=32000.0, ended="2025-07-01",
        exceptions="routes P500 and G500 at and above FL300 (since 2024-07-05)",
        confidence=f"{RULE} 88 FR 47765, effective 2023-07-25; amended by 89 FR 55500",
    ),
    _faa(
        "sfar-119-2025", "afghanistan", "SFAR 119", "2025-07-01",
        "Flights in the Kabul FIR prohibited below FL320.",
        revision="as extended 2025", ceiling_ft=32000.0, expires="2028-07-25",
        exceptions="routes P500 and G500 at and above FL300",
        confidence=f"{RULE} 90 FR 27981, effective 2025-07-01",
    ),
    _faa(
        "sfar-79-2018", "north-korea", "SFAR 79", "2018-09-18",
        "Flights in the Pyongyang FIR prohibited.",
        revision="as amended 2018", ended="2023-09-15",
        confidence=f"{RULE} 83 FR 47059, published 2018-09-18; extended in between",
    ),
    _faa(
        "sfar-79-2023", "north-korea", "SFAR 79", "2023-09-15",
        "Flights in the Pyongyang FIR, its part over the sea included, prohibited at all levels.",
        revision="as extended 2023", expires="2028-09-18",
        confidence=f"{RULE} 88 FR 63519, effective 2023-09-15",
    ),
)  # fmt: skip


def _national(
    key: str,
    issuer: str,
    zones: tuple[str, ...],
    reference: str,
    issued: str,
    binds: str,
    summary: str,
    *,
    level: str = "avoid",
    ceiling_ft: float | None = None,
    expires: str | None = None,
    exceptions: str = "",
    confidence: str = COPY,
) -> Record:
    """One standing notice or NOTAM of a State.

    A circular repeats older warnings under its own number each time it is reissued: the year the
    warning dates from goes with the number, so that a back-test does not read as an anachronism.
    """
    if reference.startswith("AIC"):
        reference = f"{reference} (standing since {issued[:4]})"
    return Record(
        id=key,
        zones=zones,
        issuer=issuer,
        reference=reference,
        level=level,
        binds=binds,
        ceiling_ft=ceiling_ft,
        issued=issued,
        expires=expires,
        exceptions=exceptions,
        confidence=confidence,
        summary=summary,
    )


AIP = "AIP ENR 1.1 (1.4.5)"

UNITED_KINGDOM = (
    _national(
        "uk-ukraine", "United Kingdom", ("ukraine",), AIP, "2022-02-24", UK_BAN,
        "All Ukrainian FIRs prohibited.",
    ),
    _national(
        "uk-belarus", "United Kingdom", ("belarus",), AIP, "2022-01-24", UK,
        "Do not enter the Minsk FIR.",
    ),
    _national(
        "uk-iran", "United Kingdom", ("iran",), AIP, "2024-10-03", UK,
        "Do not enter the Tehran FIR.",
    ),
    _national(
        "uk-iraq", "United Kingdom", ("iraq",), AIP, "2022-09-12", UK,
        "Do not enter the Baghdad FIR below FL320.", ceiling_ft=32000.0,
    ),
    _national(
        "uk-lebanon-v0024-26", "United Kingdom", ("lebanon",), "NOTAM V0024/26", "2026-07-22", UK,
        "Do not enter the Beirut FIR: military activity.",
        expires="2026-10-19", confidence=COPY_NOTAM,
    ),
    _national(
        "uk-syria-vicinity", "United Kingdom", ("lebanon",), f"{AIP}, vicinity of Syria",
        "2018-10-22", UK, "Take the risk into account within 200 NM of the Damascus FIR.",
        level="caution",
    ),
    _national(
        "uk-syria", "United Kingdom", ("syria",), AIP, "2015-06-12", UK_BAN,
        "The Damascus FIR and the territory of Syria prohibited.",
    ),
    _national(
        "uk-yemen", "United Kingdom", ("yemen",), AIP, "2015-09-08", UK,
        "Do not enter the Sanaa FIR.", exceptions="airways N315, UL425 and R401",
    ),
    _national(
        "uk-sudan", "United Kingdom", ("sudan",), AIP, "2023-04-21", UK,
        "Do not enter the Khartoum FIR over the territory of Sudan.",
    ),
    _national(
        "uk-libya", "United Kingdom", ("libya",), AIP, "2015-06-12", UK,
        "Do not enter the Tripoli FIR (a prohibition in earlier years).",
    ),
    _national(
        "uk-somalia", "United Kingdom", ("somalia",), AIP, "2016-01-15", UK,
        "Do not enter the Mogadishu FIR below 25,000 ft above the ground.", ceiling_ft=25000.0,
    ),
    _national(
        "uk-afghanistan-v0028-26", "United Kingdom", ("afghanistan",), "NOTAM V0028/26",
        "2026-08-25", UK,
        "Take the risk from military activity in the Kabul FIR into account; to go into the AIP.",
        level="caution", expires="2026-10-29",
        confidence=f"{COPY_NOTAM}; follows V0020/26, not read",
    ),
)  # fmt: skip

AIC_DE = "AIC 08/25"

GERMANY_NOTICES = (
    _national(
        "germany-russia", "Germany", (*RUSSIA, "belarus"), AIC_DE, "2025-01-03", GERMANY,
        "Do not enter UUWV, URRV, ULLL, USSV, UWWW and UMMV west of 60° E.",
    ),
    _national(
        "germany-ukraine", "Germany", ("ukraine",), AIC_DE, "2022-02-24", GERMANY_BAN,
        "All Ukrainian FIRs and UKBU prohibited.",
    ),
    _national(
        "germany-iran", "Germany", ("iran",), AIC_DE, "2025-02-15", GERMANY_CAUTION,
        "Take the risk in the Tehran FIR into account (overruled while NOTAM B0437/26 holds).",
        level="caution",
    ),
    _national(
        "germany-iran-b0437-26", "Germany", ("iran",), "NOTAM B0437/26", "2026-06-03", GERMANY,
        "Do not enter the Tehran FIR.", expires="2026-09-03", confidence=COPY_NOTAM,
    ),
    _national(
        "germany-iraq", "Germany", ("iraq",), AIC_DE, "2022-09-02", GERMANY,
        "Do not enter the Baghdad FIR below FL280; take the risk into account above.",
        ceiling_ft=28000.0,
    ),
    _national(
        "germany-lebanon-b0436-26", "Germany", ("lebanon",), "NOTAM B0436/26", "2026-06-03",
        GERMANY, "Do not enter the Beirut FIR.", expires="2026-09-03", confidence=COPY_NOTAM,
    ),
    _national(
        "germany-syria-b0294-26", "Germany", ("syria",), "NOTAM B0294/26", "2026-04-30",
        GERMANY_BAN, "The Damascus FIR prohibited below FL260; take the risk into account above.",
        ceiling_ft=26000.0, expires="2026-05-14",
        confidence=f"{COPY_NOTAM}, still listed there though printed as valid to 2026-05-14",
    ),
    _national(
        "germany-yemen", "Germany", ("yemen",), AIC_DE, "2024-02-13", GERMANY_BAN,
        "The Sanaa FIR prohibited.", exceptions=EXCEPT_B400,
    ),
    _national(
        "germany-sudan", "Germany", ("sudan",), AIC_DE, "2023-04-21", GERMANY_BAN,
        "The Khartoum FIR prohibited.",
    ),
    _national(
        "germany-libya", "Germany", ("libya",), AIC_DE, "2021-04-19", GERMANY,
        "Do not enter the Tripoli FIR within the territory and airspace of Libya.",
    ),
    _national(
        "germany-somalia", "Germany", ("somalia",), AIC_DE, "2016-02-04", GERMANY,
        "Do not enter the Mogadishu FIR below FL260.",
        ceiling_ft=26000.0, exceptions="east of 54° E",
    ),
    _national(
        "germany-afghanistan", "Germany", ("afghanistan",), AIC_DE, "2024-10-31", GERMANY,
        "Do not enter the Kabul FIR below FL320.", ceiling_ft=32000.0,
    ),
)  # fmt: skip

AIC_FR = "AIC 011/26"

FRANCE_NOTICES = (
    _national(
        "france-russia-rest", "France", ROSTOV, AIC_FR, "2024-06-27", FRANCE,
        "Extreme caution in the Moscow and Rostov FIRs beyond 200 NM of the Ukrainian border; "
        "nearer than that, do not enter (that belt is not held here).",
        level="caution",
    ),
    _national(
        "france-ukraine-belarus", "France", ("ukraine", "belarus"), AIC_FR, "2024-06-27", FRANCE,
        "Do not enter the Ukrainian FIRs and the Minsk FIR.",
    ),
    _national(
        "france-iran", "France", ("iran",), AIC_FR, "2020-04-09", FRANCE,
        "East of 54° E not below FL320; west of 54° E not at all (more than is counted here).",
        ceiling_ft=32000.0,
        confidence=f"{COPY}; overruled while NOTAM F1765/26 holds",
    ),
    _national(
        "france-iran-f1765-26", "France", ("iran",), "NOTAM F1765/26", "2026-08-26", FRANCE,
        "Do not enter the Tehran FIR.", expires="2026-09-30", confidence=COPY_NOTAM,
    ),
    _national(
        "france-iraq", "France", ("iraq",), AIC_FR, "2025-08-28", FRANCE,
        "Do not enter the Baghdad FIR.",
        exceptions="M860, L602 and L718 northbound, M688 southbound, at or above FL320",
        confidence=f"{COPY}; overruled while NOTAM F1766/26 holds",
    ),
    _national(
        "france-iraq-f1766-26", "France", ("iraq",), "NOTAM F1766/26", "2026-08-26", FRANCE,
        "Do not enter the Baghdad FIR.", expires="2026-09-30", confidence=COPY_NOTAM,
    ),
    _national(
        "france-lebanon-f1805-26", "France", ("lebanon",), "NOTAM F1805/26", "2026-09-01", FRANCE,
        "Do not enter the Beirut FIR.", expires="2026-11-25",
        exceptions="Beirut (OLBA) by sea, coordinated, after a risk assessment",
        confidence=COPY_NOTAM,
    ),
    _national(
        "france-syria", "France", ("syria",), AIC_FR, "2020-04-09", FRANCE,
        "Do not enter the Damascus FIR.",
    ),
    _national(
        "france-yemen", "France", ("yemen",), AIC_FR, "2021-11-04", FRANCE,
        "Do not enter the Sanaa FIR.",
        exceptions="routes over the sea, B400 and east of it, at or above FL320",
    ),
    _national(
        "france-sudan", "France", ("sudan",), "AIC 002/26", "2023-12-14", FRANCE,
        "Do not enter the Khartoum FIR over Sudan, nor plan Sudanese alternates.",
    ),
    _national(
        "france-libya", "France", ("libya",), AIC_FR, "2026-05-28", FRANCE,
        "Do not enter the Tripoli FIR.",
        exceptions="M999 and G655/M214 segments at or above FL320",
        confidence=f"{COPY}; overruled while NOTAM F1625/26 holds",
    ),
    _national(
        "france-libya-f1625-26", "France", ("libya",), "NOTAM F1625/26", "2026-07-30", FRANCE,
        "Do not enter the Tripoli FIR.", expires="2026-10-28",
        exceptions="segments of M999, G655 and R778 at or above FL320, after a risk assessment",
        confidence=COPY_NOTAM,
    ),
    _national(
        "france-somalia", "France", ("somalia",), "AIC 002/26", "2023-12-14", FRANCE,
        "Not below FL260 in the Mogadishu FIR.", ceiling_ft=26000.0,
        exceptions="over the sea north of 11°30' N, with great caution below 5,000 ft",
    ),
    _national(
        "france-afghanistan", "France", ("afghanistan",), AIC_FR, "2023-09-28", FRANCE,
        "Not below FL320 in the Kabul FIR.", ceiling_ft=32000.0,
    ),
)  # fmt: skip

AIC_CA = "AIC 17/26"

CANADA_NOTICES = (
    _national(
        "canada-rostov", "Canada", ROSTOV, AIC_CA, "2022-02-24", CANADA_BAN,
        "The whole Rostov FIR prohibited (and the Moscow FIR within 200 NM of UKDV and UKBV, which "
        "is not held here).",
    ),
    _national(
        "canada-ukraine", "Canada", ("ukraine",), AIC_CA, "2022-02-24", CANADA_BAN,
        "All Ukrainian FIRs prohibited.",
    ),
    _national(
        "canada-belarus", "Canada", ("belarus",), AIC_CA, "2022-02-24", CANADA_BAN,
        "The Minsk FIR prohibited.",
    ),
    _national(
        "canada-iran", "Canada", ("iran",), AIC_CA, "2020-01-10", CANADA,
        "Do not enter the Tehran FIR.",
    ),
    _national(
        "canada-iraq", "Canada", ("iraq",), AIC_CA, "2021-11-18", CANADA,
        "Not below FL320 in the Baghdad FIR.", ceiling_ft=32000.0,
    ),
    _national(
        "canada-lebanon", "Canada", ("lebanon",), AIC_CA, "2024-08-01", CANADA,
        "Do not enter the Beirut FIR.",
    ),
    _national(
        "canada-syria", "Canada", ("syria",), AIC_CA, "2024-12-26", CANADA_BAN,
        "The Damascus FIR prohibited.",
    ),
    _national(
        "canada-yemen", "Canada", ("yemen",), AIC_CA, "2021-02-09", CANADA,
        "Do not enter the Sanaa FIR north-west of PAKER-ORBAT-NORMA on route UT702.",
    ),
    _national(
        "canada-sudan", "Canada", ("sudan",), AIC_CA, "2023-05-18", CANADA,
        "Do not enter the Khartoum FIR.",
    ),
    _national(
        "canada-libya", "Canada", ("libya",), AIC_CA, "2020-02-18", CANADA,
        "Do not enter the Tripoli FIR.",
    ),
    _national(
        "canada-somalia", "Canada", ("somalia",), AIC_CA, "2021-02-09", CANADA,
        "Not below FL260 in the Mogadishu FIR.", ceiling_ft=26000.0,
    ),
    _national(
        "canada-afghanistan", "Canada", ("afghanistan",), AIC_CA, "2024-08-23", CANADA,
        "Not below FL320 in the Kabul FIR.", ceiling_ft=32000.0,
    ),
)  # fmt: skip


def _italy(
    number: str,
    zones: tuple[str, ...],
    summary: str,
    *,
    binds: str = ITALY,
    level: str = "avoid",
    ceiling_ft: float | None = None,
    exceptions: str = "",
    issued: str = "2026-06-08",
    expires: str = "2026-09-05",
    confidence: str = COPY_NOTAM,
    part: str = "",
) -> Record:
    """One Italian NOTAM; the set of June 2026 ran until 2026-09-05."""
    return _national(
        f"italy-{number.lower().replace('/', '-')}{part}", "Italy", zones, f"NOTAM {number}",
        issued, binds, summary, level=level, ceiling_ft=ceiling_ft, expires=expires,
        exceptions=exceptions, confidence=confidence,
    )  # fmt: skip


ITALY_NOTICES = (
    _italy(
        "E1457/26", ("ukraine", *ROSTOV),
        "All Ukrainian FIRs and the Rostov FIR prohibited, and a belt of 200 NM along the border "
        "of Ukraine and Russia (not held here).",
        binds=ITALY_BAN,
    ),
    _italy(
        "E1457/26", ("russia-west-60e",),
        "Besides the ban of the Rostov FIR: an additional risk assessment before flying in UUWV, "
        "ULLL, USSV and UWWW.",
        level="caution", part="-assessment",
    ),
    _italy("E1455/26", ("belarus",), "Avoid the Minsk FIR."),
    _italy("E1456/26", ("iran",), "Avoid the Tehran FIR."),
    _italy("E1451/26", ("iraq",), "Avoid the Baghdad FIR."),
    _italy(
        "E1452/26", ("lebanon",),
        "Follow the EASA bulletin in the Beirut FIR and make a sound risk assessment; Safe "
        "Airspace reads it as not to enter.",
        confidence=f"fair: {COPY_NOTAM}; the wording leaves room",
    ),
    _italy("E1459/26", ("syria",), "Avoid the Damascus FIR at all levels."),
    _italy("E1450/26", ("yemen",), "Avoid the Sanaa FIR and the southern Red Sea at all levels."),
    _italy(
        "E2227/26", ("sudan",), "Avoid the Khartoum FIR at all levels.",
        issued="2026-09-01", expires="2026-11-29",
    ),
    _italy(
        "E1447/26", ("somalia",), "Avoid the Mogadishu FIR below 25,000 ft above the ground.",
        ceiling_ft=25000.0,
    ),
    _italy(
        "E1454/26", ("afghanistan",), "Avoid the Kabul FIR below 25,000 ft above the ground.",
        ceiling_ft=25000.0, exceptions="routes P500 and G500",
    ),
)  # fmt: skip

UKRAINE_NOTICES = (
    Record(
        id="ukraine-closure-2022", zones=("ukraine",), issuer="Ukraine",
        reference="closure of all FIRs by NOTAM", level="avoid", binds="all civil aircraft",
        issued="2022-02-24", ended="2026-06-23",
        summary="Ukraine closed its airspace to civil flights; kept up by one NOTAM after another.",
        confidence="good: reported by all; the NOTAMs of the years between were not read",
    ),
    Record(
        id="ukraine-a0050-26", zones=("ukraine",), issuer="Ukraine", reference="NOTAM A0050/26",
        level="avoid", binds="all civil aircraft", issued="2026-06-23", expires="2026-09-22",
        summary="All Ukrainian FIRs closed to all but Ukrainian state aircraft; no ATC.",
        exceptions="with leave of the General Staff of the Armed Forces of Ukraine",
        confidence=f"{COPY_NOTAM}; its successor was not seen",
    ),
)  # fmt: skip

ADVISORIES: tuple[Record, ...] = (
    *EASA,
    *FAA,
    *UNITED_KINGDOM,
    *GERMANY_NOTICES,
    *FRANCE_NOTICES,
    *CANADA_NOTICES,
    *ITALY_NOTICES,
    *UKRAINE_NOTICES,
)
