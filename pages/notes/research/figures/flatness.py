"""How much a wrong split of compute costs under two published fits, drawn as flatness-loss.svg and flatness-range.svg."""

from math import exp, log, log10
from pathlib import Path

# E, A, B, alpha, beta in L(N, D) = E + A / N**alpha + B / D**beta
FITS = {
    "Hoffmann": (1.69, 406.4, 410.7, 0.34, 0.28),
    "Besiroglu": (1.82, 482.01, 2085.43, 0.3478, 0.3658),
}
BUDGET = 6 * 70e9 * 1.4e12  # Chinchilla: 70B parameters, 1.4T tokens
CLOSE = 0.01


def optimum(fit, compute):
    """Parameters at the best split of compute = 6 N D, and the reducible loss there."""
    _, a, b, alpha, beta = fit
    g = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    n = g * (compute / 6) ** (beta / (alpha + beta))
    return n, (1 + alpha / beta) * a / n**alpha


def excess(fit, compute, n):
    """Loss above the least when n parameters are trained with this compute."""
    alpha, beta = fit[3:]
    best, reducible = optimum(fit, compute)
    t = log(n / best)
    return reducible * ((beta * exp(-alpha * t) + alpha * exp(beta * t)) / (alpha + beta) - 1)


def close(fit, compute):
    """The smallest and the largest model within CLOSE of the best."""
    best, _ = optimum(fit, compute)
    ends = []
    for sign in (-1, 1):
        near, far = 0.0, 20.0
        for _ in range(60):
            middle = (near + far) / 2
            near, far = (middle, far) if excess(fit, compute, best * exp(sign * middle)) < CLOSE else (near, middle)
        ends.append(best * exp(sign * near))
    return ends


STYLE = """<style>
text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#333}
.axis,.mark{fill:none;stroke:#777;stroke-width:1}.mark{stroke-dasharray:1 3}
.run{fill:none;stroke-width:1.8}.c1{stroke-dasharray:8 4}
.c0{stroke:#0072b2}.c1{stroke:#c8550a}.dot{fill:#333}.t0{fill:#0072b2}.t1{fill:#c8550a}
@media (prefers-color-scheme:dark){text,.dot{fill:#d4d4d4}.axis,.mark{stroke:#999}
.c0{stroke:#5db7ec}.c1{stroke:#f0a04b}.t0{fill:#5db7ec}.t1{fill:#f0a04b}}
</style>"""


def text(x, y, words, anchor="start", kind=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{words}</text>'


def power(exponent):
    return f'10<tspan dy="-5" font-size="10">{exponent}</tspan>'


def line(points, kind):
    return f'<polyline class="run {kind}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def frame(title, below, x_ticks, y_ticks):
    """Axes with their names; a tick is a place and a label."""
    out = ['<path class="axis" d="M50 40V270H318"/>', text(8, 20, title), text(184, 312, below, "middle")]
    for x, label in x_ticks:
        out += [f'<path class="axis" d="M{x:.1f} 270v4"/>', text(x, 289, label, "middle")]
    for y, label in y_ticks:
        out += [f'<path class="axis" d="M46 {y:.1f}h4"/>', text(42, y + 4.5, label, "end")]
    return out


def loss_panel():
    px = lambda n: 50 + 268 * log(n / 10) / log(30)
    py = lambda v: 270 - 230 * v / 0.04
    parts = frame("loss above the least", "parameters, billions", [(px(n), n) for n in (10, 30, 100, 300)],
                  [(py(v), f"{v:g}") for v in (0, 0.01, 0.02, 0.03, 0.04)])
    parts.append(f'<path class="mark" d="M50 {py(CLOSE):.1f}H318M{px(70):.1f} {py(0.0118):.1f}V270"/>')
    for kind, fit in enumerate(FITS.values()):
        grid = [10 * 30 ** (k / 100) for k in range(101)]
        heights = [(n, excess(fit, BUDGET, n * 1e9)) for n in grid]
        parts.append(line([(px(n), py(v)) for n, v in heights if v <= 0.04], f"c{kind}"))
    parts += [text(px(150), py(0.029), "Hoffmann", "end", "t0"), text(px(18), py(0.029), "Besiroglu", "start", "t1")]
    parts += [f'<circle class="dot" cx="{px(70):.1f}" cy="{py(0):.1f}" r="3.5"/>', text(px(80), py(0.0128), "Chinchilla", "end")]
    return parts


def range_panel():
    px = lambda c: 50 + 268 * (log10(c) - 20) / 6
    py = lambda n: 270 - 230 * (log10(n) - 8) / 5
    parts = frame(f"parameters within {CLOSE:g} of the best", "training compute C (FLOP)",
                  [(px(10.0**k), power(k)) for k in (20, 22, 24, 26)], [(py(10.0**k), power(k)) for k in (8, 9, 10, 11, 12, 13)])
    for kind, fit in enumerate(FITS.values()):
        grid = [10 ** (20 + k / 10) for k in range(61)]
        bounds = [close(fit, c) for c in grid]
        for end in (0, 1):
            parts.append(line([(px(c), py(pair[end])) for c, pair in zip(grid, bounds)], f"c{kind}"))
    parts += [text(318, py(1.5e10), "Hoffmann", "end", "t0"), text(px(4e24), py(2.2e12), "Besiroglu", "end", "t1")]
    parts += [f'<path class="mark" d="M{px(BUDGET):.1f} 40V270"/>',
              f'<circle class="dot" cx="{px(BUDGET):.1f}" cy="{py(70e9):.1f}" r="3.5"/>']
    return parts


def svg(parts):
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="336" height="320" viewBox="0 0 336 320">'
    return "\n".join([head, STYLE, *parts, "</svg>", ""])


if __name__ == "__main__":
    for name, fit in FITS.items():
        for compute in (1e20, BUDGET, 1e26):
            low, high = close(fit, compute)
            print(f"{name}: C = {compute:.2e}, best {optimum(fit, compute)[0]:.3g}, within {CLOSE}: {low:.3g} to {high:.3g}")
    print(f"32 billion under the replication: {excess(FITS['Besiroglu'], BUDGET, 32e9):.4f}")
    Path(__file__).with_name("flatness-loss.svg").write_text(svg(loss_panel()), encoding="utf-8")
    Path(__file__).with_name("flatness-range.svg").write_text(svg(range_panel()), encoding="utf-8")
