"""Compute-optimal loss and tokens per parameter under published fits, drawn as scaling.svg."""

from math import log10
from pathlib import Path

# E, A, B, alpha, beta in L(N, D) = E + A / N**alpha + B / D**beta
FITS = {
    "Hoffmann et al., as printed": (1.69, 406.4, 410.7, 0.34, 0.28),
    "Hoffmann et al., unrounded": (1.6934, 406.4, 410.7, 0.33917, 0.28491),
    "Besiroglu et al.": (1.82, 482.01, 2085.43, 0.3478, 0.3658),
}
BUDGET = 6 * 70e9 * 1.4e12  # Chinchilla: 70B parameters, 1.4T tokens


def optimum(fit, compute):
    """Parameters, tokens and loss at the best split of compute = 6 N D."""
    e, a, b, alpha, beta = fit
    g = (alpha * a / (beta * b)) ** (1 / (alpha + beta))
    n = g * (compute / 6) ** (beta / (alpha + beta))
    d = compute / 6 / n
    return n, d, e + a / n**alpha + b / d**beta


STYLE = """<style>
text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#333}
.axis,.mark{fill:none;stroke:#777;stroke-width:1}.mark{stroke-dasharray:1 3}
.run{fill:none;stroke-width:1.8}.c1{stroke-dasharray:2 3}.c2{stroke-dasharray:8 4}
.c0,.c1{stroke:#0072b2}.c2{stroke:#c8550a}.dot{fill:#333}.t0,.t1{fill:#0072b2}.t2{fill:#c8550a}
@media (prefers-color-scheme:dark){text,.dot{fill:#d4d4d4}.axis,.mark{stroke:#999}
.c0,.c1{stroke:#5db7ec}.c2{stroke:#f0a04b}.t0,.t1{fill:#5db7ec}.t2{fill:#f0a04b}}
</style>"""


def text(x, y, words, anchor="start", kind=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}">{words}</text>'


def panel(left, title, value, scale, ticks, chosen):
    """Axes and curves of one panel; value(fit, compute) is drawn for the chosen fits."""
    px = lambda compute: left + 255 * (log10(compute) - 18) / 10
    out = [f'<path class="axis" d="M{left} 40V320H{left + 255}"/>', text(left - 34, 20, title)]
    for tick in ticks:
        out += [f'<path class="axis" d="M{left - 4} {scale(tick):.1f}h4"/>',
                text(left - 8, scale(tick) + 4.5, tick, "end")]
    for power in (18, 20, 22, 24, 26, 28):
        label = f'10<tspan dy="-5" font-size="10">{power}</tspan>'
        out += [f'<path class="axis" d="M{px(10.0**power):.1f} 320v4"/>',
                text(px(10.0**power), 341, label, "middle")]
    out += [text(left + 127, 368, "training compute C (FLOP)", "middle"),
            f'<path class="mark" d="M{px(BUDGET):.1f} 40V320"/>']
    for i, (name, fit) in enumerate(FITS.items()):
        if i in chosen:
            grid = [10 ** (18 + k / 10) for k in range(101)]
            points = " ".join(f"{px(c):.1f},{scale(value(fit, c)):.1f}" for c in grid)
            out.append(f'<polyline class="run c{i}" points="{points}"/>')
    return out, px


def draw():
    """The SVG: loss on the left, tokens per parameter on the right."""
    loss_y = lambda v: 320 - 280 * (v - 1.6) / 2.0
    ratio_y = lambda v: 320 - 280 * (log10(v) - 1) / 1.5
    ratio = lambda fit, c: optimum(fit, c)[1] / optimum(fit, c)[0]
    left, lx = panel(44, "loss at the optimum, L", lambda f, c: optimum(f, c)[2],
                     loss_y, (1.6, 2.0, 2.4, 2.8, 3.2, 3.6), (0, 2))
    right, rx = panel(396, "tokens per parameter, D/N", ratio, ratio_y, (10, 20, 50, 100, 200), (0, 1, 2))
    labels = [text(lx(BUDGET) - 6, 54, "Chinchilla budget", "end"),
              text(299, 267, "Besiroglu", "end", "t2"), text(299, 315, "Hoffmann", "end", "t0"),
              text(rx(1e18) + 14, 128, "Hoffmann,", "start", "t0"),
              text(rx(1e18) + 14, 144, "as printed", "start", "t0"),
              text(rx(1e25) + 12, 180, "unrounded", "start", "t1"),
              text(rx(1e28), 310, "Besiroglu", "end", "t2"),
              f'<circle class="dot" cx="{rx(BUDGET):.1f}" cy="{ratio_y(20):.1f}" r="3.5"/>',
              text(rx(BUDGET) + 8, ratio_y(20) - 7, "Chinchilla, 20")]
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="680" height="380" viewBox="0 0 680 380">'
    return "\n".join([head, STYLE, *left, *right, *labels, "</svg>", ""])


if __name__ == "__main__":
    for name, fit in FITS.items():
        alpha, beta = fit[3:]
        print(f"{name}: a = {beta / (alpha + beta):.3f}, "
              f"loss exponent {alpha * beta / (alpha + beta):.3f}")
        for compute in (1e18, BUDGET, 1e26):
            n, d, loss = optimum(fit, compute)
            print(f"  C = {compute:.2e}: N = {n:.3g}, D = {d:.3g}, D/N = {d / n:.1f}, loss {loss:.3f}")
    Path(__file__).with_name("scaling.svg").write_text(draw(), encoding="utf-8")
