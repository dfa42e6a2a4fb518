#!/usr/bin/env python3
"""Sets a baseline run beside published figures, for the nation and by region, 2021 to 2023; prints two tables (Markdown) and the slope of the Beveridge curve.

Usage: baseline.py RUN.h5 [--bands] [--record], of a run of the baseline from January 2021 to December 2023 or later. Needs Debian's python3-xarray.

The figures are rows of baseline.csv. Each has a band, low to high, that says how far the simulated figure may lie from the published one: the value plus and minus
twice the root of the squares of `sampling_error` (of the source) and `definition_error` (what is counted, and the regions against the nation), both standard
deviations; where the source gives a range and no error, that range. `errors` says where they come from; no band was set by looking at a run. `recorded` is met or
missed, as of the last --record of a run with the options RUN; a test holds such a run to it. Rows without a value have no published figure and no verdict.
"""
import argparse
import csv
import re
import sys
from pathlib import Path

import numpy as np
import xarray

from facts import NATION, first_month

RUN = ["--scale", "0.1", "--until", "2023-12", "--replicates", "4"]  # on record in the table; the mean of four keeps chance of small regions down
TABLE = Path(__file__).resolve().parent / "baseline.csv"
TECHNICAL, ICT = slice(0, 8), slice(8, 10)
AT_WORK = ["employed", "self_employed"]
OUTSIDE_EMPLOYERS = "internal"  # origin of hires and cause of separations that stay within an employer


class Simulated:
    """What the rows ask of a run: means of replicates, of one region or of all (`NL`), in persons; numbers of the nation go by the regions' share of inhabitants."""

    def __init__(self, ds):
        self.ds, self.times = ds.mean("replicate"), ds.time.values
        if not (self.times[0] <= np.datetime64("2021-01-01") and self.times[-1] >= np.datetime64("2024-01-01")):
            sys.exit("baseline.py: the file must hold 2021-01 to 2023-12 (instroom run --until 2023-12)")
        self.persons_an_agent = 1 / float(ds.attrs["scale"])
        self.nation = NATION / self.series("persons", "NL")[0]

    def series(self, name, region, **labels):
        """Over time, in persons; occupations may be a slice of their order."""
        values = self.ds[name].sel(region=region) if region != "NL" else self.ds[name].sum("region")
        for dimension, label in labels.items():
            values = values.isel({dimension: label}) if isinstance(label, slice) else values.sel({dimension: label})
        return values.sum([d for d in values.dims if d != "time"]).values * self.persons_an_agent

    def stock(self, year, *series):
        """Mean over the first days of the year's months."""
        t = first_month(self.times, year, 1)
        return float(sum(series)[t:t + 12].mean())

    def flow(self, year, *series):
        """Sum over the year's months."""
        t = first_month(self.times, year, 1)
        return float(sum(series)[t + 1:t + 13].sum())

    def quarter_ends(self, year, *series):
        t = first_month(self.times, year, 1)
        return float(sum(series)[t + 3:t + 13:3].mean())

    def at_work(self, region):
        """With students who have a side job, as the labour-force survey counts."""
        return self.series("persons", region, labour_status=AT_WORK) + self.series("working_students", region)

    def unemployed(self, region):
        return self.series("persons", region, labour_status="unemployed")

    def jobs(self, region, year):
        return self.stock(year, self.series("jobs", region))

    def begun(self, region, origins):
        return self.series("hires", region, origin=origins)

    def moved(self, region, year, from_status, to_status):
        """Share of those of a status who have another three months later; who has left the regions is not asked."""
        of = dict(from_status=from_status)
        asked = self.flow(year, self.series("status_3m", region, **of)) - self.flow(year, self.series("status_3m", region, to_status="outside", **of))
        return self.flow(year, self.series("status_3m", region, to_status=to_status, **of)) / asked

    def vmbo(self, region, year):
        """Share of third-years in December, which the school year keeps; of all regions weighted with pupils."""
        t = first_month(self.times, year, 12)
        regions = [region] if region != "NL" else list(self.ds.region.values)
        pupils = np.array([self.series("students", r, track="vmbo")[t] for r in regions])
        return float((pupils * self.ds.vmbo_technical_share.sel(region=regions).values[t]).sum() / pupils.sum())

    def mbo_students(self, year, fields, tracks=("mbo_bol", "mbo_bbl")):
        """On 1 October."""
        return float(self.series("students", "NL", track=list(tracks), field=np.atleast_1d(fields))[first_month(self.times, year, 10)])

    def bbl(self, year, fields):
        return self.mbo_students(year, fields, ["mbo_bbl"]) / self.mbo_students(year, fields)

    def diplomas(self, years, tracks, fields=("technical", "ict", "other")):
        """Mean a year, of the nation."""
        series = self.series("diplomas", "NL", track=tracks, field=list(fields))
        return self.nation * float(np.mean([self.flow(y, series) for y in years]))

    def side_entries(self, year, group):
        """From other occupations, with a course and without."""
        return self.nation * self.flow(year, self.series("technical_flow", "NL", group=group, pathway=["in_other_work", "in_side_entry_course"]))


