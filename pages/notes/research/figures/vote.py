"""Exact accuracy of a majority vote over n independent samples, drawn as vote.svg."""

from math import comb
from pathlib import Path

SIZES = range(1, 42, 2)  # odd, so that there are no ties
MIX = ((0.5, 0.8), (0.5, 0.3))  # half the questions at p = 0.8, half at p = 0.3


def majority(p, n):
    """Chance that more than half of n independent answers, each right with chance p, are right."""
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n // 2 + 1, n + 1))


def mixture(n):
    """Average accuracy of the vote over questions of unequal difficulty."""
    return sum(weight * majority(p, n) for weight, p in MIX)


STYLE = """<style>
text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#333}
.axis{fill:none;stroke:#777;stroke-width:1}.run{fill:none;stroke-width:1.8}
.same{stroke:#0072b2}.mix{stroke:#c8550a;stroke-dasharray:8 4}.tsame{fill:#0072b2}.tmix{fill:#c8550a}
@media (prefers-color-scheme:dark){text{fill:#d4d4d4}.axis{stroke:#999}
.same{stroke:#5db7ec}.mix{stroke:#f0a04b}.tsame{fill:#5db7ec}.tmix{fill:#f0a04b}}
</style>"""


def draw():
    """The SVG: three questions of fixed p, and the mixture."""
    px = lambda n: 54 + 480 * (n - 1) / 40
    py = lambda v: 330 - 300 * v
    text = lambda x, y, s, more="": f'<text x="{x:.1f}" y="{y:.1f}" {more}>{s}</text>'
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="680" height="380" viewBox="0 0 680 380">', STYLE,
           f'<path class="axis" d="M54 30V330H{px(41):.1f}"/>',
           text(14, 18, "chance that the vote is right"),
           text(px(21), 372, "number of samples, n", 'text-anchor="middle"')]
    for v in (0, 0.25, 0.5, 0.75, 1):
        out += [f'<path class="axis" d="M50 {py(v):.1f}h4"/>', text(44, py(v) + 4.5, v, 'text-anchor="end"')]
    for n in (1, 11, 21, 31, 41):
        out += [f'<path class="axis" d="M{px(n):.1f} 330v4"/>', text(px(n), 350, n, 'text-anchor="middle"')]
    for p in (0.7, 0.55, 0.4):
        points = " ".join(f"{px(n):.1f},{py(majority(p, n)):.1f}" for n in SIZES)
        out += [f'<polyline class="run same" points="{points}"/>',
                text(px(41) + 8, py(majority(p, 41)) + 4.5, f"p = {p}", 'class="tsame"')]
    points = " ".join(f"{px(n):.1f},{py(mixture(n)):.1f}" for n in SIZES)
    out += [f'<polyline class="run mix" points="{points}"/>',
            text(px(41) + 8, py(mixture(41)) - 3, "half p = 0.8,", 'class="tmix"'),
            text(px(41) + 8, py(mixture(41)) + 13, "half p = 0.3", 'class="tmix"')]
    return "\n".join(out + ["</svg>", ""])


if __name__ == "__main__":
    for n in (1, 3, 5, 11, 21, 41):
        row = ", ".join(f"p = {p}: {majority(p, n):.3f}" for p in (0.7, 0.55, 0.4))
        print(f"n = {n}: {row}, mixture: {mixture(n):.3f}")
    Path(__file__).with_name("vote.svg").write_text(draw(), encoding="utf-8")
