"""Where users work: the scripts of tools/sweeps, and a long table of a run."""
import csv
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import xarray

from program import PROGRAM, WithFolder, instroom, main


class SweepUsers(WithFolder):
    TOOLS = Path(__file__).resolve().parents[2] / "tools" / "sweeps"
    SWEEP = """
scenario = "small.toml"
until = "2021-12"
scale = 0.01
replicates = 2
outcomes = ["technicians_at_work", "tightness"]
[design]
kind = "saltelli"
points = 4
[factors]
measure.M2.start = {low = "2021-01", high = "2021-11"}
measure.M4.offer.places = {low = 100, high = 900, distribution = "normal(300, 200)"}
parameters.demand.adjustment = {low = 0.05, high = 0.3, group = "market"}
parameters.search.mobility = {low = 0.5, high = 2, group = "market"}
"""

    def setUp(self):
        super().setUp()
        (self.folder / "small.toml").write_text('regions = ["IJmond"]\n')
        (self.folder / "s.toml").write_text(self.SWEEP)
        instroom("sweep", "plan", "s.toml", "--unmeasured", "--quiet", cwd=self.folder)

    def run_sweep(self):
        instroom("sweep", "run", "s", "--quiet", cwd=self.folder)
        instroom("sweep", "merge", "s", "--quiet", cwd=self.folder)

    def script(self, *words):
        done = subprocess.run([str(w) for w in words], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_pictures_in_python_and_r(self):
        self.run_sweep()
        self.script("/usr/bin/python3", self.TOOLS / "response.py", "s/merged.h5", "tightness", "measure.M4.offer.places", "p.svg")
        picture = (self.folder / "p.svg").read_text()
        self.assertEqual(picture.count("<circle"), 4 * 5)
        self.assertIn("tightness (all occupations) by measure.M4.offer.places", picture)
        said = self.script("Rscript", self.TOOLS / "response.R", "s/merged.h5", "tightness", "measure.M4.offer.places", "p.pdf")
        with xarray.open_dataset(self.folder / "s" / "merged.h5") as file:
            lowest = float(file.tightness.mean("replicate").min())
        self.assertRegex(said, r"20 points, tightness from [0-9.]+ to [0-9.]+")
        self.assertAlmostEqual(float(said.split()[4]) / lowest, 1, delta=1e-5)
        self.assertGreater((self.folder / "p.pdf").stat().st_size, 1000)

    def test_a_salib_problem_and_back(self):
        problem = json.loads(self.script("/usr/bin/python3", self.TOOLS / "salib_problem.py", "s"))
        self.assertEqual(problem["num_vars"], 4)
        self.assertEqual(problem["dists"], ["unif", "truncnorm", "unif", "unif"])
        self.assertEqual(problem["bounds"], [[0, 11], [100, 900, 300, 200], [0.05, 0.3], [0.5, 2]])
        self.assertEqual(problem["groups"], ["measure.M2.start", "measure.M4.offer.places", "market", "market"])
        (self.folder / "problem.json").write_text(json.dumps(problem))
        factors = self.script("/usr/bin/python3", self.TOOLS / "salib_problem.py", "problem.json")
        (self.folder / "t.toml").write_text(self.SWEEP[:self.SWEEP.index("[factors]")] + factors)
        instroom("sweep", "plan", "t.toml", "--unmeasured", "--quiet", cwd=self.folder)
        first, second = (json.loads((self.folder / name / "manifest.json").read_text()) for name in ("s", "t"))
        self.assertEqual(first["points"], second["points"])
        self.assertEqual(first["factors"], second["factors"])

    def test_the_workbench_model(self):
        # A stand-in for the EMA Workbench, which Debian does not have: it takes what the wrapper gives it.
        (self.folder / "ema_workbench.py").write_text(
            "class Model:\n    def __init__(self, name, function): self.function = function\n"
            "class RealParameter:\n    def __init__(self, name, low, high): self.name, self.ends = name, (low, high)\n"
            "class IntegerParameter(RealParameter): pass\n"
            "class ScalarOutcome:\n    def __init__(self, name): self.name = name\n")
        self.run_sweep()
        with xarray.open_dataset(self.folder / "s" / "merged.h5") as file:
            factors = [name for name in file.coords if "." in name]
            values = {name.replace(".", "_"): float(file[name][7]) for name in factors}
            expected = {name: float(file[name][7].mean()) for name in ("technicians_at_work", "tightness")}
        found = json.loads(self.script("/usr/bin/python3", "-c", f"import json, sys; sys.path[:0] = [{str(self.TOOLS)!r}, '.']\n"
                                       f"from ema_workbench_model import instroom_model\nmodel = instroom_model('s', {PROGRAM!r})\n"
                                       f"assert [type(u).__name__ for u in model.uncertainties] == ['IntegerParameter', 'RealParameter', 'RealParameter', 'RealParameter']\n"
                                       f"print(json.dumps(model.function(**{values!r})))"))
        self.assertEqual(found, expected)

    def test_a_workflow(self):
        shutil.rmtree(self.folder / "s")
        self.script("snakemake", "--snakefile", self.TOOLS / "Snakefile", "--cores", "2", "--config", "sweep=s", f"program={PROGRAM}")
        self.assertIn("</svg>", (self.folder / "s.svg").read_text())
        with open(self.folder / "s.csv") as file:
            self.assertEqual(len(file.readlines()), 2 + 2 * 3)  # two outcomes that vary, of three inputs
        self.assertIn("Nothing to be done", subprocess.run(["snakemake", "--snakefile", self.TOOLS / "Snakefile", "--cores", "2", "--config", "sweep=s", f"program={PROGRAM}"],
                                                           cwd=self.folder, capture_output=True, text=True).stderr)

    def test_a_long_table(self):
        self.run_small("run.h5", "--replicates", "3", until="2021-06")
        instroom("export", "run.h5", "--tidy", "--series", "vacancies,demography,pupils_under_15", "-o", "t.csv", cwd=self.folder)
        with open(self.folder / "t.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["month", "region", "event", "occupation", "series", "unit", "value", "low", "high"])
        with xarray.open_dataset(self.folder / "run.h5") as run:
            self.assertEqual(len(rows), 7 * 2 * (21 + 8 + 1))
            for row in rows:
                if (row["series"], row["month"], row["region"], row["occupation"]) == ("vacancies", "2021-03", "IJmond", "ICT support"):
                    runs = run.vacancies.sel(time="2021-04-01", region="IJmond", occupation="ICT support").values  # where March has ended
                    self.assertAlmostEqual(float(row["value"]), runs.mean())
                    self.assertAlmostEqual(float(row["low"]), np.quantile(runs, 0.025))
                    self.assertAlmostEqual(float(row["high"]), np.quantile(runs, 0.975))
                    break
            else:
                self.fail("no such row")
            births = [float(row["value"]) for row in rows if row["series"] == "demography" and row["event"] == "birth" and row["value"]]
            self.assertAlmostEqual(sum(births), float(run.demography.sel(event="birth").mean("replicate").sum()))
        # What nothing is known of stays empty: flows of the month before the start.
        self.assertEqual({row["value"] for row in rows if row["series"] == "demography" and row["month"] == "2020-12"}, {""})
        self.assertIn("did you mean vacancies?", instroom("export", "run.h5", "--tidy", "--series", "vacancis", "-o", "u.csv", cwd=self.folder, expect=2).stderr)
        self.assertIn("--tidy is expected", instroom("export", "run.h5", cwd=self.folder, expect=2).stderr)
        self.assertIn("exists and is kept", instroom("export", "run.h5", "--tidy", "-o", "t.csv", cwd=self.folder, expect=2).stderr)
        self.assertNotIn("u.csv", self.names())


if __name__ == "__main__":
    main()