ALL_FIELDS = ["technical", "ict", "other"]
MBO, HIGHER = ["mbo_bol", "mbo_bbl"], ["hbo", "wo"]


def others(labels):
    return [x for x in labels if x != OUTSIDE_EMPLOYERS]


# Of each measure: its name in the table, and the simulated counterpart in a region and in the years of the row.
MEASURES = {
    "unemployment_rate": ("unemployment rate", lambda s, r, y: s.stock(y[0], s.unemployed(r)) / s.stock(y[0], s.unemployed(r), s.at_work(r))),
    "vacancies_per_100_jobs": ("vacancies per 100 jobs", lambda s, r, y: 100 * s.quarter_ends(y[0], s.series("vacancies", r)) / s.jobs(r, y[0])),
    "tightness": ("vacancies an unemployed person", lambda s, r, y: s.quarter_ends(y[0], s.series("vacancies", r)) / s.stock(y[0], s.unemployed(r))),
    "technical_share_of_workers": ("technical share of workers", lambda s, r, y: s.stock(y[0], s.series("employed", r, occupation=TECHNICAL)) / s.stock(y[0], s.at_work(r))),
    "ict_share_of_workers": ("ICT share of workers", lambda s, r, y: s.stock(y[0], s.series("employed", r, occupation=ICT)) / s.stock(y[0], s.at_work(r))),
    "technical_and_ict_share_of_workers": ("technical and ICT share of workers", lambda s, r, y: s.stock(y[0], s.series("employed", r, occupation=slice(0, 10))) / s.stock(y[0], s.at_work(r))),
    "technical_share_of_jobs": ("technical share of jobs", lambda s, r, y: s.stock(y[0], s.series("jobs_by_occupation", r, occupation=TECHNICAL)) / s.jobs(r, y[0])),
    "ict_share_of_jobs": ("ICT share of jobs", lambda s, r, y: s.stock(y[0], s.series("jobs_by_occupation", r, occupation=ICT)) / s.jobs(r, y[0])),
    "bbl_share_of_mbo": ("BBL share of mbo students", lambda s, r, y: s.bbl(y[0], ALL_FIELDS)),
    "bbl_share_of_technical_mbo": ("BBL share, technology", lambda s, r, y: s.bbl(y[0], "technical")),
    "bbl_share_of_ict_mbo": ("BBL share, ICT", lambda s, r, y: s.bbl(y[0], "ict")),
    "bbl_share_of_technical_intake": ("BBL share of intake, technology", lambda s, r, y: s.flow(y[0], s.series("intake", r, track="mbo_bbl", field="technical")) / s.flow(y[0], s.series("intake", r, track=MBO, field="technical"))),
    "vmbo_technical_share": ("vmbo third-years, technical profile", lambda s, r, y: float(np.mean([s.vmbo(r, x) for x in y]))),
    "job_to_job_hires": ("hires from another job", lambda s, r, y: 100 * s.flow(y[0], s.begun(r, "job")) / 12 / s.jobs(r, y[0])),
    "vacancies_ended": ("vacancies filled or lapsed", lambda s, r, y: 100 * s.flow(y[0], s.series("vacancies_filled", r), s.series("vacancies_lapsed", r)) / 12 / s.jobs(r, y[0])),
    "unemployed_to_work": ("hires of the unemployed (unemployed to work)", lambda s, r, y: s.moved(r, y[0], "unemployed", AT_WORK)),
    "work_to_unemployed": ("separations to unemployment (work to unemployed)", lambda s, r, y: s.moved(r, y[0], AT_WORK, "unemployed")),
    "hires": ("all hires", lambda s, r, y: 100 * s.flow(y[0], s.begun(r, others(s.ds.origin.values))) / 12 / s.jobs(r, y[0])),
    "separations": ("all separations", lambda s, r, y: 100 * s.flow(y[0], s.series("separations", r, cause=others(s.ds.cause.values))) / 12 / s.jobs(r, y[0])),
    "retirements": ("retirements of employees", lambda s, r, y: 100 * s.flow(y[0], s.series("separations", r, cause="retirement")) / s.jobs(r, y[0])),
    "retirements_per_employee_55_plus": ("retirements per employee of 55 and over", lambda s, r, y: s.flow(y[0], s.series("separations", r, cause="retirement")) / s.stock(y[0], s.series("persons", r, labour_status="employed", age_group=["55-64", "65-74", "75+"]))),
    "mbo_diplomas": ("mbo diplomas", lambda s, r, y: s.diplomas(y, MBO)),
    "technical_share_of_mbo_diplomas": ("technical and ICT share of mbo diplomas", lambda s, r, y: s.diplomas(y, MBO, ["technical", "ict"]) / s.diplomas(y, MBO)),
    "technical_share_of_mbo_students": ("technical and ICT share of mbo students", lambda s, r, y: s.mbo_students(y[0], ["technical", "ict"]) / s.mbo_students(y[0], ALL_FIELDS)),
    "hbo_diplomas": ("hbo diplomas", lambda s, r, y: s.diplomas(y, "hbo")),
    "wo_diplomas": ("university diplomas", lambda s, r, y: s.diplomas(y, "wo")),
    "technical_share_of_higher_diplomas": ("technical and ICT share of hbo and university diplomas", lambda s, r, y: s.diplomas(y, HIGHER, ["technical", "ict"]) / s.diplomas(y, HIGHER)),
    "technical_side_entries": ("side entries into technology, from other occupations", lambda s, r, y: s.side_entries(y[0], "technical")),
    "ict_side_entries": ("side entries into ICT, from other occupations", lambda s, r, y: s.side_entries(y[0], "ict")),
}


