"""Trains a two-layer network on scikit-learn's digits with NumPy and one generated file, gradient.py, which was written by

tangentx grad model.py:loss --wrt W1,b1,W2,b2 --mode value_and_grad -o gradient.py
"""

from pathlib import Path

import matplotlib
import numpy as np
from gradient import loss_and_grad
from model import loss, scores
from rich.progress import Progress
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HIDDEN = 64
BATCH = 32
RATE = 0.05
MOMENTUM = 0.9


def data():
    x, labels = load_digits(return_X_y=True)
    return train_test_split(x / 16.0, labels, test_size=0.25, random_state=0, stratify=labels)


def initial(rng, inputs, outputs):
    W1 = rng.normal(size=(inputs, HIDDEN)) / np.sqrt(inputs)
    W2 = rng.normal(size=(HIDDEN, outputs)) / np.sqrt(HIDDEN)
    return [W1, np.zeros(HIDDEN), W2, np.zeros(outputs)]


def train(x, labels, x_test, labels_test, epochs=40, seed=0, progress=None):
    """Gradient descent with momentum: the parameters, and for each epoch the loss on training and test data."""
    rng = np.random.default_rng(seed)
    parameters = initial(rng, x.shape[1], labels.max() + 1)
    velocities = [np.zeros_like(p) for p in parameters]
    curve = []
    task = progress.add_task("training", total=epochs) if progress else None
    for _ in range(epochs):
        losses = []
        for batch in np.array_split(rng.permutation(len(x)), len(x) // BATCH):
            value, gradient = loss_and_grad(x[batch], labels[batch], *parameters)
            losses.append(value)
            for p, v, g in zip(parameters, velocities, gradient):
                v *= MOMENTUM
                v -= RATE * g
                p += v
        curve.append((np.mean(losses), loss(x_test, labels_test, *parameters)))
        if progress:
            progress.update(task, advance=1, description=f"loss {curve[-1][0]:.4f}")
    return parameters, np.array(curve)


def accuracy(x, labels, parameters):
    return np.mean(np.argmax(scores(x, *parameters), axis=1) == labels)


def draw(curve, file):
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    epochs = np.arange(1, len(curve) + 1)
    axes.semilogy(epochs, curve[:, 0], label="training (mean over the epoch)")
    axes.semilogy(epochs, curve[:, 1], label="test")
    axes.set(xlabel="epoch", ylabel="cross-entropy", title="Handwritten digits, two-layer network")
    axes.grid(alpha=0.3, which="both")
    axes.legend()
    figure.savefig(file, dpi=120)


def main():
    x, x_test, labels, labels_test = data()
    with Progress() as progress:
        parameters, curve = train(x, labels, x_test, labels_test, progress=progress)
    picture = Path(__file__).with_name("loss.png")
    draw(curve, picture)
    print(f"test accuracy {100 * accuracy(x_test, labels_test, parameters):.1f} % on {len(x_test)} digits; the loss curve is in {picture.name}")


if __name__ == "__main__":
    main()
