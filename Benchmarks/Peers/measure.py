#!/usr/bin/env python3
"""Measures bard and its peers in turn, and prints how many times as fast bard is.

`make peers` runs this program. Each run is a process of its own. Directly before or after every run of a peer comes a
run of bard's benchmark of the same kind and configuration. So if the machine is slow for a while, it is slow for both.
"""

import argparse
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass

import calm
from configuration import CONFIGURATIONS, KINDS
from table import markdown

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# A disturbed run is repeated at most this many times. Then it is kept, and marked as disturbed.
RETRIES = 2


@dataclass(frozen=True)
class Peer:
    """A way to run a peer. `program` names its environment and script; bard is compared in the same `precision`."""

    program: str
    variant: str
    precision: str
    kinds: tuple[str, ...]
    configurations: str


PEERS = (
    Peer("torch", "float32", "float32", ("train", "stream", "streams"), "ABCDE"),
    Peer("torch", "bfloat16", "bfloat16", ("train",), "DE"),
    Peer("keras", "plain", "float32", ("train",), "ADE"),
    Peer("keras", "xla", "float32", ("train",), "BC"),
    Peer("keras", "xla", "float32", ("stream", "streams"), "ABCDE"),
)


@dataclass(frozen=True)
class Run:
    """One measured speed. `calm` says that no other program used the machine during the run."""

    kind: str
    configuration: str
    program: str
    variant: str
    precision: str
    charactersPerSecond: float
    calm: bool
    version: str


def undisturbed(command: list[str]) -> tuple[subprocess.CompletedProcess, bool]:
    """Runs a program, again if it was disturbed; returns its outcome, and whether the last run was undisturbed."""
    for _ in range(1 + RETRIES):
        outcome, calmly = calm.run(command)
        if calmly or outcome.returncode != 0:
            break
    return outcome, calmly


def peer_run(peer: Peer, kind: str, configuration: str, options: argparse.Namespace) -> Run:
    python = HERE / f".venv-{peer.program}" / "bin" / "python"
    if not python.exists():
        sys.exit(f"measure: the environment {python.parent.parent} is missing: run `make peers`, which creates it")
    command = [str(python), str(HERE / f"{peer.program}_peer.py"), "--kind", kind, "--configuration", configuration]
    command += ["--variant", peer.variant, "--corpus", str(options.corpus), "--seconds", str(options.seconds)]
    outcome, calmly = undisturbed(command)
    if outcome.returncode != 0:
        sys.exit(f"measure: {' '.join(command)} failed:\n{outcome.stderr[-2000:]}")
    figures = json.loads(outcome.stdout.splitlines()[-1])
    return Run(kind, configuration, peer.program, peer.variant, peer.precision, calm=calmly, **figures)


def bard_runs(benchmark: pathlib.Path, kind: str, configuration: str) -> list[Run]:
    """A run for each precision that bard's benchmark reports on all cores; none if it is missing or fails."""
    if not os.access(benchmark, os.X_OK):
        return []
    with tempfile.TemporaryDirectory() as folder:
        answer = pathlib.Path(folder) / "rows.json"
        command = [str(benchmark), "--only", kind, "--configuration", configuration, "--json", str(answer)]
        outcome, calmly = undisturbed(command)
        rows = json.loads(answer.read_text())["rows"] if outcome.returncode == 0 and answer.exists() else []
    cores = os.cpu_count()
    return [
        Run(kind, configuration, "bard", "", row["precision"], row["charactersPerSecond"], calmly, "bard")
        for row in rows
        if (row["kind"], row["configuration"], row.get("threads", cores)) == (kind, configuration, cores)
    ]


def processor() -> str:
    """The processor's name, if the system is Linux."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except FileNotFoundError:
        return "an unnamed processor"
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "an unnamed processor")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--configurations", default="".join(CONFIGURATIONS), help="networks to measure (default %(default)s)"
    )
    parser.add_argument("--repetitions", type=int, default=3, help="number of runs of each measurement; the median is reported")
    parser.add_argument("--seconds", type=float, default=4, help="length of one run, without start and warm-up")
    parser.add_argument("--corpus", type=pathlib.Path, default=ROOT / "corpora" / "shakespeare.txt")
    parser.add_argument(
        "--bard", type=pathlib.Path, default=HERE.parent / ".build" / "release" / "benchmark", help="bard's benchmark"
    )
    options = parser.parse_args()
    if unknown := set(options.configurations) - set(CONFIGURATIONS):
        parser.error(f"no configuration is named {', '.join(sorted(unknown))}; there are {', '.join(CONFIGURATIONS)}")
    if options.repetitions < 1 or options.seconds <= 0:
        parser.error("--repetitions and --seconds must be above 0")

    runs: list[Run] = []
    with_bard = True
    for configuration, kind in itertools.product(options.configurations, KINDS):
        chosen = [peer for peer in PEERS if kind in peer.kinds and configuration in peer.configurations]
        for _, (place, peer) in itertools.product(range(options.repetitions), enumerate(chosen)):
            print(f"measure: {configuration}, {kind}: {peer.program}, {peer.variant}", file=sys.stderr)
            runs.append(peer_run(peer, kind, configuration, options))
            if with_bard and place % 2 == 0:
                runs += (figures := bard_runs(options.bard, kind, configuration))
                if not figures:
                    with_bard = False
                    print(f"measure: {options.bard} gave no figures: measuring only the peers", file=sys.stderr)
            machine = {"processor": processor(), "cores": os.cpu_count(), "runs": [asdict(run) for run in runs]}
            (HERE / "results.json").write_text(json.dumps(machine, indent=1) + "\n")
    print(f"{processor()}, {os.cpu_count()} cores; characters/s, medians of {options.repetitions} runs.\n")
    print(markdown([asdict(run) for run in runs]))


if __name__ == "__main__":
    main()
