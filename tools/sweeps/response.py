#!/usr/bin/env python3
"""Draws an outcome of a merged sweep against one of its factors, one dot a point, as SVG with nothing but text.

Usage: response.py MERGED.h5 OUTCOME FACTOR PICTURE.svg, as in response.py places/merged.h5 technicians_at_work measure.M4.offer.places places.svg. A bar is the spread over replicates.
Needs xarray with h5netcdf or netCDF4.
"""
import os
import sys

import xarray

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from svg import COLOURS, dot, frame, line, text, write  # noqa: E402

LEFT, TOP, WIDTH, HEIGHT = 90, 50, 560, 320


def ticks(low, high, count=5):
    return [low + (high - low) * i / (count - 1) for i in range(count)]


def picture(source, outcome, factor, target):
    with xarray.open_dataset(source) as sweep:
        done = sweep.where(sweep.status == 0, drop=True)
        x, mean, low, high = done[factor], done[outcome].mean("replicate"), done[outcome].min("replicate"), done[outcome].max("replicate")
        ends_x, ends_y = (float(x.min()), float(x.max())), (float(low.min()), float(high.max()))
        wide, tall = ends_x[1] - ends_x[0] or 1.0, ends_y[1] - ends_y[0] or 1.0
        at_x = lambda v: LEFT + (float(v) - ends_x[0]) / wide * WIDTH
        at_y = lambda v: TOP + HEIGHT - (float(v) - ends_y[0]) / tall * HEIGHT
        out = [text(16, 24, f"{sweep[outcome].attrs['long_name']} by {factor}", 15, weight="bold"), text(16, 40, sweep.attrs["title"], 10, colour="#666"), frame(LEFT, TOP, WIDTH, HEIGHT)]
        for value in ticks(*ends_x):
            out.append(text(at_x(value), TOP + HEIGHT + 16, f"{value:.4g}", 10, "middle", "#666"))
        for value in ticks(*ends_y):
            out.append(text(LEFT - 6, at_y(value) + 4, f"{value:.6g}", 10, "end", "#666"))
        for p in range(done.sizes["point"]):
            out += [line(at_x(x[p]), at_y(low[p]), at_x(x[p]), at_y(high[p]), "#aac"), dot(at_x(x[p]), at_y(mean[p]), COLOURS[0])]
        out.append(text(LEFT + WIDTH / 2, TOP + HEIGHT + 34, f"{factor} ({sweep[factor].attrs['units']})", 11, "middle"))
    write(target, LEFT + WIDTH + 30, TOP + HEIGHT + 50, out)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    picture(*sys.argv[1:])
