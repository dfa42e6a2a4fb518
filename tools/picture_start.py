#!/usr/bin/env python3
"""Draws the picture of the start of README.md: every flow through months 1 to 24, and stocks, while demand stands still; prints its table (Markdown).

Usage: picture_start.py STEADY.h5 PICTURE.svg, of a file that instroom_steady has written. Needs Debian's python3-xarray. Demanded: a flow of the second year within
2 % of the first (retirements: of 1 000 people who reach the state pension age that year), a stock within 1 % a year.
"""
import sys

import xarray

from svg import dot, frame, line, polyline, text, write

WORK = ["employed", "self_employed"]
# Cohorts differ in size whatever the start is like: these flows are those of 1 000 people who reach the state pension age.
PER_COHORT = "per 1 000"
# Title, and the series with the labels that it sums.
FLOWS = [
    ("hires", "hires", {}),
    ("separations", "separations", {}),
    ("hires from another job", "hires", {"origin": "job"}),
    (f"retirements from a job {PER_COHORT}", "separations", {"cause": "retirement"}),
    ("vacancies opened", "vacancies_opened", {}),
    ("vacancies filled", "vacancies_filled", {}),
    ("vacancies lapsed", "vacancies_lapsed", {}),
    ("work to unemployed", "status_flow", {"from_status": WORK, "to_status": "unemployed"}),
    ("unemployed to work", "status_flow", {"from_status": "unemployed", "to_status": WORK}),
    ("unemployed to inactive", "status_flow", {"from_status": "unemployed", "to_status": "inactive"}),
    ("inactive to unemployed", "status_flow", {"from_status": "inactive", "to_status": "unemployed"}),
    ("work to inactive", "status_flow", {"from_status": WORK, "to_status": "inactive"}),
    ("inactive to work", "status_flow", {"from_status": "inactive", "to_status": WORK}),
    (f"work to retired {PER_COHORT}", "status_flow", {"from_status": WORK, "to_status": "retired"}),
    ("employee to self-employed", "status_flow", {"from_status": "employed", "to_status": "self_employed"}),
    ("self-employed to employee", "status_flow", {"from_status": "self_employed", "to_status": "employed"}),
]
STOCKS = [
    ("employees", "persons", {"labour_status": "employed"}),
    ("self-employed", "persons", {"labour_status": "self_employed"}),
    ("jobs", "jobs", {}),
    ("open vacancies", "vacancies", {}),
    ("unemployed", "persons", {"labour_status": "unemployed"}),
    ("inactive", "persons", {"labour_status": "inactive"}),
    ("retired", "persons", {"labour_status": "retired"}),
    ("students", "persons", {"labour_status": "student"}),
]
WIDTH, HEIGHT, COLUMNS, GAP, TOP = 200, 92, 4, 40, 72


def series(ds, name, labels):
    values = ds[name].mean("replicate").sel(labels)
    return values.sum([d for d in values.dims if d != "time"]).values / float(ds.attrs["scale"])


def cohorts(ds):
    """Thousands who reach the state pension age in a year, by month of the run."""
    first, second = (float(ds.attrs[f"reach_pension_age_{year}_year"]) / float(ds.attrs["scale"]) / 1000 for year in ("first", "second"))
    return [first] * 13 + [second] * 12


def changes(flows, stocks):
    """Of each flow the second year over the first; of each stock the change of either year."""
    return {name: (v[13:25].sum() / v[1:13].sum() - 1,) for name, v in flows.items()} | {name: (v[12] / v[0] - 1, v[24] / v[12] - 1) for name, v in stocks.items()}


def print_table(flows, stocks, change):
    number = lambda x: f"{x:,.0f}".replace(",", " ")
    mark = lambda x, limit: f"{100 * x:+.1f} %" if abs(x) <= limit else f"**{100 * x:+.1f} %**"
    print("| flow | first year | second year | change (2 %) |\n|---|---|---|---|")
    for name, v in flows.items():
        print(f"| {name} | {number(v[1:13].sum())} | {number(v[13:25].sum())} | {mark(change[name][0], 0.02)} |")
    print("\n| stock | start | first year (1 %) | second year (1 %) |\n|---|---|---|---|")
    for name, v in stocks.items():
        print(f"| {name} | {number(v[0])} | {mark(change[name][0], 0.01)} | {mark(change[name][1], 0.01)} |")


def panel(left, top, name, values, limit, verdicts):
    """Values over the mean of the first year (flows) or the start (stocks), with the band that is demanded of the second year."""
    missed = any(abs(c) > limit for c in verdicts)
    reach = max(1.15 * max(abs(v - 1) for _, v in values), 3 * limit)
    x_of, y_of = (lambda month: left + WIDTH * month / 24), (lambda v: top + HEIGHT * (1 - (v - 1 + reach) / (2 * reach)))
    colour = "#c2571a" if missed else "#1f5fa8"
    return [f'<rect x="{left}" y="{y_of(1 + limit):.1f}" width="{WIDTH}" height="{y_of(1 - limit) - y_of(1 + limit):.1f}" fill="#dfe9f3"/>', frame(left, top, WIDTH, HEIGHT),
            line(x_of(12), top, x_of(12), top + HEIGHT), text(left, top - 5, name, 10, weight="bold"),
            text(left + WIDTH, top - 5, ", ".join(f"{100 * c:+.1f} %" for c in verdicts), 10, "end", colour),
            *(text(left - 4, y_of(1 + side * reach) + (9 if side > 0 else 0), f"{100 * (1 + side * reach):.0f}", 9, "end", "#666") for side in (1, -1)),
            *(text(x_of(m), top + HEIGHT + 11, str(m), 9, "middle", "#666") for m in (0, 12, 24)),
            polyline([(x_of(m), y_of(v)) for m, v in values], colour), *(dot(x_of(m), y_of(v), colour, 1.6) for m, v in values)]


def main(source, target):
    with xarray.open_dataset(source) as ds:
        flows = {name: series(ds, variable, labels) / (cohorts(ds) if PER_COHORT in name else 1) for name, variable, labels in FLOWS}
        stocks = {name: series(ds, variable, labels) for name, variable, labels in STOCKS}
        origin, scale = ds.attrs["source"], float(ds.attrs["scale"])
    change = changes(flows, stocks)
    print_table(flows, stocks, change)
    out = [text(GAP, 22, "The start while demand stands still: months 1 to 24", 15, weight="bold"),
           text(GAP, 38, "Flows: mean of the first year = 100, and the second year over it. Stocks: start = 100, and the change of either year. Shaded: what is demanded; orange: missed.", 10, colour="#666"),
           text(GAP, 52, f"{origin}, {scale:g} agents a person", 10, colour="#666")]
    step = HEIGHT + 36
    for n, (name, v) in enumerate([*flows.items(), *stocks.items()]):
        is_flow = n < len(flows)
        first = v[1:13].mean() if is_flow else v[0]
        values = [(m, v[m] / first) for m in range(1 if is_flow else 0, 25)]
        place = (GAP + (n % COLUMNS) * (WIDTH + GAP), TOP + 12 + (n // COLUMNS) * step + (0 if is_flow else 14))
        out += panel(*place, name, values, 0.02 if is_flow else 0.01, change[name])
    rows = -(-(len(flows) + len(stocks)) // COLUMNS)
    write(target, GAP + COLUMNS * (WIDTH + GAP), TOP + rows * step + 30, out)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
