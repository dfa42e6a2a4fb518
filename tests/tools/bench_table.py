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
# Prints what instroom_bench prints; every second of work takes FACTOR times as long as that of FACTOR 1.
STAND_IN = """#!{python}
import json, sys
scale, threads = float(sys.argv[1]), int(sys.argv[2])
print(json.dumps({{"scale": scale, "threads": threads, "months": 120, "persons": 1000, "employers": 10, "bare_pass_seconds": 0.01,
    "month_seconds": 0.04 * {factor}, "processes": {{"5 separations": 0.01 * {factor}}}, "start_seconds": 2.0 * {factor}, "step_seconds": 4.0 / threads,
    "write_seconds": 0.0, "seconds": 6.0, "cpu_seconds": 8.0, "peak_bytes": 150000, "bounds": 0.13, "file_bytes": 1}}))
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
        self.assertEqual(json.loads((self.folder / "3.json").read_text())["reached"]["start population in bare passes"], 600)


if __name__ == "__main__":
    unittest.main()
