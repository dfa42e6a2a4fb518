"""Designs of many points: planned, run, killed, gone on with, and merged into the same bytes."""
import csv
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import h5py
import numpy as np
import xarray

from program import PROGRAM, WithFolder, instroom, main, page_data


class Sweeps(WithFolder):
    COMMAND = "sweep"
    SWEEP = """
scenario = "small.toml"
until = "2021-12"
scale = 0.01
replicates = 2
retries = 1
outcomes = ["technicians_at_work", "spending"]
series = ["vacancies"]
[outcome.brainport]
top = ["employed"]
regions = ["IJmond"]
scaling = "persons"
[design]
kind = "latin_hypercube"
points = 8
[factors]
measure.M2.start = {low = "2021-01", high = "2021-11"}
parameters.demand.adjustment = {low = 0.05, high = 0.3}
"""
    COMMAND_SWEEP = """
command = "%s"
outcomes = ["y"]
retries = 2
[design]
kind = "grid"
levels = 5
[factors]
x = {low = 0, high = 4}
"""

    def sweep(self, text=SWEEP, name="s.toml"):
        (self.folder / "small.toml").write_text('regions = ["IJmond"]\nend = "2022-12"\n')
        (self.folder / name).write_text(text)
        return name

    def do(self, *words, expect=0):
        return instroom("sweep", *words, cwd=self.folder, expect=expect)

    def plan(self, folder, *words):
        self.do("plan", self.sweep(), "-o", folder, "--points-per-task", 3, "--unmeasured", "--quiet", *words)

    def merged(self, folder, *words):
        self.do("merge", folder, "--quiet", *words)
        return (self.folder / folder / "merged.h5").read_bytes()

    def records(self, folder):
        return sorted((self.folder / folder / "results").iterdir())

    def test_the_same_bytes_for_any_threads_tasks_and_interruptions(self):
        done = self.do("plan", self.sweep(), "-o", "whole", "--points-per-task", 3)
        self.assertRegex(done.stdout, r"8 points of 2 factors, 2 replicates each, in 3 tasks\nA point: .* of disk, .* of one thread \(measured\), .* of memory")
        self.do("run", "whole", "--threads", 1, "--quiet")
        whole = self.merged("whole")
        instroom("report", "whole/merged.h5", "--quiet", "-o", "sweep.html", cwd=self.folder)
        page = page_data(self.folder / "sweep.html")["files"][0]
        self.assertEqual(page["kind"], "sweep")
        with h5py.File(self.folder / "whole" / "merged.h5") as f:
            outcome = next(name for name in f if f[name].ndim == 2)
            np.testing.assert_allclose(np.array(page["tables"][outcome]["values"], dtype=float), f[outcome][...].mean(axis=1))
        (self.folder / "sweep.html").unlink()
        self.assertEqual(len(self.records("whole")), 3)  # one file a task
        for folder, steps in (("tasks", [("run", "--task", 2, "--threads", 2), ("run", "--task", 0, "--of", 2)]), ("threads", [("run", "--threads", 3)])):
            self.plan(folder)
            for action, *words in steps:
                self.do(action, folder, "--quiet", *words)
            if folder == "tasks":
                self.assertIn("5 of 8 points done", self.do("status", folder).stdout)
                done = self.do("merge", folder, expect=2)
                self.assertIn("3 of 8 points are missing (0 failed, 3 not run)", done.stderr)
                self.do("run", folder, "--task", 1, "--quiet")
            self.assertEqual(self.merged(folder), whole)
        # Torn in the middle of its last record: that point alone runs again.
        last = self.records("threads")[-1]
        size = last.stat().st_size
        with last.open("r+b") as f:
            f.truncate(size - 100)
        self.assertRegex(self.do("status", "threads").stdout, r"7 of 8 points done.*\n.*bytes are no whole record; what is torn runs again")
        self.assertIn("1 points finished", self.do("resume", "threads").stdout)
        self.assertEqual(last.stat().st_size, size)
        self.assertEqual(self.merged("threads", "--force"), whole)
        with xarray.open_dataset(self.folder / "whole" / "merged.h5") as file:
            self.assertEqual(dict(file.sizes), {"point": 8, "replicate": 2, "time": 13, "region": 1, "occupation": 21})
            self.assertIn("measure.M2.start", file.technicians_at_work.coords)
            self.assertFalse(np.isnan(file.vacancies[:, :, 1:]).any())
            starts = file["measure.M2.start"].values
            self.assertTrue(((starts >= 0) & (starts <= 10) & (starts % 1 == 0)).all())
            # Replicate r is the run of that replicate with the factors' values in a scenario, from the start population of the shipped values.
            point, start = 5, int(starts[5])
            (self.folder / "one.toml").write_text(
                f'regions = ["IJmond"]\n[parameters]\ndemand.adjustment = {file["parameters.demand.adjustment"].values[point]!r}\n[measure.M2]\nstart = "2021-{start + 1:02}"\n')
            instroom("run", "one.toml", "--scale", 0.01, "--until", "2021-12", "--replicates", 2, "--quiet", "-o", "one.h5", cwd=self.folder)
            with xarray.open_dataset(self.folder / "one.h5") as one:
                self.assertTrue((file.vacancies[point].values == one.vacancies.values).all())

    def test_a_killed_run_and_two_runs_at_once(self):
        self.plan("whole")
        self.do("run", "whole", "--quiet")
        whole = self.merged("whole")
        self.plan("killed")
        for _ in range(20):
            running = subprocess.Popen([PROGRAM, "sweep", "run", "killed", "--threads", "1", "--quiet"], cwd=self.folder, stderr=subprocess.PIPE)
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and running.poll() is None and not any(p.stat().st_size > 1000 for p in self.records("killed")):
                time.sleep(0.002)
            if running.poll() is None:
                break
        self.assertIsNone(running.poll(), "the run ended before it could be killed")
        done = self.do("run", "killed", expect=2)
        self.assertIn("killed is in use by another run of this sweep", done.stderr)
        running.kill()
        running.communicate()
        self.assertRegex(self.do("status", "killed").stdout, r"killed: [1-7] of 8 points done")
        self.do("resume", "killed", "--quiet")
        self.assertEqual(self.merged("killed"), whole)
        self.plan("stopped")
        running = subprocess.Popen([PROGRAM, "sweep", "run", "stopped", "--threads", "1"], cwd=self.folder, stderr=subprocess.PIPE, text=True)
        while running.poll() is None and not self.records("stopped"):
            time.sleep(0.002)
        running.send_signal(signal.SIGINT)
        said = running.communicate()[1]
        if running.returncode != 0:  # else it had ended before
            self.assertEqual(running.returncode, 130)
            self.assertIn("and instroom sweep resume stopped goes on from them", said)
        self.do("resume", "stopped", "--quiet")
        self.assertEqual(self.merged("stopped"), whole)

    def test_a_full_disk_loses_no_finished_point(self):
        self.plan("small")
        self.do("run", "small", "--quiet")
        whole = self.merged("small")
        self.plan("full")
        # A limit on the size of files ends a write as a full disk does, in the middle of a record.
        limit = max(p.stat().st_size for p in self.records("small")) * 2 // 3
        done = subprocess.run(["prlimit", f"--fsize={limit}", PROGRAM, "sweep", "run", "full", "--threads", "1", "--quiet"], cwd=self.folder, capture_output=True, text=True,
                              preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"results/00000\d.records: File too large")
        self.assertRegex(self.do("status", "full").stdout, r"full: [1-6] of 8 points done")
        self.assertNotIn("no whole record", self.do("status", "full").stdout)
        self.do("run", "full", "--quiet")
        self.assertEqual(self.merged("full"), whole)

    def test_failed_points_keep_their_place(self):
        model = self.folder / "model.py"
        model.write_text(
            "import csv, sys, pathlib\n"
            "rows = list(csv.DictReader(open(sys.argv[1])))\n"
            "if pathlib.Path('broken').exists():\n"
            "    sys.exit('the licence server is away')\n"
            "with open(sys.argv[2], 'w') as f:\n"
            "    f.write('z,y\\n' + ''.join(f'0,{float(r[\"x\"]) ** 2!r}\\n' for r in rows))\n")
        (self.folder / "broken").touch()
        self.do("plan", self.sweep(self.COMMAND_SWEEP % "/usr/bin/python3 model.py"), "-o", "c", "--unmeasured", "--points-per-task", 2, "--quiet")
        done = self.do("run", "c", "--quiet", expect=2)
        self.assertIn("5 points failed after 3 tries each; point 0: the command ended with exit code 1; it said: the licence server is away", done.stderr)
        self.assertIn("0 of 5 points done (0 %), 5 failed, 0 left", self.do("status", "c").stdout)
        before = [p.stat().st_size for p in self.records("c")]
        self.do("run", "c", "--quiet", expect=2)
        self.assertEqual([p.stat().st_size for p in self.records("c")], before)  # run does not try them any more
        (self.folder / "broken").unlink()
        self.do("resume", "c", "--task", 0, "--quiet")
        done = self.do("merge", "c", expect=2)
        self.assertIn("3 of 5 points are missing (3 failed, 0 not run)", done.stderr)
        self.do("merge", "c", "--with-gaps", "--quiet")
        with xarray.open_dataset(self.folder / "c" / "merged.h5") as file:
            self.assertEqual(list(file.status.values), [0, 0, 1, 1, 1])
            self.assertEqual(list(file.y.values[:2, 0]), [0, 1])
            self.assertTrue(np.isnan(file.y.values[2:]).all())
        self.do("resume", "c", "--quiet")
        self.do("merge", "c", "--force", "--quiet")
        with xarray.open_dataset(self.folder / "c" / "merged.h5") as file:
            self.assertEqual(list(file.y.values[:, 0]), [0, 1, 4, 9, 16])

    def test_an_interrupted_command_fails_no_point(self):
        (self.folder / "slow.py").write_text("import pathlib, time\npathlib.Path('begun').touch()\ntime.sleep(60)\n")
        self.do("plan", self.sweep(self.COMMAND_SWEEP % "/usr/bin/python3 slow.py"), "-o", "c", "--unmeasured", "--quiet")
        # Ctrl-C reaches the program and what it has started.
        running = subprocess.Popen([PROGRAM, "sweep", "run", "c"], cwd=self.folder, stderr=subprocess.PIPE, text=True, start_new_session=True)
        while running.poll() is None and not (self.folder / "begun").exists():
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        said = running.communicate(timeout=30)[1]
        self.assertEqual(running.returncode, 130, said)
        self.assertIn("0 of 5 points done (0 %), 0 failed, 5 left", self.do("status", "c").stdout)

    def test_nothing_of_another_program_data_or_plan_is_mixed(self):
        self.plan("one")
        self.do("run", "one", "--task", 0, "--quiet")
        (self.folder / "other.toml").write_text(self.SWEEP.replace("0.3", "0.31"))
        self.do("plan", "other.toml", "-o", "two", "--points-per-task", 3, "--unmeasured", "--quiet")
        shutil.copy(self.records("one")[0], self.folder / "two" / "results")
        for action in ("run", "status", "merge"):
            self.assertIn("holds results of another sweep, which are never mixed", self.do(action, "two", expect=2).stderr)
        manifest = self.folder / "one" / "manifest.json"
        text = manifest.read_text()
        for name, part in (("program", "program"), ("input tables", "input tables"), ("C library", "C library"), ("processor (FMA)", r"processor \(FMA\)")):
            changed = json.loads(text)
            changed["belongs"][name] = "another"
            manifest.write_text(json.dumps(changed))
            self.assertRegex(self.do("run", "one", expect=2).stderr, f"the sweep was planned with another {part} .*never mixed")
        changed = json.loads(text)
        changed["points"][3][1] = 0.2
        manifest.write_text(json.dumps(changed))
        self.assertIn("was changed since the sweep was planned", self.do("run", "one", expect=2).stderr)
        manifest.write_text(text[:-40])
        self.assertIn("is damaged", self.do("run", "one", expect=2).stderr)
        manifest.write_text(text)
        self.do("run", "one", "--quiet")

    def analytic(self, name, factors, lines, points):
        """The indices that the program finds of a function in Python, by factor: plan, run and sensitivity, as of any model."""
        (self.folder / f"{name}.py").write_text("import csv, math, sys\nrows = list(csv.DictReader(open(sys.argv[1])))\n" + lines + "open(sys.argv[2], 'w').write('y\\n' + ''.join(f'{v!r}\\n' for v in values))\n")
        text = f'command = "/usr/bin/python3 {name}.py"\noutcomes = ["y"]\n[design]\nkind = "saltelli"\npoints = {points}\n[factors]\n'
        text += "".join(f"{factor} = {{low = {low}, high = {high}}}\n" for factor, (low, high) in factors.items())
        self.do("plan", self.sweep(text, f"{name}.toml"), "--unmeasured", "--quiet")
        self.do("run", name, "--quiet")
        instroom("sensitivity", name, "-o", f"{name}.csv", "--picture", f"{name}.svg", cwd=self.folder)
        self.assertIn("</svg>", (self.folder / f"{name}.svg").read_text())
        with open(self.folder / f"{name}.csv") as file:
            self.assertIn("# instroom sensitivity", next(file))
            return {row["factor"]: {k: float(v) for k, v in row.items() if k not in ("factor", "outcome", "unit")} for row in csv.DictReader(file)}

    def test_indices_of_functions_with_known_ones(self):
        pi = np.pi
        found = self.analytic("ishigami", {f"x{i}": (-pi, pi) for i in (1, 2, 3)},
                              "values = [math.sin(x) + 7 * math.sin(y) ** 2 + 0.1 * z ** 4 * math.sin(x) for x, y, z in ([float(v) for v in r.values()] for r in rows)]\n", 2048)
        one, two, both = 0.5 * (1 + 0.1 * pi**4 / 5) ** 2, 49 / 8, 0.01 * pi**8 * (1 / 18 - 1 / 50)
        whole = one + two + both
        for name, first, total in (("x1", one, one + both), ("x2", two, two), ("x3", 0, both)):
            self.assertAlmostEqual(found[name]["first"], first / whole, delta=0.015)
            self.assertAlmostEqual(found[name]["total"], total / whole, delta=0.015)
            self.assertLessEqual(found[name]["total_low"], total / whole)
            self.assertGreaterEqual(found[name]["total_high"], total / whole)
        a = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
        found = self.analytic("sobol_g", {f"x{i}": (0, 1) for i in range(8)},
                              f"a = {list(a)}\nvalues = [math.prod((abs(4 * float(x) - 2) + k) / (1 + k) for x, k in zip(r.values(), a)) for r in rows]\n", 2048)
        variances = 1 / (3 * (1 + a) ** 2)
        whole = np.prod(1 + variances) - 1
        for i in range(8):
            self.assertAlmostEqual(found[f"x{i}"]["first"], variances[i] / whole, delta=0.02)
            self.assertAlmostEqual(found[f"x{i}"]["total"], variances[i] * np.prod(np.delete(1 + variances, i)) / whole, delta=0.02)

    def test_an_emulator_answers_between_points(self):
        text = self.COMMAND_SWEEP.replace("grid", "latin_hypercube").replace("levels = 5", "points = 20").replace("high = 4}", "high = 4}\nw = {low = 0, high = 1}")
        (self.folder / "model.py").write_text("import csv, sys\nrows = list(csv.DictReader(open(sys.argv[1])))\n"
                                              "open(sys.argv[2], 'w').write('y\\n' + ''.join(f'{float(r[\"x\"]) ** 2!r}\\n' for r in rows))\n")
        self.do("plan", self.sweep(text % "/usr/bin/python3 model.py"), "-o", "c", "--unmeasured", "--quiet")
        self.do("run", "c", "--quiet")
        emulate = lambda *words, expect=0: instroom("emulate", "c", *words, cwd=self.folder, expect=expect)
        words = emulate("--at", "x=1.7").stdout.splitlines()[1].split()
        self.assertEqual(words[0], "y")
        self.assertAlmostEqual(float(words[1]), 1.7**2, delta=0.05)
        self.assertIn("100 %", " ".join(words))
        (self.folder / "where.csv").write_text("w,x\n0.5,3\n0.1,0.5\n")
        emulate("--points", "where.csv", "-o", "there.csv")
        with open(self.folder / "there.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(float(r["x"]), float(r["w"])) for r in rows], [(3, 0.5), (0.5, 0.1)])
        for row in rows:
            self.assertAlmostEqual(float(row["y"]), float(row["x"]) ** 2, delta=0.05)
            self.assertLess(float(row["y_low"]), float(row["y_high"]))
        self.assertIn("no factor is named 'z'; did you mean x?", emulate("--at", "z=1", expect=2).stderr)
        self.assertIn("--at:1: x: is 9, but a value from 0 to 4 is expected", emulate("--at", "x=9", expect=2).stderr)
        self.assertIn("keeps no outcome 'z'; did you mean y?", emulate("--outcome", "z", expect=2).stderr)
        self.assertIn("--points and -o belong together", emulate("--points", "where.csv", expect=2).stderr)

    def test_the_shipped_sweep_is_planned(self):
        shipped = Path(__file__).resolve().parents[2] / "experiments" / "sweeps" / "library.toml"
        self.assertIn("686 points of 48 factors, 2 replicates each", self.do("plan", shipped, "--unmeasured", "-o", "library").stdout)

    def test_indices_refuse_what_is_incomplete(self):
        self.plan("part")
        self.do("run", "part", "--task", 0, "--quiet")
        done = instroom("sensitivity", "part", cwd=self.folder, expect=2)
        self.assertIn("part: 5 of 8 points are missing (0 failed, 5 not run), and a design is taken whole or not at all", done.stderr)
        self.do("run", "part", "--quiet")
        done = instroom("sensitivity", "part", cwd=self.folder, expect=2)
        self.assertIn("takes a morris or a saltelli design, but the sweep is a latin_hypercube design", done.stderr)

    def test_bad_input(self):
        self.sweep()
        self.refused(["plan", "absent.toml"], "absent.toml: No such file (a sweep in TOML is expected)")
        self.refused(["run", "s.toml"], "s.toml is no planned sweep: it holds no manifest.json")
        self.refused(["pln", "s.toml"], "did you mean 'plan'?")
        self.refused(["run", "s.toml", "--points-per-task", "3"], "--points-per-task belongs to `instroom sweep plan`")
        self.sweep(self.SWEEP.replace("low = 0.05, high = 0.3", "low = 0.3, high = 0.05"))
        self.refused(["plan", "s.toml"], "s.toml:18: factors.parameters.demand.adjustment: has an empty range")
        self.sweep(self.SWEEP.replace("2021-11", "2022-11"))
        self.refused(["plan", "s.toml", "-o", "x"], "factors.measure.M2.start: at its high end 2022-11: measure.M2.start: is 2022-11, after the last month")
        self.sweep(self.SWEEP.replace('"vacancies"', '"vacancis"'))
        self.refused(["plan", "s.toml", "-o", "x"], "no series is named 'vacancis'; did you mean vacancies?")
        self.sweep(self.SWEEP.replace('"latin_hypercube"\npoints = 8', '"list"\nfile = "p.csv"'))
        self.refused(["plan", "s.toml", "-o", "x"], "p.csv: No such file")
        (self.folder / "p.csv").write_text("measure.M2.start,parameters.demand.adjustment\n2021-03,0.1\n2021-05,0.5\n")
        self.refused(["plan", "s.toml", "-o", "x"], "p.csv:3: parameters.demand.adjustment: is 0.5, but a value from 0.05 to 0.3")
        self.plan("there")
        self.refused(["plan", "s.toml", "-o", "there"], "there exists and is kept; -o names another folder")


if __name__ == "__main__":
    main()
