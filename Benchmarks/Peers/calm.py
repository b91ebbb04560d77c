"""Runs a program and says how much of the machine others used meanwhile.

A spinning thread that shares its core loses far more than its share: PyTorch falls to a fiftieth beside a busy
neighbour. Figures from such a run say nothing about PyTorch. Where the system has no /proc/stat every run counts as
calm.
"""

import os
import pathlib
import resource
import subprocess
import time

# Cores that others may use, on average, while the machine counts as calm.
TOLERANCE = 0.1
PATIENCE = 60.0


def busy_seconds() -> float:
    """Core seconds that the whole machine has been busy, or withheld by its host, since it started."""
    try:
        fields = pathlib.Path("/proc/stat").read_text().split(maxsplit=9)[1:9]
    except FileNotFoundError:
        return 0.0
    user, nice, system, _, _, interrupts, soft_interrupts, stolen = map(int, fields)
    return (user + nice + system + interrupts + soft_interrupts + stolen) / os.sysconf("SC_CLK_TCK")


def children_seconds() -> float:
    """Core seconds of the programs that were run from here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def wait() -> None:
    """Returns once the machine has been calm for two seconds, or patience is at its end."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        before = busy_seconds()
        time.sleep(2)
        if busy_seconds() - before < 2 * TOLERANCE:
            return


def run(command: list[str]) -> tuple[subprocess.CompletedProcess, bool]:
    """The program's outcome, and whether it had the machine to itself."""
    wait()
    busy, own, start = busy_seconds(), children_seconds(), time.monotonic()
    outcome = subprocess.run(command, capture_output=True, text=True)
    others = (busy_seconds() - busy) - (children_seconds() - own)
    return outcome, others < TOLERANCE * (time.monotonic() - start)
