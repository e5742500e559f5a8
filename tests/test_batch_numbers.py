"""Numbers looked up by arrays; answers that do not depend on what was asked before."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import routecheck as rc
from routecheck.geometry import run

pa = pytest.importorskip("pyarrow")

from routecheck.batch.auditor import Auditor, Settings  # noqa: E402
from routecheck.batch.columns import Columns  # noqa: E402
from routecheck.batch.numbers import MISSING, Numbers, Rows  # noqa: E402

DATE = date(2026, 11, 20)
KEYS = st.one_of(
    st.integers(0, 50), st.integers(0, 2**63 - 1), st.integers(0, 99).map(lambda n: n << 32)
)  # fmt: skip


@given(st.lists(st.lists(KEYS, max_size=40), max_size=8))
def test_numbers_are_those_of_a_dictionary(batches):
    numbers, known = Numbers(), {}
    for batch in batches:
        keys = np.array(batch, np.int64)
        found = numbers.get(keys)
        assert found.tolist() == [known.get(key, MISSING) for key in batch]
        new = np.unique(keys[found == MISSING])
        values = -1 - np.arange(len(known), len(known) + len(new), dtype=np.int32)
        numbers.put(new, values)
        known.update(zip(new.tolist(), values.tolist(), strict=True))
        assert len(numbers) == len(known)
    asked = np.array([*known, *range(200)], np.int64)
    assert numbers.get(asked).tolist() == [known.get(key, MISSING) for key in asked.tolist()]


def test_many_keys_that_crowd_together():
    numbers = Numbers()
    keys = (np.arange(100_000, dtype=np.int64) << 32) | 7
    for first in range(0, len(keys), 30_000):
        part = keys[first : first + 30_000]
        numbers.put(part, np.arange(first, first + len(part), dtype=np.int32))
    assert (numbers.get(keys[::-1]) == np.arange(len(keys))[::-1]).all()
    assert (numbers.get(keys + 1) == MISSING).all()


def test_rows_grow():
    rows, kind = Rows(np.dtype([("a", np.int32)])), np.dtype([("a", np.int32)])
    assert [rows.add(np.zeros(n, kind)) for n in (0, 1500, 1, 9000)] == [0, 0, 1500, 1501]
    rows.all["a"][:] = np.arange(len(rows))
    rows.add(np.ones(20_000, kind))
    assert rows.all["a"][:10_501].tolist() == list(range(10_501))


def asked(count: int) -> dict[str, list[str]]:
    rng = random.Random(172)
    ends = ["GYD", "GRV", "IKA", "DXB", "LHR", "JFK", "DEL", "IST", "KWI", "HEL", "ICN", "XXXX"]
    days = [str(date(2024, 3, 1) + timedelta(days=41 * i)) for i in range(24)]
    rows = [(rng.choice(ends), rng.choice(ends), rng.choice(days)) for _ in range(count)]
    return dict(zip(("from", "to", "date"), map(list, zip(*rows, strict=True)), strict=True))


@pytest.mark.parametrize("size", [1, 7, 100])
def test_answers_do_not_depend_on_what_was_asked_before(size):
    """Who asks again is answered for all days seen so far: that must not show."""
    table = pa.table(asked(600))
    whole = rc.audit(table).to_pylist()
    order = random.Random(size).sample(range(len(table)), len(table))
    auditor = Auditor(rc.load_zones(), Settings(DATE))
    found = {}
    for first in range(0, len(order), size):
        some = order[first : first + size]
        batch = table.take(some).combine_chunks().to_batches()[0]
        found |= dict(zip(some, auditor.audit_batch(batch).to_pylist(), strict=True))
    assert [found[i] for i in range(len(table))] == whole


def test_a_text_may_name_a_place_in_one_table_and_a_route_in_another():
    auditor = Auditor(rc.load_zones(), Settings(DATE))
    pairs = pa.record_batch({"from": ["LHR", "LHR", ""], "to": ["JFK", "GYD-GRV", ""]})
    routes = pa.record_batch(
        {"route": ["LHR", "JFK", "GYD-GRV", ""], "level": ["", "", "FL100", ""]}
    )
    levels = Columns(route="route", cruise="level")
    for _ in range(2):
        by_pair = auditor.audit_batch(pairs).to_pylist()
        assert [row["dest_iata"] for row in by_pair] == ["JFK", "GRV", None]
        for columns in (Columns(route="route"), levels):
            answers = auditor.answers(routes, None, columns)
            dest = answers.book.columns(answers.ids, ["dest_iata"])[0].to_pylist()
            error = answers.book.columns(answers.ids, ["error"])[0].to_pylist()
            assert dest == [None, None, "GRV", None]
            assert error[3] == "the route is empty: write it like GYD-GRV"
            assert all(error[:2])


def test_a_level_may_be_a_whole_number():
    table = pa.record_batch(
        {"from": ["GYD"], "to": ["GRV"], "level": [None]},
    )
    settings = Settings(DATE, cruise_ft=18_000, columns=Columns(cruise="level"))
    found = Auditor(rc.load_zones(), settings).audit_batch(table).to_pylist()[0]
    alone = rc.check("GYD", "GRV", date=DATE, cruise="18000ft")
    assert (found["verdict"], found["score"]) == (alone.verdict, alone.score)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_threads_are_made_anew_after_a_fork():
    run._pool(2).submit(int).result()
    child = os.fork()
    if not child:  # threads of the parent are not here: waiting for them would take for ever
        os._exit(0 if run._pool(2).submit(int).result(timeout=20) == 0 else 1)
    assert os.waitpid(child, 0)[1] == 0
