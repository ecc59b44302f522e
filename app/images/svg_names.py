"""The elements and attributes of SVG that draw something: all others are left out of a drawing."""

from __future__ import annotations

ELEMENTS = frozenset({
    "a", "animate", "animateMotion", "animateTransform", "circle", "clipPath", "defs", "desc", "ellipse", "feBlend",
    "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap",
    "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting",
    "feSpotLight", "feTile", "feTurbulence", "filter", "g", "image", "line", "linearGradient", "marker", "mask",
    "mpath", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "set", "stop", "style", "svg",
    "switch", "symbol", "text", "textPath", "title", "tspan", "use", "view",
})  # fmt: skip

PRESENTATION = frozenset({
    "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "color-interpolation",
    "color-interpolation-filters", "color-rendering", "cursor", "direction", "display", "dominant-baseline",
    "enable-background", "fill", "fill-opacity", "fill-rule", "filter", "flood-color", "flood-opacity", "font",
    "font-family", "font-feature-settings", "font-kerning", "font-size", "font-size-adjust", "font-stretch",
    "font-style", "font-variant", "font-variant-ligatures", "font-weight", "glyph-orientation-horizontal",
    "glyph-orientation-vertical", "image-rendering", "isolation", "kerning", "letter-spacing", "lighting-color",
    "line-height", "marker", "marker-end", "marker-mid", "marker-start", "mask", "mask-type", "mix-blend-mode",
    "opacity", "overflow", "paint-order", "pointer-events", "shape-rendering", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "text-align", "text-anchor", "text-decoration", "text-indent", "text-orientation", "text-overflow",
    "text-rendering", "transform", "transform-box", "transform-origin", "unicode-bidi", "vector-effect", "visibility",
    "white-space", "word-spacing", "writing-mode",
})  # fmt: skip
"""Attributes that are properties of CSS too."""

ATTRIBUTES = PRESENTATION | frozenset({
    "accumulate", "additive", "amplitude", "attributeName", "attributeType", "azimuth", "baseFrequency", "baseProfile",
    "begin", "bias", "by", "calcMode", "class", "clip", "clipPathUnits", "contentScriptType", "contentStyleType", "cx",
    "cy", "d", "diffuseConstant", "divisor", "download", "dur", "dx", "dy", "edgeMode", "elevation", "end", "exponent",
    "filterRes", "filterUnits", "focusable", "fr", "from", "fx", "fy", "gradientTransform", "gradientUnits", "height",
    "hreflang", "id", "in", "in2", "intercept", "k1", "k2", "k3", "k4", "kernelMatrix", "kernelUnitLength", "keyPoints",
    "keySplines", "keyTimes", "lang", "lengthAdjust", "limitingConeAngle", "markerHeight", "markerUnits", "markerWidth",
    "maskContentUnits", "maskUnits", "max", "media", "method", "min", "mode", "name", "numOctaves", "offset",
    "operator", "order", "orient", "origin", "path", "pathLength", "patternContentUnits", "patternTransform",
    "patternUnits", "points", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha", "preserveAspectRatio",
    "primitiveUnits", "r", "radius", "refX", "refY", "rel", "repeatCount", "repeatDur", "requiredExtensions",
    "requiredFeatures", "restart", "result", "role", "rotate", "rx", "ry", "scale", "seed", "side", "slope", "spacing",
    "specularConstant", "specularExponent", "spreadMethod", "startOffset", "stdDeviation", "stitchTiles", "style",
    "surfaceScale", "systemLanguage", "tabindex", "tableValues", "target", "targetX", "targetY", "textLength", "title",
    "to", "type", "unicode", "values", "version", "viewBox", "width", "x", "x1", "x2", "xChannelSelector", "y", "y1",
    "y2", "yChannelSelector", "z", "zoomAndPan",
})  # fmt: skip

UNANIMATED = frozenset({"class", "id", "style", "target", "type", "attributeName"})
"""Attributes of a drawing that an animation may not set."""

SCRIPTS = frozenset({"script", "handler", "listener"})
"""Elements that run, the last two in old drafts of the standard only."""
