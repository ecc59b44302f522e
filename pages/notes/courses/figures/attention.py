"""Draw attention.svg: the softmax weight of one key among n when its logit leads by g, for constant and growing g."""

from math import exp, log, log10
from pathlib import Path

CONSTANT = (2, 4, 6, 8, 10)
STYLE = """<style>
text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #333 }
.end { text-anchor: end } .mid { text-anchor: middle }
.power { font-size: 10px }
path { fill: none; stroke-width: 2 } .axis { stroke: #888; stroke-width: 1 }
.half { stroke: #888; stroke-width: 1; stroke-dasharray: 1 4 }
.flat { stroke: #0072b2 } .grow { stroke: #c4500a; stroke-dasharray: 8 4 }
text.tflat { fill: #0072b2 } text.tgrow { fill: #b34700 }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .flat { stroke: #6cbcf0 } .grow { stroke: #f0a050 }
text.tflat { fill: #6cbcf0 } text.tgrow { fill: #f0a050 } }
</style>"""


def weight(n, gap):
    return 1 / (1 + (n - 1) * exp(-gap))


def at(n, share):
    return 60 + 95 * log10(n), 322 - 268 * share


def text(x, y, label, kind=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{label}</text>'


def curve(gap, kind):
    points = (at(n, weight(n, gap(n))) for n in (10 ** (step / 20) for step in range(121)))
    return f'<path class="{kind}" d="M' + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + '"/>'


def draw():
    parts = [text(18, 26, "Attention weight of the one relevant key"), text(345, 366, "number of keys n", "mid")]
    parts.append('<path class="axis" d="M60 54V322H630"/><path class="half" d="M60 188H630"/>')
    parts += [text(52, at(1, share)[1] + 4, f"{share:g}", "end") for share in (0, 0.5, 1)]
    for power in range(7):
        label = f'10<tspan class="power" dy="-6">{power}</tspan>' if power > 1 else 10**power
        parts.append(text(at(10**power, 0)[0], 342, label, "mid"))
    for gap in CONSTANT:
        parts.append(curve(lambda n, gap=gap: gap, "flat"))
        x, y = at(1 + 4 * exp(gap), 0.2)
        parts.append(text(x + 6, y, f"g = {gap}", "tflat"))
    parts += [curve(lambda n: log(n), "grow"), curve(lambda n: 2 * log(n), "grow")]
    parts.append(text(628, at(1, 0.53)[1], "g = log n", "end tgrow"))
    parts.append(text(628, at(1, 0.94)[1], "g = 2 log n", "end tgrow"))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 380" width="680" height="380">'
    Path(__file__).with_suffix(".svg").write_text("\n".join([svg, STYLE, *parts, "</svg>\n"]), encoding="utf-8")


if __name__ == "__main__":
    for gap in CONSTANT:
        print(f"gap {gap}: weight {weight(1024, gap):.4f} at n = 1024; one half at n = {1 + exp(gap):.0f}")
    draw()
