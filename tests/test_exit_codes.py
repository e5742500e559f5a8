"""How the command line ends: exit codes, broken pipes, signals, terminals and encodings."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers import DATE, check, clean_env, command, run_inside, run_process, zone_text
from routecheck.zones.read import builtin_folder

BAKU = ("BAK", "GRV")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX system")
FULL = Path("/dev/full")

LEVELS = ("watch", "caution", "avoid")
JUDGED = {  # verdict: a check that has it
    "avoid": (*BAKU, "--date", DATE),
    "caution": (*BAKU, "--date", DATE, "--issuers", "France"),
    "watch": ("SVX", "OVB", "--date", DATE),
    "clear": ("LHR", "JFK", "--date", DATE),
    "unknown": ("LHR", "JFK", "--date", "2010-01-01"),
}
STRICT_ENOUGH = {  # verdict: levels of --fail-at it reaches
    "avoid": {"watch", "caution", "avoid"},
    "caution": {"watch", "caution"},
    "watch": {"watch"},
    "clear": set(),
    "unknown": {"watch", "caution", "avoid"},
}

REFUSED = (  # words, part of the message on standard error
    (("BAK",), "needs an origin and a destination"),
    (("BAK", "BAK"), "the same place"),
    (("BAK", "GYD"), "the same place"),
    (("GYD", "GRV", "GRV"), "the same place"),
    (("ZXF", "GRV"), "Similar:"),
    (("SIRT", "TIP"), "icao:SIRT"),
    (("bogus", "GRV"), "routecheck places"),
    (("91,10", "GRV"), "latitude"),
    (("10,181", "GRV"), "longitude"),
    (("BAK", "GRV", "--date", "2026-02-30"), "'2026-02-30' is not a date"),
    (("BAK", "GRV", "--date", "tomorrow"), "YYYY-MM-DD"),
    (("BAK", "GRV", "--date", "2024-12-25T05:13"), "a time with its zone"),
    (("BAK", "GRV", "--date", ""), "is not a date"),
    (("BAK", "GRV", "--compare", "20241224x"), "is not a date"),
    (("BAK", "GRV", "--cruise", "high"), "not a cruise level"),
    (("BAK", "GRV", "--cruise", "FL9000"), "between FL010 and FL600"),
    (("BAK", "GRV", "--cruise", "FL35000ft"), "not a cruise level"),
    (("BAK", "GRV", "--watch-km", "-1"), "0 to 1000"),
    (("BAK", "GRV", "--watch-km", "nan"), "0 to 1000"),
    (("BAK", "GRV", "--watch-km", "wide"), "--watch-km"),
    (("BAK", "GRV", "--max-age-days", "-1"), "0 to 36500"),
    (("BAK", "GRV", "--max-age-days", "1.5"), "--max-age-days"),
    (("BAK", "GRV", "--speed", "0"), "50 to 2000"),
    (("BAK", "GRV", "--fail-at", "clear"), "'watch', 'caution', 'avoid'"),
    (("BAK", "GRV", "--format", "xml"), "'text', 'json', 'geojson', 'csv'"),
    (("BAK", "GRV", "--units", "mi"), "'km', 'nm'"),
    (("BAK", "GRV", "--no-such-option"), "No such option"),
    (("BAK", "GRV", "--zones", "/nowhere/zones.geojson"), "there is no such file"),
    (("BAK", "GRV", "--zones", "-", "--add-zones", "-"), "standard input can be read once"),
    (("BAK", "GRV", "--zones", "-"), "the file is empty"),
    (("BAK", "GRV", "--zones", "https://example.org/z.geojson"), "download it first"),
    (("zones", "show", "nowhere"), "zones list"),
    (("zones", "list", "--date", "x"), "is not a date"),
    (("zones", "frobnicate"), "No such command"),
    (("places", "qqqqq"), "nothing found"),
    (("places", "x", "--limit", "0"), "--limit"),
    (("completion", "tcsh"), "'bash', 'zsh', 'fish'"),
)


# 0 and 1


@pytest.mark.parametrize("verdict", JUDGED)
def test_without_fail_at_every_verdict_is_done(verdict):
    done = run_inside(*JUDGED[verdict], "--json")
    assert (done.code, done.json["verdict"]) == (0, verdict)


@pytest.mark.parametrize("form", ["text", "json", "geojson", "csv"])
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("verdict", JUDGED)
def test_fail_at(verdict, level, form):
    words = (*JUDGED[verdict], "--format", form)
    done = run_inside(*words, "--fail-at", level)
    assert done.code == (1 if level in STRICT_ENOUGH[verdict] else 0)
    if form in ("text", "csv"):
        assert done.out == run_inside(*words).out


def test_as_a_process():
    assert run_process(*JUDGED["avoid"], "--quiet").code == 0
    found = run_process(*JUDGED["avoid"], "--fail-at", "caution")
    assert (found.code, found.err) == (1, "")
    assert found.out == check(*BAKU).out
    refused = run_process("BAK")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("Error: a route needs an origin and a destination")


# 2


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[" ".join(case[0]) for case in REFUSED])
def test_refused_with_advice(words, said):
    done = run_inside(*words)
    assert done.code == 2
    assert done.out == ""
    assert said in done.err
    assert "Error: " in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("places", [("90,0", "90,50"), ("0,180", "0,-180")], ids=" ".join)
def test_one_point_written_in_two_ways_is_one_place(places):
    assert run_inside(*places, "--date", DATE).code == 2


def test_an_unknown_code_lists_candidates():
    lines = run_inside("GRW", "GRZ1").err.splitlines()
    assert len(lines) > 2
    assert all(line.startswith("  ") for line in lines[1:])


@pytest.mark.parametrize("words", [(), ("check",), ("zones",), ("places",)], ids=" ".join)
def test_nothing_to_do_prints_help_and_is_a_usage_error(words):
    done = run_inside(*words)
    assert done.code == 2
    assert (done.out + done.err).startswith("Usage: routecheck")


def test_lint_of_a_missing_file_is_an_input_error():
    assert run_inside("zones", "lint", "/nowhere/zones.geojson").code == 2


# 70


def test_a_bug_is_reported_without_a_traceback(monkeypatch):
    def broken(*_places, **_options):
        raise ZeroDivisionError("a wing fell off")

    monkeypatch.setattr("routecheck.api.check", broken)
    monkeypatch.delenv("ROUTECHECK_DEBUG", raising=False)
    done = run_inside(*BAKU)
    assert (done.code, done.out) == (70, "")
    assert "ZeroDivisionError: a wing fell off" in done.err
    assert "report" in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("ROUTECHECK_DEBUG", "1")
    assert "Traceback" in run_inside(*BAKU).err


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
def test_a_full_disk_is_no_bug():
    with FULL.open("w") as full:
        done = subprocess.run(
            command(*BAKU), stdout=full, stderr=subprocess.PIPE, env=clean_env(), check=False
        )
    assert done.returncode == 2


# 130


def test_interrupted(monkeypatch):
    def interrupted(*_places, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("routecheck.api.check", interrupted)
    done = run_inside(*BAKU)
    assert (done.code, done.out) == (130, "")
    assert done.err.strip() == "Interrupted."


def opened_for_writing(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    """Wait until a process has opened a named pipe for reading, and open the other end."""
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.01)
    raise AssertionError("the process never opened the pipe")


def interrupted_until_it_ends(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Interrupt again and again: a signal just before the read begins is seen only after it."""
    for _ in range(60):
        process.send_signal(signal.SIGINT)
        try:
            return process.communicate(timeout=0.5)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("the process was not interrupted")


