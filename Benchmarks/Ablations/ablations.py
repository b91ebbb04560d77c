#!/usr/bin/env python3
"""Trains variants of the LSTM and prints how much each lowers the loss. Each run is a process with one thread.

`make ablations` runs this program.
"""

import argparse
import json
import os
import pathlib
import statistics
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context

from training import train
from variant import Comparison, comparisons

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "corpora" / "shakespeare.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=pathlib.Path, default=CORPUS)
    parser.add_argument("--characters", type=int, help="use only this many characters from the start of the corpus")
    parser.add_argument("--steps", type=int, default=2200, help="number of minibatches of [32, 64] characters")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--hidden-size", type=int, default=256)
    parser.add_argument("--output-dropout", type=float, default=0.1)
    parser.add_argument("--weight-dropout", type=float, default=0.0)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="train only these variants and their baselines")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.jsonl", help="add a line for each run")
    arguments = parser.parse_args()
    known = comparisons(arguments.hidden_size, arguments.output_dropout, arguments.weight_dropout)
    wanted = set(arguments.only or known)
    if unknown := wanted - set(known):
        parser.error(f"unknown variant: {', '.join(sorted(unknown))}. Known variants: {', '.join(known)}")
    wanted |= {known[name].baseline for name in wanted}
    chosen = {name: known[name] for name in known if name in wanted}

    settings = {"corpus": str(arguments.corpus), "characters": arguments.characters, "steps": arguments.steps}
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in chosen}
    with (
        ProcessPoolExecutor(arguments.jobs, mp_context=get_context("spawn")) as pool,
        arguments.results.open("a", encoding="utf-8") as results,
    ):
        waiting = {
            pool.submit(train, one.variant, arguments.corpus, arguments.characters, arguments.steps, seed): (name, seed)
            for seed in arguments.seeds
            for name, one in chosen.items()
        }
        for done in as_completed(waiting):
            name, seed = waiting[done]
            runs[name].append(done.result())
            line = {"name": name, "seed": seed} | done.result() | settings | asdict(chosen[name].variant)
            print(json.dumps(line), file=results, flush=True)
    print(markdown(runs, chosen))


def markdown(runs: dict[str, list[dict[str, float]]], chosen: dict[str, Comparison]) -> str:
    """A table with a line for each variant: its losses, and how far their mean is below that of its baseline."""
    mean = {name: statistics.fmean(run["loss"] for run in group) for name, group in runs.items()}
    lines = ["| | parameters | nats per character | gain | compared with |", "|---|---|---|---|---|"]
    for name, group in runs.items():
        losses = ", ".join(f"{loss:.4f}" for loss in sorted(run["loss"] for run in group))
        baseline = chosen[name].baseline
        gain = " | " if name == baseline else f"{mean[baseline] - mean[name]:.4f} | {baseline}"
        lines.append(f"| {name} | {group[0]['parameters']:,} | {losses} | {gain} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
