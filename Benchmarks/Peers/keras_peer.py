"""Measures Keras on TensorFlow.

The network is Embedding or one-hot, LSTM(stateful=True, return_sequences=True) and Dense at every time step. Training
is fit(shuffle=False), with or without XLA. Sampling is one tf.function, compiled by XLA. The loop over the characters
is inside it, so Python has work to do only once per chunk.
"""

import os
import time
from collections.abc import Callable

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from configuration import GRADIENT_CLIP, LEARNING_RATE, SEED, TEMPERATURE, Configuration  # noqa: E402
from corpus import lanes, training_ids  # noqa: E402
from peer import Request, answer, characters_per_second, request  # noqa: E402

# Characters that one call of the compiled loop writes in each text.
CHUNK = 250
WARM_UP_MINIBATCHES = 3


class OneHot(keras.layers.Layer):
    """Turns ids [B, T] into one-hot vectors [B, T, V]."""

    def __init__(self, vocabulary_size: int) -> None:
        super().__init__()
        self.vocabulary_size = vocabulary_size

    def call(self, ids: tf.Tensor) -> tf.Tensor:
        return keras.ops.one_hot(ids, self.vocabulary_size)


def make_model(configuration: Configuration, vocabulary_size: int, batch: int, time_steps: int) -> keras.Sequential:
    """A model from ids [B, T] to logits [B, T, V]. Dense on three axes applies the same layer at every time step."""
    size = configuration.embedding_size
    layers = [keras.Input(batch_shape=(batch, time_steps), dtype="int32")]
    layers.append(keras.layers.Embedding(vocabulary_size, size) if size else OneHot(vocabulary_size))
    for _ in range(configuration.layers):
        layers.append(keras.layers.LSTM(configuration.hidden_size, return_sequences=True, stateful=True))
    return keras.Sequential([*layers, keras.layers.Dense(vocabulary_size)])


class Stopwatch(keras.callbacks.Callback):
    """Times the minibatches after the warm-up, and stops training after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.minibatches = -WARM_UP_MINIBATCHES
        self.start = self.elapsed = 0.0

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        for layer in self.model.layers:
            if isinstance(layer, keras.layers.LSTM):
                layer.reset_states()

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        self.minibatches += 1
        if self.minibatches == 0:
            self.start = time.perf_counter()
        elif self.minibatches > 0:
            self.elapsed = time.perf_counter() - self.start
            self.model.stop_training = self.elapsed >= self.seconds


def training_rate(wanted: Request, ids: np.ndarray, vocabulary_size: int) -> float:
    """Characters/s of fit. The rows are ordered so that lane b of minibatch k+1 follows lane b of minibatch k."""
    configuration = wanted.configuration
    batch, time_steps = configuration.lanes, configuration.time_steps
    inputs, targets = (  # [K·B, T]
        part.reshape(batch, -1, time_steps).swapaxes(0, 1).reshape(-1, time_steps)
        for part in lanes(ids, batch, time_steps)
    )
    model = make_model(configuration, vocabulary_size, batch, time_steps)
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        optimizer=keras.optimizers.Adam(LEARNING_RATE, global_clipnorm=GRADIENT_CLIP),
        jit_compile=wanted.variant == "xla",
    )
    watch = Stopwatch(wanted.seconds)
    model.fit(inputs, targets, batch_size=batch, shuffle=False, epochs=1_000_000, verbose=0, callbacks=[watch])
    return watch.minibatches * batch * time_steps / watch.elapsed


def sampling(wanted: Request, vocabulary_size: int) -> Callable[[], int]:
    """A function that continues each of the S texts by CHUNK characters and returns S·CHUNK."""
    streams = wanted.streams
    model = make_model(wanted.configuration, vocabulary_size, streams, 1)
    last = tf.zeros((streams, 1), tf.int32)

    @tf.function(jit_compile=wanted.variant == "xla")
    def write(ids: tf.Tensor) -> tf.Tensor:
        """Ids [S, 1] to the next CHUNK characters [CHUNK, S, 1]. The Gumbel-max trick samples from the softmax."""
        written = tf.TensorArray(tf.int32, size=CHUNK, element_shape=(streams, 1))
        for position in tf.range(CHUNK):
            logits = model(ids, training=False)[:, 0, :] / TEMPERATURE
            noise = -tf.math.log(-tf.math.log(tf.random.uniform(tf.shape(logits), 1e-20, 1.0)))
            ids = tf.argmax(logits + noise, -1, output_type=tf.int32)[:, None]
            ids = tf.ensure_shape(ids, (streams, 1))
            written = written.write(position, ids)
        return written.stack()

    def chunk() -> int:
        nonlocal last
        written = write(last)
        last = written[-1]
        return written.numpy().size

    return chunk


def main() -> None:
    wanted = request(variants=("plain", "xla"))
    tf.config.threading.set_intra_op_parallelism_threads(os.cpu_count() or 1)
    tf.config.threading.set_inter_op_parallelism_threads(os.cpu_count() or 1)
    keras.utils.set_random_seed(SEED)
    ids, vocabulary_size = training_ids(wanted.corpus)
    if wanted.kind == "train":
        rate = training_rate(wanted, ids, vocabulary_size)
    else:
        rate = characters_per_second(sampling(wanted, vocabulary_size), wanted.seconds, warm_up=2)
    answer(rate, version=f"Keras {keras.__version__} on TensorFlow {tf.__version__}")


if __name__ == "__main__":
    main()
