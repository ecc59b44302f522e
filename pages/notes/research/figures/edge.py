"""Sharpness along full-batch gradient descent on a small tanh network, drawn as edge.svg."""

from pathlib import Path

import numpy as np

WIDTH = 16  # hidden units, so 48 parameters
STEPS = 10_000
RATES = (0.1, 0.2, 0.3, 0.5)
X = np.linspace(-1.0, 1.0, 20)
Y = np.sin(6.0 * X)


def initial(seed):
    """Input weights, biases and output weights, in one vector."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal(0, 0.7, WIDTH), rng.normal(0, 0.7, WIDTH),
                           rng.normal(0, 0.7 / np.sqrt(WIDTH), WIDTH)])


def forward(theta):
    """Hidden layer, its slope, the residuals and the Jacobian of the outputs."""
    w, b, a = np.split(theta, 3)
    hidden = np.tanh(np.outer(X, w) + b)
    slope = 1.0 - hidden**2
    jacobian = np.hstack([slope * a * X[:, None], slope * a, hidden])
    return hidden, slope, hidden @ a - Y, jacobian


def sharpness(theta):
    """Largest eigenvalue of the exact Hessian of half the mean squared error."""
    hidden, slope, residual, jacobian = forward(theta)
    a, unit = theta[2 * WIDTH:], np.arange(WIDTH)
    hessian = jacobian.T @ jacobian
    bend = residual[:, None] * a * (-2.0 * hidden * slope)
    tilt = residual[:, None] * slope
    blocks = {(0, 0): (X * X) @ bend, (0, 1): X @ bend, (1, 1): bend.sum(0),
              (0, 2): X @ tilt, (1, 2): tilt.sum(0)}
    for (p, q), values in blocks.items():
        hessian[unit + p * WIDTH, unit + q * WIDTH] += values
        if p != q:
            hessian[unit + q * WIDTH, unit + p * WIDTH] += values
    return np.linalg.eigvalsh(hessian / len(X))[-1]


def run(rate, seed=0, every=25):
    """Losses at every step, and the sharpness every few steps."""
    theta, losses, curve = initial(seed), [], []
    for step in range(STEPS + 1):
        _, _, residual, jacobian = forward(theta)
        losses.append(0.5 * np.mean(residual**2))
        if step % every == 0:
            curve.append((step, sharpness(theta)))
        theta = theta - rate * (residual @ jacobian) / len(X)
    return np.array(losses), np.array(curve)


def product_model(u, v, rate, steps=10_000):
    """Gradient descent on (u v - 1)^2 / 2; the sharpness where it stops."""
    for _ in range(steps):
        r = u * v - 1.0
        u, v = u - rate * r * v, v - rate * r * u
    return u * u + v * v


STYLE = """<style>
text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#333}
.axis,.edge{fill:none;stroke:#777;stroke-width:1}.edge{stroke-dasharray:5 4}
.run{fill:none;stroke-width:1.4;stroke-linejoin:round}
.c0{stroke:#777;fill:none}.c1{stroke:#0072b2}.c2{stroke:#c8550a}.c3{stroke:#00805f}
.t1{fill:#0072b2}.t2{fill:#c8550a}.t3{fill:#00805f}
@media (prefers-color-scheme:dark){text{fill:#d4d4d4}.axis,.edge,.c0{stroke:#999}
.c1{stroke:#5db7ec}.c2{stroke:#f0a04b}.c3{stroke:#3fc79b}
.t1{fill:#5db7ec}.t2{fill:#f0a04b}.t3{fill:#3fc79b}}
</style>"""


def draw(curves):
    """The SVG: one line a step size, a dashed line at each 2 / step size."""
    px = lambda step: 54 + 510 * step / STEPS
    py = lambda value: 330 - 300 * value / 12
    text = lambda x, y, s, more="": f'<text x="{x:.1f}" y="{y:.1f}" {more}>{s}</text>'
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="680" height="380" viewBox="0 0 680 380">', STYLE,
           f'<path class="axis" d="M54 {py(12):.1f}V330H{px(STEPS):.1f}"/>']
    for value in range(0, 13, 2):
        out += [f'<path class="axis" d="M50 {py(value):.1f}h4"/>',
                text(44, py(value) + 4.5, value, 'text-anchor="end"')]
    for step in range(0, STEPS + 1, 2500):
        out += [f'<path class="axis" d="M{px(step):.1f} 330v4"/>',
                text(px(step), 350, f"{step:,}".replace(",", " "), 'text-anchor="middle"')]
    out += [text(14, 18, "sharpness (largest Hessian eigenvalue)"),
            text(px(STEPS / 2), 372, "gradient descent step", 'text-anchor="middle"')]
    for i, (rate, curve) in enumerate(curves.items()):
        points = " ".join(f"{px(s):.1f},{py(v):.1f}" for s, v in curve)
        out.append(f'<polyline class="run c{i}" points="{points}"/>')
        level = 2 / rate
        if level < 12:
            out += [f'<path class="edge" d="M54 {py(level):.1f}H{px(STEPS) + 6:.1f}"/>',
                    text(px(STEPS) + 10, py(level) - 3, f"η = {rate}", f'class="t{i}"'),
                    text(px(STEPS) + 10, py(level) + 13, f"2/η = {level:.3g}", f'class="t{i}"')]
        else:
            out += [text(px(STEPS) + 10, py(curve[-1][1]) + 13, f"η = {rate}"),
                    text(px(STEPS) + 10, py(curve[-1][1]) + 29, f"2/η = {level:.3g}")]
    return "\n".join(out + ["</svg>", ""])


if __name__ == "__main__":
    curves = {}
    late = lambda curve: curve[curve[:, 0] >= 0.75 * STEPS, 1]
    for rate in RATES:
        losses, curve = run(rate)
        curves[rate] = curve
        crossed = next((int(s) for s, v in curve if v > 2 / rate), None)
        seeds = [late(run(rate, seed)[1]).mean() for seed in range(5)]
        print(f"rate {rate}: 2/rate {2 / rate:.2f}, start {curve[0, 1]:.2f}, crossed {crossed}, "
              f"late mean {late(curve).mean():.2f}, five seeds {min(seeds):.2f}-{max(seeds):.2f}, "
              f"loss rose on {np.mean(np.diff(losses) > 0):.0%} of steps, final loss {losses[-1]:.1e}")
    fine = run(0.2, every=1)[1][:, 1]
    top = int(fine.argmax())
    low = top + int(fine[top:top + 100].argmin())
    print(f"rate 0.2, first drop: {fine[top]:.2f} at step {top} to {fine[low]:.2f} at step {low}")
    for rate in (0.05, 0.08, 0.1):
        stop = product_model(5.0, 0.21, rate)
        print(f"product model, rate {rate}: 2/rate {2 / rate:.0f}, stops at {stop:.2f}")
    Path(__file__).with_name("edge.svg").write_text(draw(curves), encoding="utf-8")
