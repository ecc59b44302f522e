"""Compare SGD with variants of SAM on a small task with noisy labels; print the table, draw sam.svg (30 s)."""

from pathlib import Path

import numpy as np

SEEDS, INPUTS, HIDDEN, TRAIN, TEST, NOISE = 10, 10, 64, 500, 2000, 0.2
RATE, EPOCHS, BATCH = 0.2, 200, 25
SIZE = INPUTS * HIDDEN + 2 * HIDDEN + 1
SWEEPS = {
    "epochs": (5, 10, 15, 25, 50, 100, 200, 400),
    "decay": (0.001, 0.003, 0.01, 0.02, 0.03),
    "l2": (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4),
    "linf": (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4),
    "raw": (0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0),
    "asam": (0.1, 0.2, 0.35, 0.7, 1.0, 1.4, 2.0, 3.0),
}


def norm(v):
    return np.linalg.norm(v, axis=1, keepdims=True) + 1e-12


def task(seed):
    """The label is the sign of the product of two coordinates along random orthogonal directions."""
    rng = np.random.default_rng(seed)
    plane = np.linalg.qr(rng.normal(size=(INPUTS, 2)))[0]
    x = rng.normal(size=(2 * TRAIN + TEST, INPUTS))
    y = np.sign((x @ plane).prod(axis=1))
    flipped = (rng.random(len(x)) < NOISE) & (np.arange(len(x)) < 2 * TRAIN)
    return x, np.where(flipped, -y, y), flipped


def start(seed):
    rng = np.random.default_rng(1000 + seed)
    first = rng.normal(size=INPUTS * HIDDEN) * (2 / INPUTS) ** 0.5
    second = rng.normal(size=HIDDEN) * HIDDEN**-0.5
    return np.concatenate([first, np.zeros(HIDDEN), second, [0.0]])


def forward(w, x):
    """Two-layer ReLU networks, one per seed: w is (seeds, SIZE), x is (seeds, examples, INPUTS)."""
    k = INPUTS * HIDDEN
    hidden = np.maximum(x @ w[:, :k].reshape(-1, INPUTS, HIDDEN) + w[:, None, k : k + HIDDEN], 0)
    second = w[:, k + HIDDEN : -1]
    return hidden, second, (hidden @ second[:, :, None])[:, :, 0] + w[:, -1:]


def loss(w, x, y):
    return np.logaddexp(0, -y * forward(w, x)[2]).mean(axis=1)


def gradient(w, x, y):
    hidden, second, out = forward(w, x)
    d_out = -y / (1 + np.exp(y * out)) / y.shape[1]
    d_hidden = d_out[:, :, None] * second[:, None] * (hidden > 0)
    d_first = (x.transpose(0, 2, 1) @ d_hidden).reshape(len(w), -1)
    d_second = (d_out[:, None] @ hidden)[:, 0]
    return np.concatenate([d_first, d_hidden.sum(axis=1), d_second, d_out.sum(axis=1, keepdims=True)], axis=1)


def perturbation(kind, w, g, radius):
    if kind == "l2":
        return radius * g / norm(g)
    if kind == "linf":
        return radius * SIZE**-0.5 * np.sign(g)  # a corner of the cube, at distance `radius`
    if kind == "raw":
        return radius * g
    scale = np.abs(w) + 0.01
    return radius * scale**2 * g / norm(scale * g)


