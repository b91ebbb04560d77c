"""What both peers share: the command line, the timing and the output."""

import argparse
import json
import pathlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from configuration import CONFIGURATIONS, KINDS, Configuration


@dataclass(frozen=True)
class Request:
    """One measurement. It is timed for `seconds`, after the warm-up."""

    kind: str
    configuration: Configuration
    variant: str
    corpus: pathlib.Path
    seconds: float

    @property
    def streams(self) -> int:
        """Number of texts written side by side."""
        return KINDS[self.kind]


def request(variants: tuple[str, ...]) -> Request:
    """The measurement that the command line asks for."""
    parser = argparse.ArgumentParser(description="Takes one measurement and prints it as JSON; called by measure.py.")
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--configuration", choices=CONFIGURATIONS, required=True)
    parser.add_argument("--variant", choices=variants, required=True)
    parser.add_argument("--corpus", type=pathlib.Path, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    arguments = parser.parse_args()
    fields = vars(arguments) | {"configuration": CONFIGURATIONS[arguments.configuration]}
    return Request(**fields)


def characters_per_second(work: Callable[[], int], seconds: float, warm_up: int) -> float:
    """Repeats `work` for at least `seconds`. Each call returns how many characters it processed."""
    for _ in range(warm_up):
        work()
    characters = 0
    start = time.perf_counter()
    while (elapsed := time.perf_counter() - start) < seconds:
        characters += work()
    return characters / elapsed


def answer(rate: float, version: str) -> None:
    """Prints the result as the last line of the output."""
    print(json.dumps({"charactersPerSecond": rate, "version": version}), flush=True)
