"""Solves for the rates at which the stocks of January 2021 stay while demand stands still.

Loops around instroom_steady. First rows of tables in regions/data, which it writes: the standards of employers by occupation (search.csv,
vacancy_standard) and by region, so that the vacancies of each keep their share; factors on the applications of the unemployed by age and by region
(unemployed_search_factor) and on how readily the inactive begin to look by age (separations.csv, start_looking_factor), so that each age and region keeps
its share of them. Then four values of recovery (models/recovery.hpp, which it prints), so that the self-employed, the inactive,
the unemployed and open vacancies keep their level. Newton's steps with a matrix of differences, from the values that are shipped.
Usage: solve.py PROGRAM SCALE WORLDS [ROUNDS]    (PROGRAM: instroom_steady; two minutes at scale 1 and 2 worlds)
"""
import csv
import io
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import xarray

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEARCH, SEPARATIONS = ROOT / "regions/data/search.csv", ROOT / "regions/data/separations.csv"
NAMES = ["recovery.self_employment", "recovery.looking", "recovery.applications", "recovery.standard"]
LOGARITHMIC = np.array([True, True, True, False])
STOCKS = [("persons", "self_employed"), ("persons", "inactive"), ("persons", "unemployed"), ("vacancies", None)]
SECOND_YEAR = 0.8  # weight of the second year's drift, beside 1 of the first's
ASIDE = 0.08  # a step that moves the stocks by more than chance does
# The age groups of the series that an age of the table holds.
AGES = {"age=15-19": ["15-19"], "age=20-24": ["20-24"], "age=25-34": ["25-34"], "age=35-44": ["35-44"], "age=45-54": ["45-54"], "age=55-74": ["55-64", "65-74"]}


