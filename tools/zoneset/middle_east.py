"""Notices that speak of several countries of the Middle East at once."""

from __future__ import annotations

from zoneset.papers import EARLIER, EXCEPT_BEIRUT, Record, czib
from zoneset.shapes import Recipe

__all__ = ["ADVISORIES", "RECIPES"]

JUNE_2025 = ("iran", "iraq", "lebanon", "israel", "jordan")

BANNED_2026 = ("iran", "iraq", "lebanon")
GULF_2026 = ("bahrain", "kuwait", "qatar", "emirates", "gulf-waters")
OPEN_2026 = ("israel", "jordan", *GULF_2026)
SOUTH_2026 = (
    "oman", "gulf-of-oman-west", "gulf-of-oman-east", "saudi-arabia", "gulf-waters-saudi",
)  # fmt: skip

# Neighbours across the border or the Gulf with US bases; the bulletin names no country.
WITH_US_BASES = ("iraq", "bahrain", "kuwait", "qatar", "emirates", "gulf-waters")


RECIPES: tuple[Recipe, ...] = ()

ADVISORIES: tuple[Record, ...] = (
    czib(
        "2023-03-r3", "israel", "2023-03", "R3", "2023-12-06",
        "Take the risk in the Tel Aviv FIR into account, and within 120 NM of Aqaba in the Amman, "
        "Jeddah and Cairo FIRs (that ring is not drawn here).",
        level="caution", slug="2023-03-r3", expires="2024-04-30", ended="2024-04-04",
        confidence=(
            "firm: text of R3 read; withdrawn early, counted from the last change in EASA's list "
            "(in April 2024 EASA said that a note had replaced it); R0 to R2 not seen"
        ),
    ),
    czib(
        "2025-02-r0", JUNE_2025, "2025-02", "R0 and R1", "2025-06-13",
        "Do not operate in Iran, Iraq, Israel, Jordan and Lebanon while Israel and Iran exchange "
        "strikes.",
        ended="2025-06-30", confidence="good: issue date and scope in R2; R0 and R1 not read",
    ),
    czib(
        "2025-02-r2", JUNE_2025, "2025-02", "R2", "2025-06-30",
        "Do not operate in Iran, Iraq, Israel, Jordan and Lebanon; replaces the bulletins on Iraq "
        "and Lebanon for the time being.",
        slug="2025-02-r2", expires="2025-07-07", ended="2025-07-07",
        exceptions=f"Lebanon: {EXCEPT_BEIRUT}",
    ),
    czib(
        "2025-02-r2-near", "sinai", "2025-02", "R2", "2025-06-30",
        "Take the risk into account within 100 NM of Israel's western and southern borders in the "
        "Cairo and Jeddah FIRs (the Saudi part is not drawn here).",
        level="caution", slug="2025-02-r2", expires="2025-07-07", ended="2025-07-07",
    ),
    czib(
        "2026-02-r0", "iran", "2026-02", "R0", "2026-01-16",
        "Do not operate in Iranian airspace: defences on alert before a possible US attack.",
        ended="2026-02-12", confidence="good: dates firm, text read for R1",
    ),
    czib(
        "2026-02-r1", "iran", "2026-02", "R1", "2026-02-12",
        "Do not operate in Iranian airspace; caution in neighbours with US bases.",
        slug="2026-02-r1", expires="2026-03-31", ended="2026-04-01",
    ),
    czib(
        "2026-02-neighbours", WITH_US_BASES, "2026-02", "R0 and R1, neighbours", "2026-01-16",
        "Caution and contingency plans in the airspace of neighbours of Iran, above all where "
        "there are US bases.",
        level="caution", slug="2026-02-r1", expires="2026-03-31", ended="2026-04-01",
        confidence=(
            "fair: text read for R1, which names no country: Iraq, Kuwait, Bahrain, Qatar and the "
            "Emirates are counted"
        ),
    ),
    czib(
        "2026-03-r0", BANNED_2026, "2026-03", "R0 to R13", "2026-02-28",
        "Do not operate in Iran, Iraq, Lebanon and eight more states of the region after the "
        "strikes of 2026-02-28.",
        ended="2026-07-01", confidence=f"good: press on R0 and R13, R14 read; {EARLIER}",
    ),
    czib(
        "2026-03-r0-open", OPEN_2026, "2026-03", "R0 to R9", "2026-02-28",
        "Do not operate in Bahrain, Israel, Jordan, Kuwait, Qatar and the Emirates, nor in Iran, "
        "Iraq, Lebanon, Oman and Saudi Arabia, after the strikes of 2026-02-28.",
        ended="2026-05-12",
        confidence=(
            "fair: press on R0 and on the validity to 2026-04-24; R10 of 2026-05-12 amended the "
            f"recommendations, by one account; {EARLIER}"
        ),
    ),
    czib(
        "2026-03-r10-open", OPEN_2026, "2026-03", "R10 to R13", "2026-05-12",
        "Caution in Bahrain, Israel, Jordan, Kuwait, Qatar and the Emirates.",
        level="caution", ended="2026-07-01",
        confidence=(
            "fair: R10 known by one account as amended, text not seen; R13 of 2026-06-24 in the "
            "press, with caution for the eight as before"
        ),
    ),
    czib(
        "2026-03-r0-south", SOUTH_2026, "2026-03", "R0 to R3", "2026-02-28",
        "Do not operate in Oman and Saudi Arabia, nor in nine more states of the region.",
        ended="2026-03-18",
        confidence=(
            "fair: press on R0 and on the validity to 2026-03-18; R1 to R3 not read, they may have "
            "relaxed a part"
        ),
    ),
    czib(
        "2026-03-r4-south", SOUTH_2026, "2026-03", "R4 to R13", "2026-03-18",
        "By R5 flights at or above FL320 over southern Saudi Arabia were not advised against; "
        "by R13 caution in Oman and Saudi Arabia.",
        level="caution", ended="2026-07-01",
        exceptions=(
            "the north of Saudi Arabia and levels below FL320, for which the earlier ones of these "
            "revisions may still have said not to operate"
        ),
        confidence=(
            "fair: text not seen; R5 by one account, R13 of 2026-06-24 in the press; counted as "
            "caution throughout"
        ),
    ),
    czib(
        "2026-03-r14", BANNED_2026, "2026-03", "R14", "2026-07-01",
        "Do not operate in Iran, Iraq and Lebanon; caution in the eight others.",
        slug="2026-03-r14", expires="2026-07-08", ended="2026-07-08",
    ),
    czib(
        "2026-03-r14-others", (*OPEN_2026, *SOUTH_2026), "2026-03", "R14", "2026-07-01",
        "Caution in Bahrain, Kuwait, Israel, Jordan, Qatar, Oman, the Emirates and Saudi Arabia.",
        level="caution", slug="2026-03-r14", expires="2026-07-08", ended="2026-07-09",
    ),
)  # fmt: skip
