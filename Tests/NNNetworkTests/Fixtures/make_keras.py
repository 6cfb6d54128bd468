"""Writes keras.json beside this file: what Keras's optimizers, schedules, early stopping and whole
trainings give. Optimizers compute in float64; Keras's layers compute in float32 even so.

    python3 -m venv venv && venv/bin/pip install keras jax
    venv/bin/python make_keras.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"

import keras
import numpy as np

keras.config.set_floatx("float64")
HERE = pathlib.Path(__file__).parent

# The slopes of 12 steps for 5 weights, of very different sizes, with a 0 among them.
RANDOM = np.random.RandomState(11)
START = RANDOM.randn(5)
SLOPES = RANDOM.randn(12, 5) * np.array([1, 1e-3, 10, 0, 0.3])


def trajectory(optimizer):
    weights = keras.Variable(START, dtype="float64")
    steps = []
    for slopes in SLOPES:
        optimizer.apply([keras.ops.convert_to_tensor(slopes)], [weights])
        steps.append(np.array(weights.value).tolist())
    return steps


KINDS = {
    "sgd": (keras.optimizers.SGD, {}),
    "momentum": (keras.optimizers.SGD, {"momentum": 0.9}),
    "nesterov": (keras.optimizers.SGD, {"momentum": 0.8, "nesterov": True}),
    "rmsprop": (keras.optimizers.RMSprop, {}),
    "rmsprop_momentum": (keras.optimizers.RMSprop, {"momentum": 0.5, "rho": 0.8}),
    "adagrad": (keras.optimizers.Adagrad, {}),
    "adam": (keras.optimizers.Adam, {}),
    "adam_settings": (
        keras.optimizers.Adam, {"beta_1": 0.8, "beta_2": 0.95, "epsilon": 1e-3}),
    "adamw": (keras.optimizers.AdamW, {}),
    "adamw_decay": (keras.optimizers.AdamW, {"weight_decay": 0.1}),
}


def optimizers():
    cases = []
    for name, (make, settings) in KINDS.items():
        for rate in (None, 0.05):
            given = dict(settings) if rate is None else dict(settings, learning_rate=rate)
            cases.append({
                "name": name,
                "kind": make.__name__.lower(),
                "settings": {key: float(value) for key, value in settings.items()},
                "lr": rate,
                "weights": trajectory(make(**given)),
            })
    return cases


def schedules():
    epochs = 8
    steps = range(epochs)
    cosine = keras.optimizers.schedules.CosineDecay(0.2, epochs)
    linear = keras.optimizers.schedules.PolynomialDecay(0.2, epochs, end_learning_rate=0.0)
    falling = keras.optimizers.schedules.ExponentialDecay(0.2, epochs, 0.1)
    return {
        "cosine": [float(cosine(step)) for step in steps],
        "linear": [float(linear(step)) for step in steps],
        "exponential": [float(falling(step)) for step in steps],
    }


def stopping():
    """After which epoch a training with these losses stops."""
    losses = [5, 4, 4, 3, 3.5, 3.2, 2.9, 2.9, 3, 3.1, 1]
    stops = {}
    for patience in (1, 2, 3, 4):
        callback = keras.callbacks.EarlyStopping(monitor="loss", patience=patience, mode="min")

        class Model:
            stop_training = False

            def get_weights(self):
                return []

        callback.set_model(Model())
        callback.on_train_begin()
        stops[str(patience)] = len(losses)
        for epoch, loss in enumerate(losses):
            callback.on_epoch_end(epoch, {"loss": loss})
            if callback.model.stop_training:
                stops[str(patience)] = epoch + 1
                break
    return {"losses": losses, "stops": stops}


def training(optimizer, l2, last, loss, batch):
    """A 4-5-3 network on 20 samples, unshuffled, with validation samples."""
    random = np.random.RandomState(2)
    w1, w2 = random.randn(4, 5) / 2, random.randn(5, 3) / 2
    x, other = random.randn(20, 4), random.randn(7, 4)
    y, other_y = random.randint(0, 3, 20), random.randint(0, 3, 7)
    regular = keras.regularizers.L2(l2) if l2 else None
    model = keras.Sequential([
        keras.Input((4,)),
        keras.layers.Dense(5, "tanh", kernel_regularizer=regular),
        keras.layers.Dense(3, last, kernel_regularizer=regular),
    ])
    model.set_weights([w1, np.zeros(5), w2, np.zeros(3)])
    model.compile(optimizer, loss=loss)
    hot, other_hot = np.eye(3)[y], np.eye(3)[other_y]
    history = model.fit(
        x, hot, batch_size=batch, epochs=3, shuffle=False, verbose=0,
        validation_data=(other, other_hot))
    again = model.fit(x, hot, batch_size=batch, epochs=2, shuffle=False, verbose=0)
    return {
        "optimizer": type(optimizer).__name__.lower(), "l2": l2, "last": last, "loss_name": loss,
        "batch": batch, "w1": w1.tolist(), "w2": w2.tolist(), "x": x.tolist(), "y": y.tolist(),
        "other": other.tolist(), "other_y": other_y.tolist(),
        "loss": [float(v) for v in history.history["loss"] + again.history["loss"]],
        "val_loss": [float(v) for v in history.history["val_loss"]],
        "weights": [np.array(w).tolist() for w in model.get_weights()],
    }


def trainings():
    make = keras.optimizers
    return [
        training(make.SGD(), 0, "softmax", "categorical_crossentropy", 20),
        training(make.Adam(), 0, "softmax", "categorical_crossentropy", 5),
        training(make.RMSprop(), 0.01, "sigmoid", "mse", 20),
        training(make.Adagrad(), 0.001, "linear", "mse", 10),
        training(make.AdamW(), 0.02, "sigmoid", "binary_crossentropy", 4),
    ]


(HERE / "keras.json").write_text(json.dumps({
    "version": keras.__version__, "start": START.tolist(), "slopes": SLOPES.tolist(),
    "optimizers": optimizers(), "schedules": schedules(), "stopping": stopping(),
    "trainings": trainings(),
}) + "\n")
