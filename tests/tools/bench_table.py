"""tools/bench: its words and its comparison, with a program that only prints figures.

Usage: bench_table.py (one test of ctest).
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent.parent / "tools"
# Prints what instroom_bench prints; every second of work takes FACTOR times as long as that of FACTOR 1. A further replicate takes 2 s, and 10 MB at scale 0.1.
STAND_IN = """#!{python}
import json, sys
if sys.argv[1] == "policy":
    print(json.dumps({{"scale": float(sys.argv[2]), "turns": 5, "nothing_seconds": 1.9, "baseline_seconds": 2.0, "scenario_seconds": 2.0 * {factor}, "comparison_seconds": 28.0 * {factor},
        "comparison_runs": 14}}))
    sys.exit()
if sys.argv[1] == "sweep":
    threads, points = int(sys.argv[3]), int(sys.argv[6])
    print(json.dumps({{"scale": float(sys.argv[2]), "threads": threads, "points": points, "seconds": points / threads * (1.25 if threads > 1 else 1), "cpu_seconds": points, "peak_bytes": 10**8 * threads}}))
    sys.exit()
scale, threads = float(sys.argv[1]), int(sys.argv[2])
replicates = int(sys.argv[5]) if len(sys.argv) > 5 else 1
print(json.dumps({{"scale": scale, "threads": threads, "replicates": replicates, "months": 120 * replicates, "persons": 1000, "employers": 10, "bare_pass_seconds": 0.01,
    "month_seconds": 0.04 * {factor}, "processes": {{"5 separations": 0.01 * {factor}}}, "start_seconds": 2.0 * {factor}, "step_seconds": 4.0 / threads,
    "write_seconds": 0.0, "seconds": 6.0, "cpu_seconds": 8.0 + 2.0 * {factor} * (replicates - 1),
    "peak_bytes": 150000 + int(1e8 * scale * {factor}) * (replicates - 1), "bounds": 0.13, "file_bytes": 1}}))
