"""Four baseline runs at scale 0.1 beside published figures: every figure is in its band, or on record as missed; the Beveridge curve slopes down.

Usage: INSTROOM=path/to/instroom baseline.py (one test of ctest). Needs Debian's python3-xarray.
"""
import math
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import xarray

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools"))
import baseline  # noqa: E402


class Baseline(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="instroom-baseline-")
        file = Path(cls.folder.name) / "baseline.h5"
        words = [os.environ["INSTROOM"], "run", *baseline.RUN, "--quiet", "-o", file]
        done = subprocess.run(words, capture_output=True, text=True, timeout=900)
        if done.returncode:
            raise AssertionError(done.stderr)
        with xarray.open_dataset(file) as ds:
            cls.ds = ds.load()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def judged(self, ds, rows=None):
        simulated = baseline.Simulated(ds)
        return [(row, figure, baseline.verdict_of(row, figure)) for row in rows or baseline.rows() for figure in [baseline.figure_of(simulated, row)]]

    def not_as_recorded(self, ds, rows=None):
        """What a reader of a failure needs: to change the record is `tools/baseline.py RUN.h5 --record`."""
        return [f"{row['measure']} {row['region']} {row['period']}: {figure:.4g} is {verdict or 'without a figure'} (band {row['low']} to {row['high']}), on record as {row['recorded'] or 'without a figure'}"
                for row, figure, verdict in self.judged(ds, rows) if verdict != row["recorded"]]

    def test_every_figure_is_within_its_band_or_on_record_as_missed(self):
        self.assertEqual(self.not_as_recorded(self.ds), [])

    def test_the_beveridge_curve_slopes_down(self):
        slope, points = baseline.beveridge_slope(self.ds)
        self.assertEqual({len(u) for u, _ in points.values()}, {36})
        self.assertLess(slope, 0)

    def test_bands_follow_from_the_errors_of_the_source(self):
        for row in baseline.rows():
            name = (row["measure"], row["region"], row["period"])
            if not row["value"]:
                self.assertEqual((row["low"], row["high"], row["status"], row["recorded"]), ("", "", "no figure", ""), name)
                continue
            value, low, high = float(row["value"]), float(row["low"]), float(row["high"])
            self.assertTrue(low < value < high, name)
            self.assertTrue(row["errors"] and row["source"] and row["known_from"] and row["status"] in ("observed", "derived", "assumed"), name)
            if row["sampling_error"]:
                half = 2 * math.hypot(float(row["sampling_error"]), float(row["definition_error"]))
                self.assertAlmostEqual(low, value - half, delta=1e-3 * value, msg=name)
                self.assertAlmostEqual(high, value + half, delta=1e-3 * value, msg=name)
            else:
                self.assertEqual(row["errors"], "range of the source's row", name)

    def test_a_run_with_other_figures_is_noticed(self):
        changed = self.ds.copy()
        changed["vacancies"] = self.ds.vacancies * 1.5
        self.assertTrue(any(line.startswith("vacancies_per_100_jobs NL 2022") for line in self.not_as_recorded(changed)))
        # A miss that is none any more is noticed too: here every row is on record as missed.
        rows = [row | {"recorded": row["value"] and "missed"} for row in baseline.rows()]
        met = [row for row in baseline.rows() if row["recorded"] == "met"]
        self.assertEqual(len(self.not_as_recorded(self.ds, rows)), len(met))
        changed["vacancies"] = self.ds.vacancies * self.ds.persons.sel(labour_status="unemployed").sum(["sex", "age_group"]) ** 4
        self.assertGreater(baseline.beveridge_slope(changed)[0], 0)


if __name__ == "__main__":
    unittest.main()