@POSIX
def test_interrupted_by_a_signal(tmp_path):
    """The process opens a named pipe to read zones from it, waits, and is interrupted."""
    pipe = tmp_path / "zones.geojson"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        command(*BAKU, "--zones", str(pipe)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_env(),
    )
    end = opened_for_writing(pipe, process)
    try:
        out, err = interrupted_until_it_ends(process)
    finally:
        os.close(end)  # or the process would read for ever
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert out == b""
    assert err.decode().strip() == "Interrupted."


# Pipes


def piped(words: tuple[str, ...], reader: str) -> tuple[int, str]:
    """Exit code and standard error of a command whose output a reader stops reading."""
    line = f"{shlex.join(command(*words))} | {reader} >/dev/null; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, env=clean_env(), check=False,
        timeout=60,
    )  # fmt: skip
    return done.returncode, done.stderr


@POSIX
@pytest.mark.parametrize("words", [(*BAKU, "--date", DATE), ("zones", "list", "--date", DATE)],
                         ids=" ".join)  # fmt: skip
def test_head_leaves_no_traceback(words):
    _, err = piped(words, "head -1")
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
    assert "bug" not in err


@POSIX
@pytest.mark.parametrize(
    "words",
    [
        (*BAKU, "--date", DATE, "--format", "geojson"),
        ("zones", "show", "russia-west-60e", "--format", "geojson"),
        ("zones", "list", "--date", DATE),
    ],
    ids=" ".join,
)
def test_a_reader_that_goes_away_is_no_finding(words):
    """``true`` closes the pipe before the first byte is written."""
    code, err = piped(words, "true")
    assert "Traceback" not in err
    assert code == 0


