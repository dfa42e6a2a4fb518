"""Instroom as a model of the EMA Workbench: a sweep's folder gives its uncertainties, and a batch of scenarios is run as a list of points.

Usage, with the workbench installed (it is not in Debian, so no test runs this file):

    from ema_workbench import SequentialEvaluator
    from ema_workbench_model import instroom_model
    model = instroom_model("places", program="instroom")     # a planned sweep: its sweep file, scenario, factors and outcomes
    with SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=100)

One scenario is a sweep of one point here, for the workbench asks for one at a time: it costs a start population more than a sweep of many. Where all points are known beforehand, write them to a CSV
file and let one sweep with `kind = "list"` run them.
"""
import csv
import json
import re
import subprocess
import tempfile
from pathlib import Path

import netCDF4
from ema_workbench import IntegerParameter, Model, RealParameter, ScalarOutcome


def list_design(text, file):
    """A sweep file with its design replaced by a list of points."""
    without = re.sub(r"(?ms)^\[design\].*?(?=^\[|\Z)", "", text)
    return f"{without}\n[design]\nkind = \"list\"\nfile = {json.dumps(str(file))}\n"


def run_points(folder, points, program):
    """Means over replicates of every outcome at each point: a dictionary of lists."""
    folder = Path(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        with open(scratch / "points.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, [factor["name"] for factor in manifest["factors"]])
            writer.writeheader()
            writer.writerows(points)
        (scratch / "base.toml").write_text(manifest["scenario_text"])
        text = re.sub(r'(?m)^scenario\s*=.*$', "", manifest["sweep_text"])
        (scratch / "sweep.toml").write_text('scenario = "base.toml"\n' + list_design(text, scratch / "points.csv"))
        for words in (["plan", "sweep.toml", "--unmeasured"], ["run", "sweep"], ["merge", "sweep"]):
            subprocess.run([program, "sweep", *words, "--quiet"], cwd=scratch, check=True)
        with netCDF4.Dataset(scratch / "sweep" / "merged.h5") as merged:
            return {name: variable[:].mean(axis=1).tolist() for name, variable in merged.variables.items() if variable.dimensions == ("point", "replicate")}


def instroom_model(folder, program="instroom"):
    manifest = json.loads((Path(folder) / "manifest.json").read_text())
    names = {re.sub(r"\W", "_", factor["name"]): factor["name"] for factor in manifest["factors"]}  # the workbench wants identifiers

    def one(**values):
        return {name: means[0] for name, means in run_points(folder, [{names[key]: value for key, value in values.items()}], program).items()}

    model = Model("Instroom", function=one)
    model.uncertainties = [
        RealParameter(key, factor["low"], factor["high"]) if factor["kind"] == "real" else IntegerParameter(key, int(factor["low"]), int(factor["high"]))
        for key, factor in zip(names, manifest["factors"])
    ]
    model.outcomes = [ScalarOutcome(name) for name in manifest["outcomes"]]
    return model