"""
# Prints what instroom_twin_bench prints.
TWIN = """#!{python}
import json, sys
print(json.dumps({{"scale": float(sys.argv[1]), "persons": 1000, "months": 24, "real_person_months_a_second": 8e6 * {factor}, "twin_person_months_a_second": 2e6, "ratio": 4.0 * {factor}}}))
"""


def words_of(*words):
    return subprocess.run([sys.executable, TOOLS / "bench_table.py", *map(str, words)], capture_output=True, text=True, timeout=60)


class Bench(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="instroom-bench-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def measure(self, factor, *words):
        programs = {}
        for name, text in (("program", STAND_IN), ("twin", TWIN)):
            programs[name] = self.folder / f"{name}-{factor}"
            programs[name].write_text(text.format(python=sys.executable, factor=factor))
            programs[name].chmod(0o755)
        done = words_of("--program", programs["program"], "--twin", programs["twin"], self.folder / f"{factor}.json", *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_help_measures_nothing(self):
        done = subprocess.run([TOOLS / "bench", "--help"], cwd=self.folder, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        for text in ("usage: tools/bench", "--compare", "examples:"):
            self.assertIn(text, done.stdout)
        self.assertEqual(os.listdir(self.folder), [])

    def test_unknown_words_are_refused_before_anything_is_built(self):
        (self.folder / "text.json").write_text("no JSON")
        for words in (["--wrong"], ["a.json", "b.json"], ["--compare"], ["--compare", "none.json"], ["--compare", "text.json"]):
            done = subprocess.run([TOOLS / "bench", *words], cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2, (words, done.stdout, done.stderr))
            self.assertEqual(done.stdout, "")
        self.assertEqual(os.listdir(self.folder), ["text.json"])

    def test_compare_gives_new_over_old_for_every_figure(self):
        first = self.measure(1)
        self.assertIn("8.00, naive twin 2.00: 4.0 times as fast", first)
        text = self.measure(3, "--compare", self.folder / "1.json")
        rows = [line.split() for line in text[text.index("New over old") :].splitlines()]
        full = next(r for r in rows if r[:1] == ["1.0"] and len(r) == 13)
        # persons, bare, month, ratio, start, months, write (0 before: no ratio), all, CPU, peak, bytes a person
        self.assertEqual(full[2:], ["1.00", "1.00", "3.00", "3.00", "3.00", "1.00", "-", "1.00", "1.00", "1.00", "1.00"])
        self.assertIn(["5", "separations", "3.00"], rows)
        self.assertIn("start population in bare passes".split() + ["3.00"], rows)
        self.assertIn("over the naive twin, scale 0.1".split() + ["3.00"], rows)
        for name, ratio in (("CPU s a run", "3.00"), ("runs a minute and core", "0.33"), ("MB a run", "3.00")):
            self.assertIn(f"further run, scale 0.1, {name} {ratio}".split(), rows)
        self.assertEqual(json.loads((self.folder / "3.json").read_text())["reached"]["start population in bare passes"], 600)

    def test_measures_and_comparisons_are_ratios_to_the_baseline_run(self):
        lines = [line.split() for line in self.measure(1.5, "--last", "2021-12").splitlines()]
        self.assertIn("policy in place and a course of 20 000 places a year 3.00 s 1.50 baseline runs".split(), lines)
        self.assertIn("scenario over baseline run 1.50 1.10".split(), lines)
        self.assertIn("run of a comparison over baseline run 1.50 1.05".split(), lines)
        written = json.loads((self.folder / "1.5.json").read_text())
        self.assertEqual(written["policy"]["comparison_runs"], 14)
        self.assertEqual((written["reached"]["scenario over baseline run"], written["aims"]["run of a comparison over baseline run"]), (1.5, 1.05))
        # An older file knows nothing of them.
        for part in (written, written["reached"]):
            for name in [n for n in part if n == "policy" or "baseline run" in n]:
                del part[name]
        (self.folder / "old.json").write_text(json.dumps(written))
        self.assertIn("scenario over baseline run -".split(), [line.split() for line in self.measure(1.5, "--compare", self.folder / "old.json").splitlines()])

    @unittest.skipIf((os.cpu_count() or 1) < 2, "one processor shows no efficiency of two")
    def test_sweeps_give_runs_a_minute_and_core_and_the_efficiency_of_two(self):
        text = self.measure(1)
        self.assertIn("scale 0.01   1 thread(s): 64 runs in 64.00 s, 60.0 runs a minute and core, 100 MB at the peak", text)
        self.assertIn("scale 0.1    2 thread(s): 16 runs in 10.00 s, 48.0 runs a minute and core, 200 MB at the peak", text)
        self.assertIn("sweep, efficiency of 2 threads 0.80 0.95".split(), [line.split() for line in text.splitlines()])

    def test_further_runs_cost_what_several_replicates_cost_above_one(self):
        text = self.measure(1, "--last", "2021-12")
        self.assertIn("Further runs of 120 months with one start population, one thread (mean of 5;", text)
        self.assertIn("scale 0.01  2.00 CPU s a run, 30.0 runs a minute and core, 1.0 MB a run", text)
        self.assertIn("scale 0.1   2.00 CPU s a run, 30.0 runs a minute and core, 10.0 MB a run", text)
        old = json.loads((self.folder / "1.json").read_text())
        further = old.pop("further")
        self.assertEqual([(f["scale"], f["runs"], f["cpu_seconds"], f["peak_bytes"]) for f in further], [(0.01, 5, 2.0, 1e6), (0.1, 5, 2.0, 1e7)])
        (self.folder / "old.json").write_text(json.dumps(old))
        self.assertIn("further run, scale 0.1, MB a run".split() + ["-"], [line.split() for line in self.measure(1, "--compare", self.folder / "old.json").splitlines()])


if __name__ == "__main__":
    unittest.main()
