"""The networks that are measured, and the sizes of their minibatches."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Configuration:
    """L layers of H cells, embedding size D (0 for one-hot input), and minibatches of B lanes and T time steps."""

    layers: int
    hidden_size: int
    embedding_size: int
    lanes: int
    time_steps: int

    def __str__(self) -> str:
        network = f"{self.layers} x {self.hidden_size}"
        embedding = f"embedding {self.embedding_size}" if self.embedding_size else "one-hot"
        return f"{network}, {embedding}, B {self.lanes}, T {self.time_steps}"


CONFIGURATIONS = {
    "A": Configuration(layers=2, hidden_size=128, embedding_size=0, lanes=50, time_steps=50),
    "B": Configuration(layers=1, hidden_size=256, embedding_size=64, lanes=64, time_steps=64),
    "C": Configuration(layers=1, hidden_size=512, embedding_size=64, lanes=64, time_steps=128),
    "D": Configuration(layers=2, hidden_size=512, embedding_size=128, lanes=64, time_steps=128),
    "E": Configuration(layers=1, hidden_size=1024, embedding_size=128, lanes=64, time_steps=128),
}

# The kinds of measurement, each with the number of texts that it writes side by side.
KINDS = {"train": 0, "stream": 1, "streams": 64}

TEMPERATURE = 0.8
GRADIENT_CLIP = 1.0
LEARNING_RATE = 2e-3
SEED = 1
