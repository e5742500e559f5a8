"""Peers that speak SQL: SedonaDB in this process, PostGIS where a server is named."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import shapely

from benchmarks.peers import Answer, NotThereError, Peer, imported, outline_shapes, planar_buffer
from benchmarks.work import BUFFER_KM, Work

__all__ = ["PostGIS", "Sedona", "SedonaLengths"]

DSN = "ROUTECHECK_POSTGIS"

BATCH_ROWS = 1024
"""Rows a batch: both cores then have the same to do. With SedonaDB's own 8,192 rows, 37,041 routes
are five batches, and one core waits; measured, smaller ones gain 10 to 20 %."""

MODE = "prepare_build"
"""The zones' indexes are kept through a join. Left to choose, SedonaDB first looks at 1,000 pairs;
it takes this mode in the end (the others take fifty times as long)."""


class _SedonaBase(Peer):
    package = "sedonadb"

    def __init__(self) -> None:
        self.arrow = imported("pyarrow")
        self.db = imported("sedonadb").connect()
        self._sql(f"SET datafusion.execution.batch_size = {BATCH_ROWS}").execute()
        self._sql(f"SET sedona.spatial_join.execution_mode = '{MODE}'").execute()

    def _sql(self, query: str) -> Any:
        return self.db.sql(query)

    def _load(self, name: str, shapes: Any) -> None:
        wkb = shapely.to_wkb(np.asarray(shapes, dtype=object))
        table = self.arrow.table({"id": np.arange(len(wkb)), "wkb": wkb})
        self.db.create_data_frame(table).to_view(f"{name}_wkb", overwrite=True)
        self._sql(f"SELECT id, ST_GeogFromWKB(wkb) AS shape FROM {name}_wkb").to_memtable().to_view(  # noqa: S608
            name, overwrite=True
        )

    def prepare(self, work: Work) -> None:
        """Tables of geographies, in memory."""
        self._load("routes", shapely.linestrings(work.routes.reshape(-1, 2, 2)))
        self._load("zones", outline_shapes(work.zones))

    def _answer(self, query: str) -> Answer:
        table = self.arrow.table(self._sql(query))
        columns = [table.column(k).to_numpy() for k in range(table.num_columns)]
        return Answer(*columns)


class Sedona(_SedonaBase):
    """The record to beat."""

    name = "SedonaDB ST_DWithin"
    answers = "yes or no, on a sphere"

    def run(self) -> Answer:
        """Its spatial join, on all cores; the pairs are collected."""
        return self._answer(
            "SELECT routes.id AS route, zones.id AS zone FROM routes JOIN zones "  # noqa: S608
            f"ON ST_DWithin(routes.shape, zones.shape, {BUFFER_KM * 1000.0})"
        )


class SedonaLengths(_SedonaBase):
    """Lengths within buffers drawn by SedonaDB beforehand."""

    name = "SedonaDB ST_Length(ST_Intersection)"
    answers = "km in the buffer, on a sphere, the buffer a polygon"
    on_sphere = False

    def prepare(self, work: Work) -> None:
        """Buffers are drawn once; one that comes out inside out is drawn in a plane instead."""
        super().prepare(work)
        table = self.arrow.table(
            self._sql(
                "SELECT id, ST_AsBinary(buffer), ST_Area(buffer) / ST_Area(shape) FROM (SELECT id, "  # noqa: S608
                f"shape, ST_Buffer(shape, {BUFFER_KM * 1000.0}) AS buffer FROM zones) ORDER BY id"
            )
        )
        buffers = shapely.from_wkb(table.column(1).to_numpy())
        wrong = np.flatnonzero(table.column(2).to_numpy() < 1.0)
        shapes = outline_shapes(work.zones)
        for zone in wrong:
            buffers[zone] = planar_buffer(shapes[zone], BUFFER_KM)
        if len(wrong):
            names = ", ".join(work.zones.zones[zone].id for zone in wrong)
            self.note = (
                f"ST_Buffer turned {len(wrong)} of {len(buffers)} buffers inside out ({names}): "
                "drawn in a plane instead."
            )
        self._load("buffers", buffers)

    def run(self) -> Answer:
        """Cut each route by each buffer that it meets."""
        return self._answer(
            "SELECT routes.id AS route, buffers.id AS zone, "
            "ST_Length(ST_Intersection(routes.shape, buffers.shape)) / 1000.0 AS km "
            "FROM routes JOIN buffers ON ST_Intersects(routes.shape, buffers.shape)"
        )


class PostGIS(Peer):
    """A PostGIS server, if one is named in the environment."""

    name = "PostGIS ST_DWithin"
    answers = "yes or no, on WGS84 along the sphere's great circle"
    package = "psycopg"

    def __init__(self) -> None:
        dsn = os.environ.get(DSN)
        if not dsn:
            raise NotThereError(f"no server named in {DSN}")
        psycopg = imported("psycopg")
        try:
            self.link = psycopg.connect(dsn, autocommit=True)
        except psycopg.OperationalError:
            raise NotThereError(f"the server named in {DSN} does not answer") from None

    def _load(self, name: str, shapes: Any) -> None:
        with self.link.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
            cursor.execute(f"CREATE TEMP TABLE {name} (id int, shape geography)")
            with cursor.copy(f"COPY {name} (id, shape) FROM STDIN") as copy:
                for row in enumerate(shapely.to_wkb(np.asarray(shapes, dtype=object), hex=True)):
                    copy.write_row(row)
            cursor.execute(f"CREATE INDEX ON {name} USING gist (shape)")
            cursor.execute(f"ANALYZE {name}")

    def prepare(self, work: Work) -> None:
        """Tables with a spatial index."""
        self._load("routes", shapely.linestrings(work.routes.reshape(-1, 2, 2)))
        self._load("zones", outline_shapes(work.zones))

    def run(self) -> Answer:
        """Join on the server, and fetch the pairs."""
        with self.link.cursor() as cursor:
            cursor.execute(
                "SELECT routes.id, zones.id FROM routes JOIN zones "
                "ON ST_DWithin(routes.shape, zones.shape, %s)",
                (BUFFER_KM * 1000.0,),
            )
            pairs = np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 2)
        return Answer(pairs[:, 0], pairs[:, 1])
