#!/usr/bin/env python3
"""Draws the picture of README.md from a file of a run, as SVG with nothing but text.

Usage: picture.py RUN.h5 PICTURE.svg. Needs Debian's python3-h5py. One panel a region: technicians, ICT workers and their vacancies, first month = 100.
"""
import datetime
import sys

import h5py

from svg import frame, line, polyline, text, write

WIDTH, HEIGHT, COLUMNS, GAP, TOP = 240, 150, 4, 24, 62
LINES = [("technicians at work", "#1f5fa8", slice(0, 8), "employed"), ("ICT workers at work", "#c2571a", slice(8, 10), "employed"), ("vacancies of both (right axis)", "#7a7a7a", slice(0, 10), "vacancies")]


def scale_of(values):
    low, high = min(v.min() for v in values), max(v.max() for v in values)
    margin = max(2.0, 0.08 * (high - low))
    return low - margin, high + margin


def main(source, target):
    with h5py.File(source) as f:
        regions = [r.decode() if isinstance(r, bytes) else r for r in f["region"][...]]
        start = datetime.date(2020, 1, 1)
        dates = [start + datetime.timedelta(days=int(d)) for d in f["time"][...]]
        index = {}
        for name, _, which, series in LINES:
            values = f[series][...].astype(float)
            values = values.sum(axis=-1) if series == "employed" else values
            total = values[..., which].sum(axis=-1).mean(axis=0)  # time, region
            index[name] = 100 * total / total[0]
        scale = float(f.attrs["scale"])
        origin = f.attrs["source"]
        origin = origin.decode() if isinstance(origin, bytes) else origin

    stocks = scale_of([index[LINES[0][0]], index[LINES[1][0]]])
    open_jobs = scale_of([index[LINES[2][0]]])
    rows = -(-len(regions) // COLUMNS)
    whole_width, whole_height = COLUMNS * (WIDTH + GAP) + GAP + 20, TOP + rows * (HEIGHT + 46) + 6
    out = [text(GAP, 22, f"Technicians, ICT workers and their vacancies, {dates[0]:%B %Y} = 100", 15, weight="bold"),
           text(whole_width - GAP, 22, f"{origin}, {scale:g} agents a person", 10, "end", "#666")]
    x = GAP
    for name, colour, _, _ in LINES:
        out += [line(x, 40, x + 22, 40, colour, 2.5), text(x + 28, 44, name)]
        x += 60 + 7 * len(name)
    for r, region in enumerate(regions):
        left, top = GAP + 12 + (r % COLUMNS) * (WIDTH + GAP), TOP + (r // COLUMNS) * (HEIGHT + 46) + 16
        inner = WIDTH - 46
        out += [text(left, top - 5, region, 12, weight="bold"), frame(left, top, inner, HEIGHT)]
        for share in (0, 0.5, 1):
            y = top + HEIGHT * (1 - share)
            out.append(text(left - 3, y + 4, f"{stocks[0] + share * (stocks[1] - stocks[0]):.0f}", 9, "end", "#1f5fa8"))
            out.append(text(left + inner + 3, y + 4, f"{open_jobs[0] + share * (open_jobs[1] - open_jobs[0]):.0f}", 9, "start", "#7a7a7a"))
        for t, date in enumerate(dates):
            if date.month == 1 and date.year % 3 == 0:
                out.append(text(left + inner * t / (len(dates) - 1), top + HEIGHT + 12, str(date.year), 9, "middle", "#666"))
        for name, colour, _, series in LINES:
            low, high = stocks if series == "employed" else open_jobs
            out.append(polyline([(left + inner * t / (len(dates) - 1), top + HEIGHT * (1 - (v - low) / (high - low))) for t, v in enumerate(index[name][:, r])], colour))
    write(target, whole_width, whole_height, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
