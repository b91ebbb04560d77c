"""Turns a text into ids and cuts them into lanes."""

import pathlib
import sys

import numpy as np


def training_ids(path: pathlib.Path) -> tuple[np.ndarray, int]:
    """The first 90 % of the text as ids [N] int32, and the vocabulary size V. Ids follow the order of code points."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{path} cannot be read as UTF-8 text: {error}; name another file with --corpus")
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    characters, ids = np.unique(codes, return_inverse=True)
    return ids[: len(ids) * 9 // 10].astype(np.int32), len(characters)


def lanes(ids: np.ndarray, count: int, time_steps: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets, both [B, K·T]. Lane b is contiguous, and the targets are the inputs one character later.

    Minibatch k is columns k·T ..< (k+1)·T of every lane.
    """
    length = (len(ids) - 1) // count // time_steps * time_steps
    if length == 0:
        sys.exit(f"the corpus is too short: {count} lanes of {time_steps} characters need {count * time_steps + 1}")
    end = count * length
    return ids[:end].reshape(count, length), ids[1 : end + 1].reshape(count, length)
