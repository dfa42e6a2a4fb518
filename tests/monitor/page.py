"""The page of `instroom report` and the page that opens files, in Debian's Chromium.

Usage: INSTROOM=path/to/instroom page.py [words for playwright test]. Needs nodejs, npm and chromium of tools/packages and the packages of
tools/monitor/package-lock.json (tools/monitor/check installs them).
Makes the files that the tests read: a run of ten years, a comparison, a sweep of 200 MB, and files that are damaged or not ours. What the page must show
is taken from them here, by h5py, so that neither of the page's own readers is believed.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

PROGRAM = os.environ["INSTROOM"]
MONITOR = Path(__file__).resolve().parents[2] / "tools" / "monitor"
TECHNICAL = 8  # the first eight occupations; the next two are ICT


def instroom(*words, cwd):
    subprocess.run([PROGRAM, *map(str, words)], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def labels(file, name):
    return [text.decode() for text in file[name][...]]


def figures_of_run(path):
    """Means of the last twelve months, as a reader of the file would take them."""
    with h5py.File(path) as f:
        agents = 1 / f.attrs["scale"]
        regions = labels(f, "region")
        last = slice(-12, None)

        def by_region(of):
            values = {name: of([r]) for r, name in enumerate(regions)}
            return {name: float(np.mean(value)) for name, value in {**values, "": of(list(range(len(regions))))}.items()}

        employed, persons, students = f["employed"][:, last], f["persons"][:, last], f["working_students"][:, last]
        status = labels(f, "labour_status")
        track, field = labels(f, "track"), labels(f, "field")
        diplomas = f["diplomas"][:, last]
        tracks = [track.index(t) for t in ("mbo_bol", "mbo_bbl", "hbo", "wo")]
        fields = [field.index(t) for t in ("technical", "ict")]

        def of_status(regions, *names):
            return persons[:, :, regions][:, :, :, [status.index(n) for n in names]].sum(axis=(2, 3, 4, 5)).astype(float)

        def unemployment(regions):
            out = of_status(regions, "unemployed").mean(axis=1)
            force = (of_status(regions, "unemployed", "employed", "self_employed") + students[:, :, regions].sum(axis=(2, 3))).mean(axis=1)
            return out / force

        def vacancies(regions):
            return f["vacancies"][:, last][:, :, regions].sum(axis=(2, 3)).mean(axis=1) / of_status(regions, "unemployed").mean(axis=1)

        run = {
            "technicians_at_work": by_region(lambda r: agents * employed[:, :, r, :TECHNICAL].sum(axis=(2, 3, 4)).mean(axis=1)),
            "technical_diplomas": by_region(lambda r: 12 * agents * diplomas[:, :, r][:, :, :, tracks][:, :, :, :, fields].sum(axis=(2, 3, 4, 5)).mean(axis=1)),
            "unemployment_rate": by_region(unemployment),
            "tightness": by_region(vacancies),
        }
        pathways = labels(f, "pathway")
        moves = agents * f["technical_flow"][:, last].sum(axis=(1, 2, 3)).mean(axis=0)  # replicates, months, regions and both groups
        flows = {p: float(m) for p, m in zip(pathways, moves) if m > 0 and not p.endswith("_group")}
        return run, flows, len(f["parameters/parameter"])


def paired_technicians(base, other):
    """Mean of the two pairs' differences in the last year, and its 95 % interval (Student's t with one degree of freedom)."""
    at_work = []
    for path in (base, other):
        with h5py.File(path) as f:
            at_work.append(f["employed"][:, -12:, :, :TECHNICAL].sum(axis=(2, 3, 4)).mean(axis=1) / f.attrs["scale"])
    difference = at_work[1] - at_work[0]
    half = 12.706 * difference.std(ddof=1) / np.sqrt(len(difference))
    return [float(difference.mean()), float(difference.mean() - half), float(difference.mean() + half)]


def figures_of_comparison(path):
    with h5py.File(path) as f:
        subjects, names = labels(f, "outcome_subject"), labels(f, "outcome_name")
        core = [o for o, subject in enumerate(subjects) if subject == "indicator"]
        return {
            arm: {names[o]: [float(f[table][a, 0, o]) for table in ("difference", "mean_low", "mean_high")] for o in core}
            for a, arm in enumerate(labels(f, "arm"))
        }


def write_sweep(path):
    """A merged sweep as experiments/exploration/sweep_merge.cpp lays it out, with one series that makes it 200 MB."""
    points, replicates, rng = 4000, 2, np.random.default_rng(1)
    with h5py.File(path, "w") as f:
        f.attrs.update({"title": "Instroom sweep: test", "source": "Instroom test", "sweep_text": "x", "scale": 0.1, "design": "sobol"})

        def scale(name, values):
            f[name] = values
            f[name].make_scale(name)

        def variable(name, values, *dimensions):
            f[name] = values
            f[name].attrs.update({"long_name": name, "units": "1"})
            for axis, dimension in enumerate(dimensions):
                f[name].dims[axis].attach_scale(f[dimension])

        for name, length in (("point", points), ("replicate", replicates), ("time", 121), ("region", 7), ("group", 8)):
            scale(name, np.arange(length, dtype="i4"))
        factor = rng.random(points)
        variable("demand.adjustment", factor, "point")
        variable("status", np.zeros(points, "i4"), "point")
        variable("technicians_at_work", 300000 + 1000 * factor[:, None] + rng.normal(size=(points, replicates)), "point", "replicate")
        variable("vacancies", rng.integers(0, 2**30, (points, replicates, 121, 7, 8), dtype="i4"), "point", "replicate", "time", "region", "group")
    assert path.stat().st_size > 200e6


def write_files(folder):
    (folder / "campaign.toml").write_text('name = "campaign"\nwith = ["M8-large"]\n')
    (folder / "plan.toml").write_text('name = "without the plan"\nwithout = ["plan"]\n')
    instroom("run", "--scale", "0.01", "--replicates", "2", "--quiet", "-o", "run.h5", cwd=folder)
    instroom("run", "plan.toml", "--scale", "0.01", "--replicates", "2", "--quiet", "-o", "other.h5", cwd=folder)
    instroom("compare", "baseline", "campaign.toml", "plan.toml", "--scale", "0.01", "--replicates", "2", "--until", "2027-06", "--quiet", "-o", "effect.h5", cwd=folder)
    instroom("report", "run.h5", "effect.h5", "--quiet", "-o", "report.html", cwd=folder)
    (folder / "text.h5").write_text("no HDF5\n")
    (folder / "cut.h5").write_bytes((folder / "run.h5").read_bytes()[:300000])
    with h5py.File(folder / "foreign.h5", "w") as f:
        f["x"] = [1, 2, 3]
    with h5py.File(folder / "appraisal.h5", "w") as f:
        f.attrs["source"] = "Instroom 9.9.9 (git later)"
        f["measure"] = np.array(["M1", "M2"], dtype=h5py.string_dtype())
        f["measure"].make_scale("measure")
        f["net_benefit"] = [12.5, -3.0]
        f["net_benefit"].dims[0].attach_scale(f["measure"])
    write_sweep(folder / "sweep.h5")
    run, flows, parameters = figures_of_run(folder / "run.h5")
    pair = paired_technicians(folder / "run.h5", folder / "other.h5")
    expected = {"pair": pair, "run": run, "flows": flows, "parameters": parameters, "comparison": figures_of_comparison(folder / "effect.h5")}
    (folder / "expected.json").write_text(json.dumps(expected))


def main():
    if not (MONITOR / "node_modules" / "@playwright").is_dir():
        sys.exit("tools/monitor/node_modules is not there; tools/monitor/check installs it")
    folder = Path(tempfile.mkdtemp(prefix="instroom-monitor-"))
    try:
        write_files(folder)
        done = subprocess.run(["npx", "--no-install", "playwright", "test", *sys.argv[1:]], cwd=MONITOR, env={**os.environ, "MONITOR_FILES": str(folder)})
        return done.returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
