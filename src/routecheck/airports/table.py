"""The airport table of the ``airportsdata`` package, read only as far as a question needs.

Parsing all 28,000 rows takes about as long as the rest of a short command. A code needs one row,
which a ready-made index finds without reading the others (see ``codes``). Where there is none for
the installed release, and for names, the file is kept as lines: the two code columns have fixed
places, and a row is parsed when asked for. Each line has a folded twin, in which a name is found by
plain substring search.

A row goes by its place: the byte of the file at which its line begins.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from routecheck.airports.codes import CodeIndex, data_file, ready_index, short
from routecheck.airports.model import Airport
from routecheck.airports.names import fold, keys
from routecheck.airports.own import FIRST_PLACE, Own, own_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Row", "Table", "table"]

_COLUMNS = (
    "icao",
    "iata",
    "name",
    "city",
    "subd",
    "country",
    "elevation",
    "lat",
    "lon",
    "tz",
    "lid",
)
_HEADER = ",".join(f'"{column}"' for column in _COLUMNS).encode()

# ASCII to the alphabet of `fold`: lower case, digits, line ends; all else becomes a space.
_ASCII = bytes(
    ord(chr(i).lower()) if chr(i).isalnum() or i == ord("\n") else 32 for i in range(128)
) + bytes(range(128, 256))

# A search of all lines takes about 1 ms, an index of all names 0.4 s: worth it for long lists.
_SEARCHES_BEFORE_INDEX = 200


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One airport of the table.

    Attributes
    ----------
    icao, iata : str or None
        Codes. Local identifiers, which the table also keeps in its ICAO column, are not codes here.
    name, city, subd, country : str
        As in the table; ``subd`` is the state or province, ``country`` ISO 3166 alpha-2.
    lat, lon : float
        WGS84 degrees.
    city_keys, name_keys : frozenset of str
        Folded words by which the city and the airport are called.
    uncertain_km : int
        By how much open lists differ on its position, where that was not settled.
    """

    icao: str | None
    iata: str | None
    name: str
    city: str
    subd: str
    country: str
    lat: float
    lon: float
    city_keys: frozenset[str]
    name_keys: frozenset[str]
    uncertain_km: int = 0

    @property
    def place(self) -> tuple[str, str, str]:
        """The city with its state and country: airports that share it serve one town."""
        return fold(self.city or self.name), self.subd, self.country

    @property
    def typed(self) -> str:
        """What to type for this airport, so that nothing else can be meant."""
        return self.iata or (f"icao:{self.icao}" if self.icao else f"{self.lat:g},{self.lon:g}")

    @property
    def where(self) -> str:
        """City, or else the airport's name, with the country: ``"Humera (ET)"``."""
        return f"{self.city or self.name} ({self.country})"

    def as_called(self, name: str, beside: Row) -> str:
        """Say which place of a name this is, next to another that goes by the same word.

        Parameters
        ----------
        name : str
            The word, folded.
        beside : Row
            The other place: the state or province is added if both lie in one country.
        """
        called = self.city
        if name not in self.city_keys:
            own = () if name in self.name_keys else (name.capitalize(),)
            called = ", ".join(filter(None, (*own, self.name, self.city)))
        if self.subd and self.country == beside.country:
            called += f", {self.subd}"
        return f"{called} ({self.country})"

    @property
    def line(self) -> str:
        """One printable line, what to type first."""
        return f"{self.typed}  " + ", ".join(filter(None, (self.name, self.city, self.country)))

    def called(self, name: str) -> bool:
        """Tell whether a folded name is that of the city or of the airport."""
        return name in self.city_keys or name in self.name_keys

    def airport(self, word: str, note: str | None = None) -> Airport:
        """Return the public record.

        Parameters
        ----------
        word : str
            What was typed.
        note : str, optional
            What it was taken for.
        """
        if self.uncertain_km:
            doubt = f"position uncertain by {self.uncertain_km} km: open lists differ"
            note = f"{note}; {doubt}" if note else doubt
        return Airport(
            input=word,
            name=self.name,
            lat=self.lat,
            lon=self.lon,
            iata=self.iata,
            icao=self.icao,
            city=self.city,
            country=self.country,
            note=note,
        )