def train(w, x, y, kind, value):
    """Return the weights and the average l2 length of the perturbations."""
    rng, lengths = np.random.default_rng(7), [0.0]
    epochs = value if kind == "epochs" else EPOCHS
    decay = value if kind == "decay" else 0.0
    for _ in range(epochs):
        for batch in np.split(rng.permutation(TRAIN), TRAIN // BATCH):
            xb, yb = x[:, batch], y[:, batch]
            g = gradient(w, xb, yb)
            if kind not in ("epochs", "decay"):
                step = perturbation(kind, w, g, value)
                lengths.append(norm(step).mean())
                g = gradient(w + step, xb, yb)
            w = w - RATE * (g + decay * w)
    return w, sum(lengths) / max(len(lengths) - 1, 1)


def sharpness(w, x, y, radius=0.5):
    """The rise of the training loss in an l2 ball, by 20 steps of projected gradient ascent."""
    step, highest = np.zeros_like(w), loss(w, x, y)
    for _ in range(20):
        g = gradient(w + step, x, y)
        step = step + 0.25 * radius * g / norm(g)
        step *= np.minimum(1, radius / norm(step))
        highest = np.maximum(highest, loss(w + step, x, y))
    return highest - loss(w, x, y)


def measure(w, x, y, flipped):
    right = forward(w, x)[2] * y > 0
    return {
        "fit": right[:, :TRAIN].mean(axis=1),
        "noise": (right & flipped)[:, :TRAIN].sum(axis=1) / flipped[:, :TRAIN].sum(axis=1),
        "valid": right[:, TRAIN : 2 * TRAIN].mean(axis=1),
        "test": right[:, 2 * TRAIN :].mean(axis=1),
        "sharp": sharpness(w, x[:, :TRAIN], y[:, :TRAIN]),
    }


def sweep():
    x, y, flipped = (np.stack(parts) for parts in zip(*map(task, range(SEEDS))))
    w0 = np.stack([start(seed) for seed in range(SEEDS)])
    results = {}
    for kind, values in SWEEPS.items():
        for value in values:
            w, length = train(w0, x[:, :TRAIN], y[:, :TRAIN], kind, value)
            results[kind, value] = measure(w, x, y, flipped) | {"length": length}
    return results


def row(name, run, baseline):
    gain = 100 * (run["test"] - baseline["test"])
    test, noise = 100 * run["test"], 100 * run["noise"].mean()
    fit, valid = 100 * run["fit"].mean(), 100 * run["valid"].mean()
    print(f"{name:11} length {run['length']:.2f}  test {test.mean():.1f} sd {test.std(ddof=1):.1f}", end="  ")
    print(f"gain {gain.mean():+5.1f} sd {gain.std(ddof=1):.1f}  noise fitted {noise:5.1f}", end="  ")
    print(f"train {fit:5.1f}  valid {valid:.1f}  sharpness {run['sharp'].mean():.3f}")


def report(results):
    baseline = results["epochs", EPOCHS]
    for (kind, value), run in results.items():
        row(f"{kind} {value}", run, baseline)
    print("\nchosen by validation accuracy")
    row(f"epochs {EPOCHS}", baseline, baseline)
    for kind, values in SWEEPS.items():
        value = max(values, key=lambda v: results[kind, v]["valid"].mean())
        row(f"{kind} {value}", results[kind, value], baseline)


STYLE = """<style>
text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #333 }
.end { text-anchor: end } .mid { text-anchor: middle }
path { fill: none; stroke-width: 2 } .axis { stroke: #888; stroke-width: 1 }
.level { stroke: #888; stroke-width: 1; stroke-dasharray: 1 4 }
.linf { stroke: #c4500a } .l2 { stroke: #0072b2; stroke-dasharray: 8 4 } .raw { stroke: #555; stroke-dasharray: 2 3 }
.asam { stroke: #00795a; stroke-dasharray: 9 3 2 3 }
text.tlinf { fill: #b34700 } text.tl2 { fill: #0072b2 } text.traw { fill: #555 } text.tasam { fill: #00795a }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .linf { stroke: #f0a050 } .l2 { stroke: #6cbcf0 } .raw { stroke: #bbb } .asam { stroke: #4fc9a5 }
text.tlinf { fill: #f0a050 } text.tl2 { fill: #6cbcf0 } text.traw { fill: #bbb } text.tasam { fill: #4fc9a5 } }
</style>"""


def at(length, percent):
    """Data to picture coordinates; the first axis is logarithmic."""
    return 56 + 500 * np.log(length / 0.05) / np.log(1.4 / 0.05), 326 - 8 * (percent - 50)


def text(point, label, kind=""):
    return f'<text x="{point[0]:.1f}" y="{point[1]:.1f}" class="{kind}">{label}</text>'


def path(points, kind):
    return f'<path class="{kind}" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + '"/>'


def draw(results):
    test = {key: 100 * run["test"].mean() for key, run in results.items()}
    parts = [text((18, 24), "Test accuracy, %"), text((306, 366), "average length of the perturbation", "mid")]
    parts.append(path([at(0.05, 84), at(0.05, 50), at(1.4, 50)], "axis"))
    parts += [text((at(x, 50)[0], 345), f"{x:g}", "mid") for x in (0.05, 0.1, 0.2, 0.5, 1)]
    parts += [text((48, at(1, y)[1] + 4), y, "end") for y in (50, 60, 70, 80)]
    levels = {("epochs", EPOCHS): "plain SGD", ("epochs", 25): "stopped early", ("decay", 0.02): "weight decay"}
    for key, label in levels.items():
        parts.append(path([at(0.05, test[key]), at(1.4, test[key])], "level"))
        parts.append(text((564, at(1, test[key])[1] + 4), label))
    for kind in ("raw", "l2", "asam", "linf"):
        points = [(results[kind, value]["length"], test[kind, value]) for value in SWEEPS[kind]]
        parts.append(path([at(*point) for point in points if point[0] > 0.049], kind))
    ball = '\u2113<tspan font-size="10" dy="3">{}</tspan><tspan dy="-3"> ball</tspan>'
    parts += [text(at(0.47, 77.6), ball.format("\u221e"), "end tlinf"), text(at(0.78, 71.2), "adaptive", "end tasam")]
    parts += [text(at(0.93, 57.5), ball.format(2), "tl2"), text(at(0.66, 58.5), "unnormalised", "end traw")]
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 380" width="680" height="380">'
    Path(__file__).with_suffix(".svg").write_text("\n".join([svg, STYLE, *parts, "</svg>\n"]), encoding="utf-8")


if __name__ == "__main__":
    results = sweep()
    report(results)
    draw(results)
