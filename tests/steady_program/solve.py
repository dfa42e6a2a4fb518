"""Solves for the rates at which the stocks of January 2021 stay while demand stands still.

Two loops around instroom_steady. First the standards of employers by occupation (rows vacancy_standard of regions/data/search.csv, which it writes), so
that each occupation's vacancies keep their share; then four values of recovery (models/recovery.hpp, which it prints), so that the self-employed, the
inactive, the unemployed and open vacancies keep their level. Broyden's method, from the values that are shipped.
Usage: solve.py PROGRAM SCALE [ROUNDS]    (PROGRAM: instroom_steady; 1 minute at scale 0.5)
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
SEARCH = ROOT / "regions/data/search.csv"
NAMES = ["recovery.self_employment", "recovery.looking", "recovery.applications", "recovery.standard"]
LOGARITHMIC = np.array([True, True, True, False])
STOCKS = [("persons", "self_employed"), ("persons", "inactive"), ("persons", "unemployed"), ("vacancies", None)]
SECOND_YEAR = 0.35  # weight of the second year's drift, beside 1 of the first's


def still(program, scale, values=()):
    """The series of two years, summed over all but time and labour status or occupation."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "still.h5"
        subprocess.run([program, scale, str(file), *(f"{name}={value:.6g}" for name, value in values)], check=True)
        with xarray.open_dataset(file) as ds:
            return ds[["persons", "vacancies"]].mean("replicate").load()


def over_all_but(array, *kept):
    return array.sum([d for d in array.dims if d not in kept])


def occupations(program, scale, rounds):
    """Standards by occupation: lower where vacancies have grown more than all, in proportion to the logarithm."""
    header, *rows = csv.reader(SEARCH.read_text().splitlines())
    own = [row for row in rows if row[1] == "vacancy_standard"]
    standard = np.array([float(row[4]) for row in own])
    for number in range(rounds):
        v = over_all_but(still(program, scale)["vacancies"], "occupation", "time").transpose("occupation", "time").values
        later = (v[:, 12] + v[:, 24]) / 2
        gap = np.log(later / v[:, 0]) - np.log(later.sum() / v[:, 0].sum())
        print(f"occupations, round {number}: root mean square of the logarithm {np.sqrt((gap**2 * v[:, 0]).sum() / v[:, 0].sum()):.3f}", flush=True)
        standard -= 1.2 * np.clip(gap, -0.6, 0.6)
        standard -= (standard * v[:, 0]).sum() / v[:, 0].sum()  # what is common to all is recovery.standard
        for row, value in zip(own, standard):
            row[4:7] = [f"{value:.2f}", f"{value - 0.5:.2f}", f"{value + 0.5:.2f}"]
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([header, *rows])
        SEARCH.write_text(text.getvalue())


def shipped(name):
    group, key = name.split(".")
    line = next(line for line in (ROOT / f"models/{group}.hpp").read_text().splitlines() if line.strip().startswith(f"double {key} = "))
    return float(line.split("=")[1].split(";")[0])


def recovery(program, scale, rounds):
    values = np.array([shipped(name) for name in NAMES])
    x = np.where(LOGARITHMIC, np.log(np.abs(values)), values)
    jacobian = np.array([[0.16, 0, 0, 0], [-0.03, -0.16, 0.15, 0], [0, 0.35, -0.6, 0.1], [0, -0.1, -1.1, 0.55]])  # a start; corrected on the way
    before = None
    for number in range(rounds):
        values = np.where(LOGARITHMIC, np.exp(x), x)
        ds = still(program, scale, zip(NAMES, values))
        stocks = [over_all_but(ds[series].sel(labour_status=label) if label else ds[series], "time").values for series, label in STOCKS]
        drift = np.array([[v[12] / v[0] - 1, v[24] / v[12] - 1] for v in stocks])
        y = drift[:, 0] + SECOND_YEAR * drift[:, 1]
        print(f"recovery, round {number}:", *(f"{n}={v:.4g}" for n, v in zip(NAMES, values)), "| drift of two years, %:",
              *(f"{label or series} {100 * a:+.1f} {100 * b:+.1f}" for (series, label), (a, b) in zip(STOCKS, drift)), flush=True)
        if before is not None:
            dx, dy = x - before[0], y - before[1]
            jacobian += np.outer(dy - jacobian @ dx, dx) / (dx @ dx)
        before = x, y
        x = x + np.clip(-np.linalg.solve(jacobian, y), -0.25, 0.25)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    turns = int(sys.argv[3]) if len(sys.argv) == 4 else 6
    occupations(sys.argv[1], sys.argv[2], turns // 2)
    recovery(sys.argv[1], sys.argv[2], turns)