class Table:
    """All airports, found by code or by words.

    Parameters
    ----------
    source : bytes or CodeIndex
        Content of the table: UTF-8, one quoted line per airport, columns as in `airportsdata`. Or
        an index of its file, which is then read only for what the index does not know.
    """

    def __init__(self, source: bytes | CodeIndex) -> None:
        self._source = source
        self._index = source if isinstance(source, CodeIndex) else None
        self._rows: dict[int, Row] = {}
        self._searches = 0
        self._looks = 0

    def iata(self, code: str) -> Row | None:
        """Return the airport with an IATA code (three capitals), if there is one."""
        place = self._place("iata", code)
        return None if place is None else self._row(place)

    def icao(self, code: str) -> Row | None:
        """Return the airport with an ICAO code (four capitals), if there is one."""
        place = self._place("icao", code)
        row = None if place is None else self._row(place)
        return row if row is not None and row.icao else None

    def is_local(self, code: str) -> bool:
        """Tell whether a word (in capitals) is a local identifier, which is never a place here."""
        word = code.encode(errors="replace")
        return word in self._local or (word in self._icao and not code.isalpha())

    def containing(self, folded: str) -> list[Row]:
        """Return the airports whose line has all of these words, in the order of the table."""
        needles = [f" {word} ".encode() for word in folded.split()]
        if not needles:
            return []
        self._looks += 1
        # Of many misspelt names most hold a word that no line has: that is told at once.
        if self._looks > _SEARCHES_BEFORE_INDEX and not self._words.issuperset(
            folded.encode().split()
        ):
            return []
        first, *rest = sorted(needles, key=len, reverse=True)
        text, starts = self._folded
        found = []
        at = text.find(first)
        while at >= 0:
            i = bisect_right(starts, at) - 1
            end = starts[i + 1]
            if all(text.find(needle, starts[i], end) >= 0 for needle in rest):
                found.append(self._row(self._places[i]))
            at = text.find(first, end)
        return found

    def called(self, folded: str) -> list[Row]:
        """Return the airports of which this is the name, or the name of the city."""
        if self._index is not None and short(folded):
            return [self._row(place) for place in self._index.find("name", folded)]
        self._searches += 1
        if self._searches > _SEARCHES_BEFORE_INDEX:
            return self._by_name.get(folded, [])
        return [row for row in self.containing(folded) if row.called(folded)]

    @cached_property
    def served(self) -> list[Row]:
        """The airports that have an IATA code."""
        return [self._row(place) for place in self._iata.values()]

    @cached_property
    def rows(self) -> list[Row]:
        """All airports."""
        return [self._row(place) for place in self._places]

    @cached_property
    def positions(self) -> tuple[list[tuple[float, float]], list[str]]:
        """Latitude and longitude, degrees, and country of every airport."""
        rows = list(csv.reader(line.decode() for line in self._lines))
        better = self.own.positions
        places = [better.get(row[1]) or (float(row[7]), float(row[8])) for row in rows]
        return places, [row[5] for row in rows]

    @cached_property
    def own(self) -> Own:
        """What we have beside the table of the package."""
        return self._index.own if self._index is not None else own_rows(*self._base)

    def short_words(self, kind: str) -> Iterator[tuple[str, int]]:
        """Codes of a kind (``iata``, ``icao``), or short names (``name``), each with its place."""
        if kind == "name":
            for place, row in zip(self._places, self.rows, strict=True):
                for word in sorted(filter(short, row.city_keys | row.name_keys)):
                    yield word, place
        else:
            for code, place in (self._iata if kind == "iata" else self._icao).items():
                if code.isalpha():
                    yield code.decode(), place

    def _place(self, kind: str, code: str) -> int | None:
        if self._index is not None:
            return next(iter(self._index.find(kind, code)), None)
        return (self._iata if kind == "iata" else self._icao).get(code.encode(errors="replace"))

    @cached_property
    def _text(self) -> bytes:
        source = self._source
        text = source if isinstance(source, bytes) else source.file.read_bytes()
        text = text.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
        return text if text.startswith(_HEADER + b"\n") else _rewritten()

    @cached_property
    def _base(self) -> tuple[list[bytes], list[int]]:
        """The lines of the package and their places."""
        lines = self._text[len(_HEADER) + 1 : -1].split(b"\n")
        starts = accumulate((len(line) + 1 for line in lines), initial=len(_HEADER) + 1)
        return lines, list(starts)[:-1]

    @cached_property
    def _merged(self) -> tuple[list[bytes], list[int]]:
        """Those that count, then ours."""
        (lines, places), replaced = self._base, self.own.replaced
        mine, mine_at = self.own.split()
        kept = [i for i, place in enumerate(places) if place not in replaced]
        return [*(lines[i] for i in kept), *mine], [*(places[i] for i in kept), *mine_at]

    @property
    def _lines(self) -> list[bytes]:
        return self._merged[0]

    @property
    def _places(self) -> list[int]:
        return self._merged[1]

    @cached_property
    def _local(self) -> frozenset[bytes]:
        """Local identifiers: the last column."""
        return frozenset(line[line.rindex(b',"') + 2 : -1] for line in self._lines) - {b""}

    # A line starts "UBBB","GYD",... or "UBBN","",...

    @cached_property
    def _icao(self) -> dict[bytes, int]:
        return dict(zip((line[1:5] for line in self._lines), self._places, strict=True))

    @cached_property
    def _iata(self) -> dict[bytes, int]:
        lines = zip(self._lines, self._places, strict=True)
        return {line[8:11]: place for line, place in lines if line[8:9] != b'"'}

    @cached_property
    def _folded(self) -> tuple[bytes, list[int]]:
        """The folded lines as one text, and where each starts, with the end of the text last."""
        lines = b"\n".join(self._lines).translate(_ASCII, b"'").split(b"\n")
        odd = [i for i, line in enumerate(lines) if not line.isascii()]
        text = b"\n".join(self._lines[i] for i in odd).decode()
        for i, line in zip(odd, fold(text).split("\n"), strict=True):
            lines[i] = f" {line} ".encode()
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        return b"\n".join(lines), starts

    @cached_property
    def _words(self) -> frozenset[bytes]:
        """All words of the folded lines."""
        return frozenset(self._folded[0].split())

    @cached_property
    def _by_name(self) -> dict[str, list[Row]]:
        index: dict[str, list[Row]] = {}
        for row in self.rows:
            for name in row.city_keys | row.name_keys:
                index.setdefault(name, []).append(row)
        return index

    def _row(self, place: int) -> Row:
        row = self._rows.get(place)
        if row is None:
            icao, iata, name, city, subd, country, _, lat, lon, *_ = next(
                csv.reader([self._line(place).decode()])
            )
            city_keys, name_keys = keys(city, name)
            at = self.own.positions.get(iata) or (float(lat), float(lon))
            row = self._rows[place] = Row(
                icao=icao if icao.isalpha() else None,
                iata=iata or None,
                name=name,
                city=city,
                subd=subd,
                country=country,
                lat=at[0],
                lon=at[1],
                city_keys=city_keys,
                name_keys=name_keys,
                uncertain_km=self.own.uncertain_km.get(iata, 0),
            )
        return row

    def _line(self, place: int) -> bytes:
        if self._index is not None:
            return self._index.line(place)
        if place >= FIRST_PLACE:
            return self.own.line(place)
        return self._text[place : self._text.index(b"\n", place)]


def _rewritten() -> bytes:
    """Return the table in the layout this module reads, should a later release change it."""
    import airportsdata  # noqa: PLC0415 - takes 20 ms, mostly for what it imports

    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for entry in airportsdata.load("ICAO").values():
        values = entry.items()
        line = {key: " ".join(str(value).split()) for key, value in values}
        writer.writerow([line.get(column, "") for column in _COLUMNS])
    return text.getvalue().encode()


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the table of the installed `airportsdata`, loaded on first use.

    Returns
    -------
    Table
        One object for the whole process.
    """
    index = ready_index()
    if index is not None:
        return Table(index)
    file = data_file()
    return Table(file.read_bytes() if file is not None and file.is_file() else b"")
