"""The reckoning of the plan: its table, its file, what goes on from finished runs, and what is refused before a run."""
import h5py
import numpy as np
import xarray

from program import WithFolder, datasets, instroom, main, page_data


class Assessments(WithFolder):
    SMALLEST = ["--scale", "0.003", "--draws", "2", "--until", "2022-12"]

    COMMAND = "assess"

    def test_bad_input(self):
        self.refused(["--green-jobs", "tno_hihg"], "did you mean tno_high?")
        self.refused(["--green-jobs", "none,al"], "'al' is no scenario of climate demand; did you mean all?")
        self.refused(["--mixes", "-1"], "--mixes is '-1'")
        self.refused(["--gap", "few"], "--gap is 'few'")
        self.refused(["--draws", "1"], "--draws is '1'")
        self.refused(["--until", "2021-11"], "a month from 2021-12 on is expected")
        self.refused(["absent.toml"], "absent.toml: No such file")
        (self.folder / "without.toml").write_text('without = ["plan"]\n')
        self.refused(["--plan", "without.toml", "--quiet"], "holds no measure of the action plan")
        (self.folder / "other.toml").write_text('regions = ["IJmond"]\n')
        self.refused(["other.toml"], "has other regions or another end")
        self.refused([*self.SMALLEST, "--csv", "absent/a.csv", "--quiet"], "absent", expect=3)
        self.refused([*self.SMALLEST, "-o", "absent/a.h5", "--quiet"], "absent", expect=3)
        (self.folder / "a.h5").write_text("precious")
        self.refused([*self.SMALLEST, "-o", "a.h5", "--quiet"], "exists and is kept", "--force")

    def test_tables(self):
        (self.folder / "campaign.toml").write_text('with = ["M8-small"]\n[measure.M8-small]\nstart = "2022-01"\n')
        words = ["campaign.toml", *self.SMALLEST, "--green-jobs", "tno_high", "--runs", "runs", "-o", "a.h5", "--csv", "a.csv"]
        done = instroom("assess", *words, cwd=self.folder)
        for part in ("without the plan", "policy in place", "campaign", "M1 ", "M11 ", "together", "construction workers", "Zeeuws-Vlaanderen", "closes the gap", "All measures at their strongest", "No mix of doses closes the gap"):
            self.assertIn(part, done.stdout)
        rows = [line.split(",") for line in (self.folder / "a.csv").read_text().splitlines()[2:]]
        shares = [float(row[3]) for row in rows if row[0] == "measure" and row[2] == "share"]
        together = [float(row[3]) for row in rows if row[:3] == ["measure", "together", "last"]]
        self.assertEqual({row[7] for row in rows}, {"tno_high"})
        self.assertEqual(len(shares), 10)
        self.assertAlmostEqual(sum(shares), together[0], places=4)
        first = (self.folder / "a.csv").read_text().splitlines()[1:]
        self.assertIn("assessment of the plan", instroom("inspect", "a.h5", cwd=self.folder).stdout)
        instroom("report", "a.h5", "--quiet", "-o", "a.html", cwd=self.folder)
        page = page_data(self.folder / "a.html")["files"][0]
        self.assertEqual(page["kind"], "assessment")
        with h5py.File(self.folder / "a.h5") as f:
            np.testing.assert_array_equal(np.array(page["tables"]["share"]["values"], dtype=float), f["share"][...].ravel())
        again = instroom("assess", *words[:-4], "-o", "b.h5", "--csv", "b.csv", "--threads", "1", cwd=self.folder)  # every run is in the file
        self.assertIn("together", again.stdout)
        self.assertIn("Written: b.h5", again.stdout)
        self.assertEqual((self.folder / "b.csv").read_text().splitlines()[1:], first)
        self.assertEqual(datasets(self.folder / "a.h5"), datasets(self.folder / "b.h5"))
        self.holds(rows)
        self.refused(["campaign.toml", *self.SMALLEST, "--seed", "2", "--runs", "runs", "--quiet"], "runs")

    def test_demands_and_mixes(self):
        """Several scenarios of demand in one go, each as alone; finished runs serve any list of them; the least costly mix is one that was run."""
        (self.folder / "less.toml").write_text(  # one measure can close any gap: it takes away work
            '[measure.M1.dose]\ndemand.demand_level = {value = 0.99, low = 0.6, high = 1}\n'
        )
        words = ["--plan", "less.toml", "--scale", "0.003", "--draws", "2", "--until", "2021-12", "--mixes", "10", "--gap", "100", "--runs", "runs"]
        done = instroom("assess", *words, "--green-jobs", "tno_high,none", "-o", "two.h5", "--csv", "two.csv", cwd=self.folder)
        for part in ("Demand for the climate: none", "Demand for the climate: tno_high", "The least costly mix of", "Strengths, 1 the strongest", "down to 100 full-time"):
            self.assertIn(part, done.stdout)
        instroom("assess", *words[:-2], "--green-jobs", "tno_high", "--csv", "one.csv", cwd=self.folder)
        of = lambda name: [line for line in (self.folder / name).read_text().splitlines()[2:] if line.endswith(",tno_high")]
        self.assertEqual(of("two.csv"), of("one.csv"))
        with xarray.open_dataset(self.folder / "two.h5") as ds:
            self.assertEqual(list(ds.demand.values), ["none", "tno_high"])
            self.assertEqual(ds.gap_fte_of_draw.dims, ("replicate", "demand", "scenario"))
            self.assertEqual(ds.strength_of_mix.dims, ("demand", "mix", "measure"))
            self.assertTrue(bool((ds.required_fte.sel(demand="tno_high") > ds.required_fte.sel(demand="none")).all()))
            self.assertTrue(bool((ds.spending_of_mix.sel(mix="least_costly") < ds.spending_of_mix.sel(mix="strongest")).all()))
            self.assertTrue(bool((ds.gap_fte_of_mix <= 100).all()))

    def holds(self, rows):
        """The file says what the CSV says, and adds up there, in each draw."""
        told = {(row[0], row[1], row[2]): float(row[3]) for row in rows if row[3]}
        for engine in ["h5netcdf", "netcdf4"]:
            with xarray.open_dataset(self.folder / "a.h5", engine=engine) as ds:
                self.assertEqual(list(ds.scenario.values), ["without the plan", "policy in place", "campaign"])
                self.assertEqual(list(ds.measure.values)[:4], ["M1", "M2", "M3", "M4"])
                self.assertEqual((ds.attrs["draws"], ds.attrs["scale"]), (2, 0.003))
                self.assertEqual(list(ds.demand.values), ["tno_high"])
                ds = ds.sel(demand="tno_high")
                self.assertAlmostEqual(float(ds.gap_fte_of_mix.sel(mix="strongest")), told["mix", "strongest", "gap_fte"], delta=0.01)
                self.assertEqual(set(ds.strength_of_mix.sel(mix="strongest").values), {1.0})
                self.assertTrue(bool(np.isnan(ds.gap_fte_of_mix.sel(mix="least_costly"))), "no mix closes the gap")
                self.assertEqual(ds.share_of_draw.dims, ("replicate", "measure"))
                np.testing.assert_allclose(ds.share_of_draw.sum("measure"), ds.together_of_draw, atol=1e-6)
                np.testing.assert_allclose(ds.gap_fte, ds.required_fte - ds.filled_fte, atol=1e-6)
                np.testing.assert_allclose(ds.technicians, ds.technicians_of_draw.mean("replicate"))
                for of in ("occupation", "region", "education"):
                    self.assertAlmostEqual(float(ds["gap_fte_by_" + of].sum()), float(ds.gap_fte.sel(scenario="policy in place")), delta=1)
                    for label in ds[of].values:
                        self.assertAlmostEqual(float(ds["gap_fte_by_" + of].sel({of: label})), told[of, str(label), "gap_fte"], delta=0.01)
                for measure in ds.measure.values:
                    for name, figure in (("alone", "alone"), ("last", "last"), ("share", "share"), ("spending", "spending_euro"), ("participants", "participants")):
                        self.assertAlmostEqual(float(ds[name].sel(measure=measure)), told["measure", str(measure), figure], delta=0.01)
                self.assertTrue(bool(np.isnan(ds.share_low).all()), "two draws have no interval")
                self.assertFalse(bool(np.isnan(ds.share_error).any()))
                self.assertEqual(ds.spending.attrs["units"], "euro")
            with xarray.open_dataset(self.folder / "a.h5", group="parameters", engine=engine) as ds:
                self.assertEqual(ds.drawn.sizes["replicate"], 2)


if __name__ == "__main__":
    main()