def rows(table=TABLE):
    with open(table, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def years_of(period):
    """Calendar years of 2022, 2021-2023 and 2022/23 (the school year that begins then)."""
    if "/" in period:
        return [int(period[:4])]
    first, _, last = period.partition("-")
    return list(range(int(first), int(last or first) + 1))


def figure_of(simulated, row):
    return MEASURES[row["measure"]][1](simulated, row["region"], years_of(row["period"]))


def verdict_of(row, figure):
    """met, missed, or nothing where there is no published figure."""
    if not row["value"]:
        return ""
    return "met" if float(row["low"]) <= figure <= float(row["high"]) else "missed"


def beveridge_slope(ds):
    """Vacancies per job against the unemployment rate over regions and months of 2021 to 2023, each region about its own mean: (slope, points by region)."""
    simulated = Simulated(ds)
    last = first_month(simulated.times, 2024, 1)
    points = {}
    for region in ds.region.values:
        unemployed, work = simulated.unemployed(region)[:last], simulated.at_work(region)[:last]
        points[str(region)] = (unemployed / (unemployed + work), simulated.series("vacancies", region)[:last] / simulated.series("jobs", region)[:last])
    x = np.concatenate([u - u.mean() for u, _ in points.values()])
    y = np.concatenate([v - v.mean() for _, v in points.values()])
    return float((x * y).sum() / (x * x).sum()), points


PERCENT = ("share", "share a year", "three months apart")


def shown(value, unit):
    """A figure without its unit."""
    if value in (None, ""):
        return "-"
    value = float(value)
    if "nation" in unit:
        return f"{value:,.0f}".replace(",", " ")
    return f"{100 * value:.1f}" if unit in PERCENT else f"{value:.2f}"


def name_of(row):
    """Of the measure, with its unit."""
    name, unit = MEASURES[row["measure"]][0], row["unit"]
    unit = {"share": "%", "share a year": "% a year", "three months apart": "% three months apart"}.get(unit, unit)
    return name if unit in name or "unemployed person" in unit else f"{name}, {unit}"


def source_of(row):
    if row["status"] in ("assumed", "no figure"):
        return row["status"]
    source = re.sub(r"Derived: |Derived from |StatLine |\([^()]*\)", "", row["source"])
    source = re.split(";| via | with | in this file|, M/V|, tightness", source)[0]
    return f"{row['status']}: {re.sub(' +', ' ', source).strip(' ,')}"


def miss(verdict, text):
    return f"**{text}**" if verdict == "missed" else text


def print_nation(judged):
    """One line a measure, with all its periods."""
    print("| all regions against the nation | period | published | simulated | source |\n|---|---|---|---|---|")
    for measure in dict.fromkeys(row["measure"] for row, _, _ in judged if row["region"] == "NL"):
        of = [j for j in judged if j[0]["measure"] == measure and j[0]["region"] == "NL"]
        periods, published, simulated = (", ".join(x) for x in zip(*((row["period"], shown(row["value"], row["unit"]), miss(verdict, shown(figure, row["unit"]))) for row, figure, verdict in of)))
        print(f"| {name_of(of[0][0])} | {periods} | {published} | {simulated} | {', '.join(dict.fromkeys(source_of(row) for row, _, _ in of))} |")
    print()


def print_regions(judged):
    """One line a measure and period, one column a region: published, then simulated."""
    of = {(row["measure"], row["period"], row["region"]): (row, figure, verdict) for row, figure, verdict in judged if row["region"] != "NL"}
    regions = list(dict.fromkeys(region for _, _, region in of))
    print(f"| by region: published, simulated | period | {' | '.join(regions)} |\n|---|---|{'---|' * len(regions)}")
    for measure, period in dict.fromkeys((m, p) for m, p, _ in of):
        cells = []
        for region in regions:
            row, figure, verdict = of.get((measure, period, region), (None, None, ""))
            cells.append(f"{shown(row['value'], row['unit'])}, {miss(verdict, shown(figure, row['unit']))}" if row else "-")
        first = next(row for (m, p, _), (row, _, _) in of.items() if (m, p) == (measure, period))
        print(f"| {name_of(first)} | {period} | {' | '.join(cells)} |")
    print()


def print_bands(judged):
    """Every row with its band and what its errors rest on."""
    print("| figure | region | period | published | band | simulated | | what the errors rest on | source |\n|---|---|---|---|---|---|---|---|---|")
    for row, figure, verdict in judged:
        unit = row["unit"]
        band = f"{shown(row['low'], unit)} to {shown(row['high'], unit)}" if row["value"] else "-"
        region = "all" if row["region"] == "NL" else row["region"]
        print(f"| {name_of(row)} | {region} | {row['period']} | {shown(row['value'], unit)} | {band} | {shown(figure, unit)} | {miss(verdict, verdict or '-')} | {row['errors']} | {source_of(row)} |")
    print()


def count_met(judged):
    verdicts = [verdict for _, _, verdict in judged if verdict]
    return f"{verdicts.count('met')} of {len(verdicts)} met"


def main(words):
    parser = argparse.ArgumentParser(prog="baseline.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="RUN.h5")
    parser.add_argument("--bands", action="store_true", help="print every row with its band instead")
    parser.add_argument("--record", action="store_true", help="write the verdicts into baseline.csv")
    given = parser.parse_args(words)
    with xarray.open_dataset(given.file) as ds:
        simulated = Simulated(ds)
        judged = [(row, figure, verdict_of(row, figure)) for row in rows() for figure in [figure_of(simulated, row)]]
        slope, _ = beveridge_slope(ds)
    for print_table in [print_bands] if given.bands else [print_nation, print_regions]:
        print_table(judged)
    print(f"Bold: outside the band. {count_met(judged)}.")
    print(f"Beveridge curve: {slope:+.2f} vacancies per job for one unemployed of the labour force, within regions.")
    if given.record:
        with open(TABLE, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(judged[0][0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(row | {"recorded": verdict} for row, _, verdict in judged)


if __name__ == "__main__":
    main(sys.argv[1:])
