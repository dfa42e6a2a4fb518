#!/usr/bin/env python3
"""Draws the Beveridge curve of README.md from a file of a run, as SVG: vacancies per job against unemployment, a path a region through the months of 2021 to 2023.

Usage: picture_beveridge.py RUN.h5 PICTURE.svg. Needs Debian's python3-xarray. The thick line is the slope within regions that baseline.py prints.
"""
import sys

import xarray

from baseline import beveridge_slope
from svg import COLOURS, dot, frame, line, polyline, text, write

WIDTH, HEIGHT, LEFT, TOP, LEGEND = 560, 340, 56, 72, 180


def ticks(low, high, step):
    first = -(-low // step)
    return [step * (first + n) for n in range(int((high - first * step) // step) + 1)]


def main(source, target):
    with xarray.open_dataset(source) as ds:
        slope, points = beveridge_slope(ds)
        origin, scale = ds.attrs["source"], float(ds.attrs["scale"])
    us, vs = ([100 * value for pair in points.values() for value in pair[k]] for k in (0, 1))
    u_low, u_high, v_low, v_high = min(us) - 0.2, max(us) + 0.2, min(vs) - 0.4, max(vs) + 0.4
    x_of = lambda u: LEFT + WIDTH * (u - u_low) / (u_high - u_low)
    y_of = lambda v: TOP + HEIGHT * (1 - (v - v_low) / (v_high - v_low))
    out = [text(LEFT, 22, "Beveridge curve, January 2021 to December 2023", 15, weight="bold"),
           text(LEFT, 40, f"{origin}, {scale:g} agents a person", 10, colour="#666"), frame(LEFT, TOP, WIDTH, HEIGHT)]
    for u in ticks(u_low, u_high, 0.5):
        out += [line(x_of(u), TOP + HEIGHT, x_of(u), TOP + HEIGHT + 4), text(x_of(u), TOP + HEIGHT + 16, f"{u:.1f}", 10, "middle")]
    for v in ticks(v_low, v_high, 1):
        out += [line(LEFT - 4, y_of(v), LEFT, y_of(v)), text(LEFT - 7, y_of(v) + 4, f"{v:.0f}", 10, "end")]
    out += [text(LEFT + WIDTH / 2, TOP + HEIGHT + 34, "unemployed, % of the labour force", 11, "middle"), text(LEFT - 34, TOP - 8, "vacancies per 100 jobs", 11)]
    for n, (region, (u, v)) in enumerate(points.items()):
        path = [(x_of(100 * a), y_of(100 * b)) for a, b in zip(u, v)]
        y = TOP + 14 + 20 * n
        out += [polyline(path, COLOURS[n], 1.4), *(dot(x, y_, COLOURS[n], 1.8) for x, y_ in path[1:]), dot(*path[0], COLOURS[n], 4, filled=False),
                line(LEFT + WIDTH + 16, y - 4, LEFT + WIDTH + 36, y - 4, COLOURS[n], 2.5), text(LEFT + WIDTH + 42, y, region)]
    u_mean, v_mean = sum(us) / len(us), sum(vs) / len(vs)
    reach = min((v_high - v_mean) / -slope, (v_mean - v_low) / -slope, u_mean - u_low, u_high - u_mean) if slope < 0 else 0.5
    out.append(line(x_of(u_mean - reach), y_of(v_mean - slope * reach), x_of(u_mean + reach), y_of(v_mean + slope * reach), "#222", 3, "7 5"))
    y = TOP + 14 + 20 * len(points)
    out += [line(LEFT + WIDTH + 16, y - 4, LEFT + WIDTH + 36, y - 4, "#222", 3, "7 5"), text(LEFT + WIDTH + 42, y, f"slope within regions {slope:.1f}"),
            dot(LEFT + WIDTH + 26, y + 16, "#666", 4, filled=False), text(LEFT + WIDTH + 42, y + 20, "January 2021")]
    write(target, LEFT + WIDTH + LEGEND + 20, TOP + HEIGHT + 46, out)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