# Terminals


def on_terminal(*words: str, **env: str) -> str:
    """What a command writes to a terminal of 80 columns."""
    import pty

    reading, writing = pty.openpty()
    with subprocess.Popen(
        command(*words), stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE,
        env=clean_env(**{"TERM": "xterm-256color", **env}),
    ) as process:  # fmt: skip
        os.close(writing)
        parts = []
        while True:
            try:
                part = os.read(reading, 65536)
            except OSError:  # Linux says so at the end
                break
            if not part:
                break
            parts.append(part)
        os.close(reading)
        process.communicate(timeout=30)
    return b"".join(parts).decode("utf-8").replace("\r\n", "\n")


@POSIX
def test_colour_on_a_terminal_only():
    words = (*BAKU, "--date", DATE)
    coloured = on_terminal(*words)
    assert coloured.startswith("\x1b[31m\x1b[1mAVOID")
    assert "\x1b" not in check(*BAKU).out
    plain = on_terminal(*words, NO_COLOR="1")
    assert plain == check(*BAKU).out


@POSIX
@pytest.mark.parametrize("words", [(*BAKU, "--json"), (*BAKU, "--format", "csv")], ids=" ".join)
def test_data_formats_have_no_colour_on_a_terminal(words):
    assert "\x1b" not in on_terminal(*words, "--date", DATE)


@POSIX
@pytest.mark.parametrize("words", [("zones", "list"), ("zones", "show", "iran")], ids=" ".join)
def test_other_commands_heed_no_color_too(words):
    assert "\x1b" in on_terminal(*words)
    assert not re.search(r"\x1b\[[0-9;]*[349][0-9]", on_terminal(*words, NO_COLOR="1"))
    assert "\x1b" not in run_inside(*words).out


@POSIX
def test_a_dumb_terminal_gets_no_colour():
    assert "\x1b" not in on_terminal(*BAKU, "--date", DATE, TERM="dumb")


# Encodings and completion


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("words", [("Łódź", "SYD"), ("zones", "list")], ids=" ".join)
def test_an_output_that_lacks_a_letter_is_no_bug(words, encoding):
    done = subprocess.run(
        command(*words, "--date", DATE), capture_output=True, check=False,
        env=clean_env(PYTHONIOENCODING=encoding),
    )  # fmt: skip
    assert done.returncode == 0


COMPLETIONS = (  # words so far, what must be among the completions
    ("routecheck zo", "zones"),
    ("routecheck zones sh", "show"),
    ("routecheck zones show lib", "libya"),
    ("routecheck zones list --issuer ea", "EASA"),
    ("routecheck zones list --kind ai", "air-defence"),
    ("routecheck zones diff built", "built-in"),
    ("routecheck check BAK GR", "GRV"),
    ("routecheck check BAK GRV --fa", "--fail-at"),
    ("routecheck check BAK GRV --fail-at c", "caution"),
    ("routecheck BAK GR", "GRV"),
    ("routecheck BAK GRV --fa", "--fail-at"),
)


@pytest.mark.parametrize(("line", "wanted"), COMPLETIONS, ids=[c[0] for c in COMPLETIONS])
def test_completion(line, wanted):
    env = {
        "_ROUTECHECK_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - 1),
    }
    done = run_process(env=env)
    assert (done.code, done.err) == (0, "")
    assert f"plain,{wanted}" in done.out.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="needs bash")
def test_bash_accepts_its_completion_script():
    script = run_inside("completion", "bash").out
    done = subprocess.run(
        ["bash", "-c", 'eval "$1"; complete -p routecheck', "bash", script],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "_routecheck_completion" in done.stdout


# Standard input as a process


def test_zones_from_standard_input_as_a_process():
    done = run_process(*BAKU, "--date", DATE, "--zones", "-", "--json", stdin=zone_text(id="box"))
    assert [e["zone"] for e in json.loads(done.out)["exposures"]] == ["box"]
    region = (builtin_folder() / "iran.geojson").read_text(encoding="utf-8")
    piped_in = run_process("IKA", "DXB", "--date", DATE, "--zones", "-", "--json", stdin=region)
    assert piped_in.json["verdict"] == "avoid"
