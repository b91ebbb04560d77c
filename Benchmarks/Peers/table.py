"""Turns the runs into a Markdown table."""

import statistics

from configuration import CONFIGURATIONS

KIND_NAMES = {"train": "training", "stream": "one text", "streams": "64 texts"}


def markdown(runs: list[dict]) -> str:
    """A table of medians and ratios, with a line for each pair of a peer and one of bard's precisions.

    A peer is compared with bard in the peer's own precision. It is also compared with bard's int8, which no peer has.
    """
    groups: dict[tuple[str, str, str, str, str], list[dict]] = {}
    for run in runs:
        key = (run["configuration"], run["kind"], run["program"], run["variant"], run["precision"])
        groups.setdefault(key, []).append(run)
    bard = {key: group for key, group in groups.items() if key[2] == "bard"}
    peers = {key: group for key, group in groups.items() if key[2] != "bard"}
    lines = ["| network | | peer | characters/s |" + (" bard | characters/s | bard / peer |" if bard else "")]
    lines.append("|---|---|---|---|" + ("---|---|---|" if bard else ""))
    for (configuration, kind, _, variant, precision), group in peers.items():
        name = f"{configuration}: {CONFIGURATIONS[configuration]}"
        start = f"| {name} | {KIND_NAMES[kind]} | {group[0]['version']}, {variant} | {cell(group)} |"
        rivals = [key for key in bard if key[:2] == (configuration, kind) and key[4] in (precision, "int8")]
        for rival in rivals:
            ratio = median(bard[rival]) / median(group)
            lines.append(f"{start} {rival[4]} | {cell(bard[rival])} | {ratio:.2f} |")
        if not rivals:
            lines.append(start + (" – | – | – |" if bard else ""))
    if any(not any(run["calm"] for run in group) for group in groups.values()):
        lines.append("\n\\* Something else used the machine during every run.")
    return "\n".join(lines)


def calm_rates(group: list[dict]) -> list[float]:
    """The speeds of the undisturbed runs, or of all runs if all were disturbed."""
    calm = [run["charactersPerSecond"] for run in group if run["calm"]]
    return calm or [run["charactersPerSecond"] for run in group]


def median(group: list[dict]) -> float:
    return statistics.median(calm_rates(group))


def cell(group: list[dict]) -> str:
    """The median, with a star if every run was disturbed."""
    return f"{median(group):,.0f}" + ("" if any(run["calm"] for run in group) else "\\*")
