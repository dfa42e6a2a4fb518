"""Pieces of the pictures: SVG with nothing but text. The picture_*.py and picture.py use them."""

COLOURS = ["#1f5fa8", "#c2571a", "#2f8f4e", "#8a4fa3", "#b58a00", "#c0396b", "#4a4a4a", "#1aa3a3", "#7a9a01", "#b0b0b0"]


def text(x, y, words, size=11, anchor="start", colour="#222", weight="normal"):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}">{words}</text>'


def frame(left, top, width, height):
    return f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="#bbb"/>'


def line(x1, y1, x2, y2, colour="#bbb", width=1, dashes=""):
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def polyline(points, colour, width=1.6):
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def dot(x, y, colour, radius=2.5, filled=True):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour if filled else "white"}" stroke="{colour}"/>'


def write(target, width, height, parts):
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="sans-serif">'
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join([head, f'<rect width="{width}" height="{height}" fill="white"/>', *parts, "</svg>\n"]))
