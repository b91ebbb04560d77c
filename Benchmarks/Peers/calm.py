"""Runs a program, and checks whether other programs used the machine at the same time.

A spinning thread that shares its core loses far more than its share: beside a busy program, PyTorch falls to a fiftieth
of its speed. Figures from such a run say nothing about PyTorch. On systems without /proc/stat every run counts as undisturbed.
"""

import os
import pathlib
import resource
import subprocess
import time

# The machine counts as idle if other programs use fewer cores than this on average.
TOLERANCE = 0.1
# Seconds to wait for an idle machine before measuring anyway.
PATIENCE = 60.0


def busy_seconds() -> float:
    """Core seconds since the machine started in which it was busy or its host gave the core to others."""
    try:
        fields = pathlib.Path("/proc/stat").read_text().split(maxsplit=9)[1:9]
    except FileNotFoundError:
        return 0.0
    user, nice, system, _, _, interrupts, soft_interrupts, stolen = map(int, fields)
    return (user + nice + system + interrupts + soft_interrupts + stolen) / os.sysconf("SC_CLK_TCK")


def children_seconds() -> float:
    """Core seconds used by the child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def wait() -> None:
    """Returns when the machine has been idle for two seconds, or after `PATIENCE` seconds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        before = busy_seconds()
        time.sleep(2)
        if busy_seconds() - before < 2 * TOLERANCE:
            return


def run(command: list[str]) -> tuple[subprocess.CompletedProcess, bool]:
    """Returns the program's outcome, and whether it had the machine to itself."""
    wait()
    busy, own, start = busy_seconds(), children_seconds(), time.monotonic()
    outcome = subprocess.run(command, capture_output=True, text=True)
    others = (busy_seconds() - busy) - (children_seconds() - own)
    return outcome, others < TOLERANCE * (time.monotonic() - start)