def still(program, size, values=()):
    """The series of two years, a mean of the worlds."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "still.h5"
        subprocess.run([program, *size, str(file), *(f"{name}={value:.6g}" for name, value in values)], check=True)
        with xarray.open_dataset(file) as ds:
            return ds[["persons", "vacancies"]].mean("replicate").load()


def over_all_but(array, *kept):
    return array.sum([d for d in array.dims if d not in kept])


def growth(stock):
    """Log of the mean of the ends of both years over the start, beside that of all, and the weights of the start; stock: part by time."""
    later = (stock[:, 12] + stock[:, 24]) / 2
    return np.log(later / stock[:, 0]) - np.log(later.sum() / stock[:, 0].sum()), stock[:, 0] / stock[:, 0].sum()


def spread(gap, weight):
    return np.sqrt((gap**2 * weight).sum())


class Table:
    """A table of the data folder, rows as lists of words."""

    def __init__(self, path):
        self.path = path
        self.header, *self.rows = csv.reader(path.read_text().splitlines())

    def of(self, variable, wanted=lambda row: True):
        return [row for row in self.rows if row[1] == variable and wanted(row)]

    def write(self):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.header, *self.rows])
        self.path.write_text(text.getvalue())


def scale_by(rows, gap, weight, power):
    """Factors of rows grow with the gap; their weighted mean (of logs) is 1, for what is common to all is a parameter."""
    log = np.log([float(row[4]) for row in rows]) + power * np.clip(gap, -0.4, 0.4)
    # Where few live, hardly any factor holds them: none beyond four times or a quarter.
    for row, value in zip(rows, np.clip(np.exp(log - (log * weight).sum()), 0.25, 4)):
        row[4:7] = [f"{value:.3f}", f"{0.6 * value:.3f}", f"{1.6 * value:.3f}"]


def shares(program, size, rounds):
    search, separations = Table(SEARCH), Table(SEPARATIONS)
    standards = search.of("vacancy_standard", lambda row: row[0] == "NL")
    standards_of_regions = search.of("vacancy_standard", lambda row: row[0] != "NL")
    ages = search.of("unemployed_search_factor", lambda row: row[0] == "NL")
    regions = search.of("unemployed_search_factor", lambda row: row[0] != "NL")
    looking = separations.of("start_looking_factor")
    for number in range(rounds):
        ds = still(program, size)
        print(f"shares, round {number}: spread of logs:", end="")
        in_region = over_all_but(ds["vacancies"], "region", "time")
        for rows, name, stock in [(standards, "vacancies by occupation", over_all_but(ds["vacancies"], "occupation", "time").transpose("occupation", "time").values),
                                  (standards_of_regions, "by region", np.array([in_region.sel(region=row[0]).values for row in standards_of_regions]))]:
            gap, weight = growth(stock)
            print(f" {name} {spread(gap, weight):.3f},", end="")
            # Lower where vacancies have grown more than all; what is common to all is recovery.standard.
            standard = np.array([float(row[4]) for row in rows]) - 1.2 * np.clip(gap, -0.6, 0.6)
            standard -= (standard * weight).sum()
            for row, value in zip(rows, standard):
                row[4:7] = [f"{value:.2f}", f"{value - 0.5:.2f}", f"{value + 0.5:.2f}"]

        def of_status(status, dimension, parts):
            stock = over_all_but(ds["persons"].sel(labour_status=status), dimension, "time")
            return np.array([stock.sel({dimension: part}).sum(dimension).values for part in parts])

        # About half of those who leave unemployment, and four in five of those who leave inactivity, go the way that the factor is on.
        for rows, name, power, stock in [(ages, "unemployed by age", 1.6, of_status("unemployed", "age_group", [AGES[row[2]] for row in ages])),
                                         (regions, "by region", 1.6, of_status("unemployed", "region", [[row[0]] for row in regions])),
                                         (looking, "inactive by age", 1.2, of_status("inactive", "age_group", [AGES[row[2]] for row in looking]))]:
            gap, weight = growth(stock)
            print(f" {name} {spread(gap, weight):.3f},", end="")
            scale_by(rows, gap, weight, power)
        print(flush=True)
        search.write()
        separations.write()


def shipped(name):
    group, key = name.split(".")
    line = next(line for line in (ROOT / f"models/{group}.hpp").read_text().splitlines() if line.strip().startswith(f"double {key} = "))
    return float(line.split("=")[1].split(";")[0])


def recovery(program, size, rounds):
    def drift_at(x):
        ds = still(program, size, zip(NAMES, np.where(LOGARITHMIC, np.exp(x), x)))
        stocks = [over_all_but(ds[series].sel(labour_status=label) if label else ds[series], "time").values for series, label in STOCKS]
        drift = np.array([[v[12] / v[0] - 1, v[24] / v[12] - 1] for v in stocks])
        return drift, drift[:, 0] + SECOND_YEAR * drift[:, 1]

    def say(number, x, drift):
        print(f"recovery, round {number}:", *(f"{n}={v:.4g}" for n, v in zip(NAMES, np.where(LOGARITHMIC, np.exp(x), x))), "| drift of two years, %:",
              *(f"{label or series} {100 * a:+.1f} {100 * b:+.1f}" for (series, label), (a, b) in zip(STOCKS, drift)), flush=True)

    values = np.array([shipped(name) for name in NAMES])
    x = np.where(LOGARITHMIC, np.log(np.abs(values)), values)
    drift, y = drift_at(x)
    say(0, x, drift)
    # One step aside of each value, the same chance: what is solved is close to linear, and a matrix that learns on the way (Broyden's) runs off at times.
    jacobian = np.array([(drift_at(x + ASIDE * unit)[1] - y) / ASIDE for unit in np.eye(len(NAMES))]).T
    for number in range(1, rounds):
        x = x + np.clip(-np.linalg.solve(jacobian, y), -0.3, 0.3)
        drift, y = drift_at(x)
        say(number, x, drift)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    turns = int(sys.argv[4]) if len(sys.argv) == 5 else 6
    shares(sys.argv[1], sys.argv[2:4], turns)
    recovery(sys.argv[1], sys.argv[2:4], turns)
