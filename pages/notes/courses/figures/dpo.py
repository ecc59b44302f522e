"""Train a softmax policy with shared answer features by DPO, log its implicit rewards and draw dpo.svg."""

from pathlib import Path

import numpy as np

PROMPTS, ANSWERS, FEATURES = 500, 40, 6
BETA, RATE, STEPS, PENALTY = 0.1, 1.0, 250, 5.0


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def preferences(rng, features, reference, nearest):
    """Sample a chosen answer per prompt; reject its nearest neighbour, or a second, different sample."""
    p = np.exp(reference)
    chosen = np.array([rng.choice(ANSWERS, p=row) for row in p])
    if nearest:
        squared = ((features[:, None] - features[None]) ** 2).sum(axis=2)
        np.fill_diagonal(squared, np.inf)
        return chosen, squared.argmin(axis=1)[chosen]
    p[np.arange(PROMPTS), chosen] = 0
    p /= p.sum(axis=1, keepdims=True)
    return chosen, np.array([rng.choice(ANSWERS, p=row) for row in p])


def train(nearest, shared=True, penalty=0.0):
    """Gradient descent on the DPO loss (DPOP if penalty > 0); each prompt has parameters of its own."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(ANSWERS, FEATURES)) if shared else np.eye(ANSWERS)
    spread = 1.0 if shared else FEATURES**0.5
    theta = spread * rng.normal(size=(PROMPTS, features.shape[1]))
    reference = log_softmax(theta @ features.T)
    chosen, rejected = preferences(rng, features, reference, nearest)
    row, difference = np.arange(PROMPTS), features[chosen] - features[rejected]
    curve = []
    for step in range(STEPS + 1):
        log_p = log_softmax(theta @ features.T)
        reward = BETA * (log_p - reference)
        good, bad = reward[row, chosen], reward[row, rejected]
        curve.append((good.mean(), bad.mean(), (good - bad).mean()))
        if step == STEPS:
            break
        fallen = (good < 0)[:, None]
        weight = 1 / (1 + np.exp(good - bad + penalty * np.minimum(good, 0)))
        score = features[chosen] - np.exp(log_p) @ features
        theta += RATE * BETA * weight[:, None] * (difference + penalty * fallen * score)
    extreme = (difference @ features.T).argmax(axis=1) == chosen
    return {
        "curve": np.array(curve),
        "fell": good < 0,
        "both": (good < 0) & (bad < 0),
        "extreme": extreme,
        "ranked": (good > bad).mean(),
        "p": [np.exp(log[row, answer]).mean() for answer in (chosen, rejected) for log in (reference, log_p)],
        "greedy": [(log.argmax(axis=1) == chosen).mean() for log in (reference, log_p)],
    }


def report(name, run):
    good, bad, margin = run["curve"][-1]
    extreme, fell = run["extreme"], run["fell"]
    print(f"{name}: reward of chosen {good:+.3f}, of rejected {bad:+.3f}, margin {margin:.3f}")
    print(f"  chosen fell in {fell.mean():.1%} of prompts, both in {run['both'].mean():.1%}", end="; ")
    print(f"ranked right {run['ranked']:.1%}")
    print(f"  chosen extreme in {extreme.sum()} prompts, of which fell {fell[extreme].sum()}", end="; ")
    print(f"not extreme in {(~extreme).sum()}, of which fell {fell[~extreme].sum()}")
    print("  mean probability of chosen {:.3f} -> {:.3f}, of rejected {:.3f} -> {:.1e}".format(*run["p"]))
    print("  chosen is the most likely answer in {:.1%} -> {:.1%}".format(*run["greedy"]))


STYLE = """<style>
text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #333 }
.end { text-anchor: end } .mid { text-anchor: middle }
path { fill: none; stroke-width: 2 } .axis { stroke: #888; stroke-width: 1 }
.zero { stroke: #888; stroke-width: 1; stroke-dasharray: 1 4 }
.a { stroke: #0072b2 } .b { stroke: #c4500a; stroke-dasharray: 7 4 } .c { stroke: #555; stroke-dasharray: 2 3 }
.d { stroke: #00795a; stroke-dasharray: 9 3 2 3 }
text.ta { fill: #0072b2 } text.tb { fill: #b34700 } text.tc { fill: #555 } text.td { fill: #00795a }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .a { stroke: #6cbcf0 } .b { stroke: #f0a050 } .c { stroke: #bbb } .d { stroke: #4fc9a5 }
text.ta { fill: #6cbcf0 } text.tb { fill: #f0a050 } text.tc { fill: #bbb } text.td { fill: #4fc9a5 } }
</style>"""


def text(x, y, label, kind=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{label}</text>'


def path(points, kind):
    return f'<path class="{kind}" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + '"/>'


def panel(left, right, x_ticks, y_ticks):
    """Return the axes of one panel and the function from data to picture coordinates."""
    top, bottom = 52, 320

    def at(x, y):
        across = (x - x_ticks[0]) / (x_ticks[-1] - x_ticks[0])
        up = (y - y_ticks[0]) / (y_ticks[-1] - y_ticks[0])
        return left + across * (right - left), bottom - up * (bottom - top)

    parts = [path([(left, top), (left, bottom), (right, bottom)], "axis")]
    parts.append(path([at(x_ticks[0], 0), at(x_ticks[-1], 0)], "zero"))
    parts += [text(at(x, 0)[0], bottom + 19, f"{x:g}", "mid") for x in x_ticks]
    parts += [text(left - 7, at(0, y)[1] + 4, f"{y:g}".replace("-", "\u2212"), "end") for y in y_ticks]
    return parts, at


def draw(near, sampled, own, repaired):
    parts, at = panel(52, 318, (0, 50, 100, 150, 200, 250), (-3, -2, -1, 0, 1, 2))
    for column, kind in enumerate("abc"):
        parts.append(path([at(step, y) for step, y in enumerate(near["curve"][:, column])], kind))
    parts += [text(*at(248, 1.45), "margin", "end tc"), text(*at(248, -0.45), "chosen", "end ta")]
    parts += [text(*at(150, -2.3), "rejected", "end tb"), text(52, 24, "Mean reward, nearest-neighbour pairs")]
    parts.append(text(185, 361, "gradient step", "mid"))
    axes, at = panel(404, 664, (0, 0.5, 1, 1.5, 2), (-0.8, -0.6, -0.4, -0.2, 0, 0.2))
    parts += axes + [text(404, 24, "Mean reward of the chosen answer"), text(534, 361, "margin", "mid")]
    for run, kind in ((near, "a"), (sampled, "b"), (own, "c"), (repaired, "d")):
        parts.append(path([at(m, good) for good, _, m in run["curve"] if m <= 2], kind))
    parts += [text(*at(1.36, -0.47), "nearest neighbour", "end ta"), text(*at(1.99, -0.15), "sampled", "end tb")]
    parts += [text(*at(1.99, 0.225), "one feature each", "end tc"), text(*at(1.99, 0.095), "nearest, DPOP", "end td")]
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 374" width="680" height="374">'
    Path(__file__).with_suffix(".svg").write_text("\n".join([svg, STYLE, *parts, "</svg>\n"]), encoding="utf-8")


if __name__ == "__main__":
    runs = {
        "nearest neighbour rejected": train(nearest=True),
        "second sample rejected": train(nearest=False),
        "second sample rejected, one feature per answer": train(nearest=False, shared=False),
        "nearest neighbour rejected, DPOP": train(nearest=True, penalty=PENALTY),
    }
    for name, run in runs.items():
        report(name, run)
    draw(*runs.values())
