"""Compare textbook and stable forms of small logarithms; print the tables and draw the figure."""

import math
import struct
from decimal import Decimal, getcontext
from pathlib import Path

getcontext().prec = 60


def naive_loss(z):
    return -math.log(1 / (1 + math.exp(-z)))


def loss(z):
    """-log(sigmoid(z)), for every z."""
    return max(-z, 0.0) + math.log1p(math.exp(-abs(z)))


def slope(z):
    """Derivative of the loss, -sigmoid(-z)."""
    t = math.exp(-abs(z))
    return -(t if z >= 0 else 1.0) / (1.0 + t)


def log1mexp(a):
    """log(1 - exp(-a)), for a > 0."""
    if a <= math.log(2):
        return math.log(-math.expm1(-a))
    return math.log1p(-math.exp(-a))


def logsumexp(xs):
    top = max(range(len(xs)), key=xs.__getitem__)
    rest = (math.exp(x - xs[top]) for i, x in enumerate(xs) if i != top)
    return xs[top] + math.log1p(math.fsum(rest))


def exact_loss(z):
    return (1 + (-Decimal(z)).exp()).ln()


def exact_log1mexp(a):
    return (1 - (-Decimal(a)).exp()).ln()


def attempt(function, x):
    try:
        return function(x)
    except (OverflowError, ValueError) as error:
        return type(error).__name__


def bfloat16(x):
    """Round to the nearest bfloat16, ties to even (by way of float32)."""
    bits = struct.unpack("<I", struct.pack("<f", x))[0]
    bits = (bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def float32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def float16(x):
    return struct.unpack("<e", struct.pack("<e", x))[0]


def vanishing_margin(rounded):
    """Smallest z, to 0.001, at which 1 + exp(-z) is rounded to 1."""
    return next(i / 1000 for i in range(60000) if rounded(1 + rounded(math.exp(-i / 1000))) == 1)


def tables():
    for z in (-1000.0, 5.0, 20.0, 30.0, 36.0, 40.0):
        print(f"loss({z:g}): naive {attempt(naive_loss, z)}, stable {loss(z)}, "
              f"exact {exact_loss(z):.16e}, slope {slope(z)}")
    for rounded in (bfloat16, float16, float32, float):
        print(f"{rounded.__name__}: 1 + exp(-z) is 1 from z = {vanishing_margin(rounded)}")
    for a in (1e-20, 1e-10, 1.0, 40.0):
        naive = attempt(lambda x: math.log(1 - math.exp(-x)), a)
        print(f"log1mexp({a:g}): naive {naive}, stable {log1mexp(a)}, "
              f"exact {exact_log1mexp(a):.16e}")
    print("logsumexp:", logsumexp([1000.0, 1000.0]), logsumexp([0.0, -40.0]),
          math.log(math.exp(0.0) + math.exp(-40.0)))
    policy, reference = -300.4, -300.9
    for rounded in (bfloat16, float32):
        print(f"{rounded.__name__}: {rounded(policy)} - {rounded(reference)} = "
              f"{rounded(rounded(policy) - rounded(reference))}")


STYLE = """text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#333}
.axis{stroke:#888;fill:none}.naive{stroke:#b4501e;fill:none;stroke-width:1.5}
.stable{fill:#1f5fa8}.t-naive{fill:#b4501e}.t-stable{fill:#1f5fa8}.guide{stroke:#888;stroke-dasharray:2 4}
@media (prefers-color-scheme:dark){text{fill:#ccc}.axis,.guide{stroke:#888}
.naive{stroke:#f0a070}.stable{fill:#8cb8f0}.t-naive{fill:#f0a070}.t-stable{fill:#8cb8f0}}"""


def figure():
    x_of = lambda z: 70 + z * 13.5
    y_of = lambda e: 50 - 15.5 * math.log10(e)

    def error(function, z):
        return float(abs(Decimal(function(z)) / exact_loss(z) - 1))

    zs = [i / 4 for i in range(161)]
    naive = " ".join(f"{x_of(z):.1f},{y_of(max(error(naive_loss, z), 1e-17)):.1f}" for z in zs)
    dots = "".join(f'<circle class="stable" r="1.4" cx="{x_of(z):.1f}" '
                   f'cy="{y_of(max(error(loss, z), 1e-17)):.1f}"/>' for z in zs)
    parts = [f'<polyline class="naive" points="{naive}"/>', dots,
             f'<path class="axis" d="M60 50V{y_of(1e-17):.1f}H{x_of(40):.1f}"/>',
             f'<path class="guide" d="M{x_of(53 * math.log(2)):.1f} 50V{y_of(1e-17):.1f}"/>',
             '<text x="12" y="24">relative error of the loss</text>',
             f'<text x="{x_of(20):.1f}" y="358" text-anchor="middle">margin z</text>',
             f'<text class="t-naive" x="{x_of(23):.1f}" y="{y_of(1e-3):.1f}" '
             'text-anchor="end">−log(1 / (1 + exp(−z)))</text>',
             f'<text class="t-stable" x="{x_of(36):.1f}" y="{y_of(1.5e-14):.1f}" text-anchor="end">'
             'max(−z, 0) + log1p(exp(−|z|))</text>',
             f'<text x="{x_of(53 * math.log(2)):.1f}" y="40" text-anchor="middle">53 log 2</text>']
    for power, name in ((0, "1"), (-4, "10⁻⁴"), (-8, "10⁻⁸"), (-12, "10⁻¹²"), (-16, "10⁻¹⁶")):
        parts.append(f'<text x="54" y="{y_of(10.0 ** power) + 4:.1f}" text-anchor="end">{name}</text>')
    for z in (0, 10, 20, 30, 40):
        parts.append(f'<text x="{x_of(z):.1f}" y="334" text-anchor="middle">{z}</text>')
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 370" width="680" height="370">'
           f"<style>{STYLE}</style>{''.join(parts)}</svg>\n")
    Path(__file__).with_name("stable_logs.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    tables()
    figure()
