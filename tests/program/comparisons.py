"""Arms like the base have no effect, the table and the file say the same, and what cannot be compared is named before a run."""
import csv

import h5py
import numpy as np
import xarray

from program import WithFolder, datasets, instroom, main, page_data


class Comparisons(WithFolder):
    SMALLEST = ["--scale", "0.003", "--replicates", "2", "--until", "2021-12"]

    def scenario(self, name, text):
        (self.folder / name).write_text(text)
        return name

    COMMAND = "compare"

    def test_bad_input(self):
        same = self.scenario("same.toml", 'name = "same"\n')
        self.refused(["baseline"], "SCENARIO")
        self.refused(["absent.toml", same], "absent.toml: No such file (a scenario in TOML, or the word baseline, is expected)")
        self.refused(["baseline", same, "--replicates", "1"], "--replicates is '1'")
        self.refused(["baseline", same, "--until", "2021-11"], "a month from 2021-12 on is expected")
        other = self.scenario("other.toml", 'name = "other"\nregions = ["IJmond"]\n')
        self.refused(["baseline", other, "--quiet"], "other has other regions than baseline")
        shorter = self.scenario("shorter.toml", 'name = "shorter"\nend = "2025-12"\n')
        self.refused(["baseline", shorter, "--quiet"], "shorter ends in 2025-12, but baseline in 2030-12")
        self.refused([*self.SMALLEST, "baseline", same, "-o", "absent/c.h5", "--quiet"], "absent", expect=3)
        late = self.scenario("late.toml", 'name = "late"\nwith = ["M8-small"]\n[measure.own]\nsource = "assumed"\nstart = "2022-05"\ndose.search.standards = 0.1\n')
        self.refused(["baseline", late, "--until", "2025-12", "--quiet"], "late.toml:2: measure.M8-small.start: is 2026-01, after the last month of the run; a month until 2025-12 is expected")
        never = self.scenario("never.toml", 'end = "2025-12"\n[measure.own]\nsource = "assumed"\nstart = "2026-05"\ndose.search.standards = 0.1\n')
        self.refused(["baseline", never, "--quiet"], "never.toml:4: measure.own.start: is 2026-05, after the last month of the run; a month until 2025-12 is expected")
        self.refused(["baseline", same, "--draws", "3"], "--draws is '3'")
        self.refused(["baseline", same, "--calibrated", same], "--draws is not given")
        self.refused(["baseline", same, "--draws", "4", "--calibrated", "absent.toml"], "absent.toml: No such file")
        self.refused(["baseline", same, "--draws", "4", "--calibrated", same], "holds no draws of a posterior")
        self.refused(["baseline", same, "--sequential", "technicians_at_work"], "--sequential is 'technicians_at_work'")
        self.refused(["baseline", same, "--sequential", "technicians_at_work=0"], "a number above 0")
        self.refused(["baseline", same, "--sequential", "technicians_at_work=9", "--draws", "4"], "one of the two is expected")
        self.refused(["baseline", same, "--quiet", "--sequential", "technician_at_work=9"], "did you mean technicians_at_work?")

    def test_arms(self):
        same = self.scenario("same.toml", 'name = "same"\n')
        strong = self.scenario("strong.toml", 'name = "strong"\n[measure.m]\nstart = "2021-02"\n[measure.m.dose]\nsearch.search_intensity = 3\n')
        done = instroom("compare", "baseline", same, strong, *self.SMALLEST, "-o", "c.h5", "--csv", "c", cwd=self.folder)
        looked = instroom("inspect", "c.h5", cwd=self.folder).stdout
        for part in ["scenarios compared with baseline", "  arm ", "paired_difference", "(arm, replicate, outcome)", "arm less base of one pair of runs", "provenance"]:
            self.assertIn(part, looked)
        instroom("report", "c.h5", "--quiet", "-o", "c.html", cwd=self.folder)
        page = page_data(self.folder / "c.html")["files"][0]
        with h5py.File(self.folder / "c.h5") as f:
            np.testing.assert_array_equal(np.array(page["tables"]["difference"]["values"], dtype=float), f["difference"][...].ravel())
        lines = (self.folder / "c" / "effects.csv").read_text().splitlines()
        self.assertTrue(lines[0].startswith("# instroom compare baseline same.toml strong.toml"), lines[0])
        rows = list(csv.DictReader(lines[1:]))
        self.assertEqual({row["arm"] for row in rows}, {"same", "strong"})
        self.assertEqual({float(row["difference"]) for row in rows if row["arm"] == "same"}, {0.0})
        strong_rows = {(row["outcome"], row["region"]): row for row in rows if row["arm"] == "strong" and row["wage_elasticity"] == "central"}
        self.assertEqual(strong_rows["both_at_work_after_6", ""]["until"], "2021-07")
        self.assertLess(float(strong_rows["unemployment_rate", ""]["difference"]), 0)
        self.assertEqual(strong_rows["technicians_in_side_entry_course", ""]["few_agents"], "yes")
        self.assertEqual(strong_rows["technicians_at_work", ""]["few_agents"], "no")
        for words in ["not distinguishable from noise", "strong (compared from 2021-02 on)", "national", "Who they were before", "wages.contract_elasticity is 0"]:
            self.assertIn(words, done.stdout)
        instroom("compare", "baseline", same, strong, *self.SMALLEST, "--csv", "c", cwd=self.folder, expect=2)  # kept without --force
        instroom("compare", "baseline", same, strong, *self.SMALLEST, "-o", "c.h5", cwd=self.folder, expect=2)
        instroom("compare", "baseline", same, strong, *self.SMALLEST, "--threads", "1", "--quiet", "-o", "d.h5", "--csv", "d", cwd=self.folder)
        self.assertEqual((self.folder / "d" / "effects.csv").read_text().splitlines()[1:], lines[1:])
        self.assertEqual(datasets(self.folder / "c.h5"), datasets(self.folder / "d.h5"))
        for engine in ["h5netcdf", "netcdf4"]:
            with xarray.open_dataset(self.folder / "c.h5", engine=engine) as ds:
                self.assertEqual(ds.difference.dims, ("arm", "wage_elasticity", "outcome"))
                self.assertEqual(list(ds.arm.values), ["same", "strong"])
                rate = ds.difference.sel(arm="strong", wage_elasticity="central", outcome="unemployment_rate")
                self.assertAlmostEqual(float(rate), float(strong_rows["unemployment_rate", ""]["difference"]), places=8)
                pairs = ds.paired_difference.sel(arm="strong", outcome="technicians_at_work in Brainport")
                self.assertEqual(pairs.dims, ("replicate",))
                self.assertAlmostEqual(float(pairs.mean()), float(strong_rows["technicians_at_work", "Brainport"]["difference"]), places=3)
                self.assertEqual(ds.attrs["base"], "baseline")
                self.assertEqual(ds.attrs["scale"], 0.003)
                self.assertIn("search_intensity", str(ds.scenario_text.sel(arm="strong").values))
        with h5py.File(self.folder / "c.h5") as f:
            self.assertTrue(all(len(digest) == 64 for digest in f["provenance/sha256"].asstr()[:]))

    def test_draws(self):
        strong = self.scenario("strong.toml", 'name = "strong"\n[measure.m]\nstart = "2021-02"\n[measure.m.dose]\nsearch.search_intensity = 3\n')
        done = instroom("compare", "baseline", strong, *self.SMALLEST, "--draws", "4", "-o", "c.h5", cwd=self.folder)
        self.assertIn("Differences are means over 4 draws of the parameters", done.stdout)
        self.assertIn("high 0.68", done.stdout)
        with xarray.open_dataset(self.folder / "c.h5") as ds:
            unemployment = ds.sel(arm="strong", wage_elasticity="central", outcome="unemployment_rate")
            self.assertLess(float(unemployment.difference), 0)
            self.assertLessEqual(float(unemployment.outcome_low), float(unemployment.expected_low))
        with xarray.open_dataset(self.folder / "c.h5", group="parameters") as ds:
            self.assertEqual(ds.drawn.sizes["replicate"], 4)
            self.assertEqual(len(np.unique(ds.drawn.sel(drawn_parameter="search.inactive_search"))), 4)

    def test_gates_and_money(self):
        """The reckoning of a measure with a gate and what it costs stand in the file and in CSV, and add up there."""
        gate = self.scenario(
            "gate.toml",
            'name = "gate"\n[parameters.side_entry]\nconsider_employed = 0.05\n[measure.courses]\nsource = "assumed"\nstart = "2021-02"\nregions = ["Brainport", "IJmond"]\n'
            '[measure.courses.offer]\nprogramme = "course"\nplaces = 100000\n[measure.courses.cost]\nfixed = 1000\nper_participant = 50\nper_month = 10\n'
            '[measure.few]\nsource = "assumed"\nstart = "2021-02"\n[measure.few.offer]\nprogramme = "course"\nplaces = 2000\n',
        )
        base = self.scenario("keen.toml", 'name = "keen"\n[parameters.side_entry]\nconsider_employed = 0.05\n')
        words = ["--scale", "0.02", "--replicates", "6", "--until", "2022-12"]
        done = instroom("compare", base, gate, *words, "-o", "c.h5", "--csv", "c", cwd=self.folder)
        self.assertIn("gross = deadweight + displacement + net", done.stdout)
        rows = list(csv.DictReader((self.folder / "c" / "reckoning.csv").read_text().splitlines()[1:]))
        for engine in ["h5netcdf", "netcdf4"]:
            with xarray.open_dataset(self.folder / "c.h5", engine=engine) as ds:
                self.assertEqual(ds.gross.dims, ("arm", "months_after"))
                self.assertEqual(list(ds.months_after.values), [6, 12, 24, 36, 60])
                self.assertEqual(ds.cost_of_one_more.attrs["units"], "euro")
                of = ds.sel(arm="gate")
                reached = of.sel(months_after=[6, 12])
                self.assertTrue(bool((reached.gross > 0).all()))
                np.testing.assert_allclose(reached.gross, reached.deadweight + reached.displacement + reached.net, rtol=1e-12)
                self.assertTrue(bool(np.isnan(of.gross.sel(months_after=[24, 36, 60])).all()))
                self.assertTrue(bool((reached.gross_low < reached.gross).all() and (reached.deadweight_low < reached.deadweight).all()))
                np.testing.assert_allclose(reached.participants, reached.participants_agents * 50, rtol=1e-12)
                self.assertTrue(bool((reached.refused_agents >= 10).all() and (reached.deadweight_few_agents == 0).all()))
                # Those of each gate are those of all; the lot of the smaller one refuses few.
                sums = reached.participants_of_measure.sel(measure=["courses", "few"]).sum("measure")
                np.testing.assert_allclose(sums, reached.participants, rtol=1e-12)
                np.testing.assert_allclose(reached.refused_agents_of_measure.sel(measure=["courses", "few"]).sum("measure"), reached.refused_agents)
                self.assertEqual(int(reached.deadweight_of_measure_few_agents.sel(measure="few", months_after=6)), 1)
                # Money: 23 months in two regions; participants where they live.
                self.assertEqual(float(of.spending_of_measure.sel(measure="few")), 0)
                self.assertAlmostEqual(float(of.spending), float(of.spending_of_measure.sum()), places=6)
                self.assertAlmostEqual(float(of.spending), float(of.spending_in_region.sum()), places=6)
                self.assertAlmostEqual(float(of.spending), float(of.spending_by_education.sum()), places=4)
                self.assertGreater(float(of.spending), 1230 + 50 * float(reached.participants_of_measure.sel(measure="courses", months_after=12)) * 0.9)
                self.assertGreater(float(of.spending_in_region.sel(region="Brainport")), float(of.spending_in_region.sel(region="Zuid-Limburg")))
                costs = of.sel(wage_elasticity="central", outcome=~np.isnan(of.cost_of_one_more))
                self.assertIn("technicians_at_work", costs.outcome.values)
                levels = 0
                for outcome in costs.outcome.values:
                    at = costs.sel(outcome=outcome)
                    self.assertEqual((int(at.distinguishable), str(at.outcome_scope.values)), (1, "inside"))
                    region = str(at.outcome_region.values)
                    spent = of.spending_in_region.sel(region=region) if region else of.spending
                    if str(at.outcome_subject.values) == "education":
                        spent = of.spending_by_education.sel(education=str(outcome).split("_", 2 if str(outcome).startswith("ict") else 1)[-1])
                        levels += 1
                    self.assertAlmostEqual(float(at.cost_of_one_more), float(spent / at.difference), places=6)
                    self.assertTrue(float(at.cost_of_one_more_low) <= float(at.cost_of_one_more) <= float(at.cost_of_one_more_high))
                self.assertGreater(levels, 0)
                spent_on = {r["education"]: float(r["mean"]) for r in rows if r["education"] and r["figure"] == "spending"}
                self.assertAlmostEqual(spent_on["hbo"], float(of.spending_by_education.sel(education="hbo")), places=2)
                by_csv = {(r["figure"], r["measure"], r["months_after"]): r for r in rows if not r["region"] and not r["outcome"] and not r["education"]}
                for figure in ("gross", "deadweight", "displacement", "net"):
                    self.assertAlmostEqual(float(by_csv[figure, "", "6"]["mean"]), float(reached[figure].sel(months_after=6)), places=3)
                self.assertAlmostEqual(float(by_csv["spending", "courses", ""]["mean"]), float(of.spending_of_measure.sel(measure="courses")), places=2)
        self.assertEqual(by_csv["deadweight", "few", "6"]["few_agents"], "yes")

    def test_sequential(self):
        strong = self.scenario("strong.toml", 'name = "strong"\n[measure.m]\nstart = "2021-02"\n[measure.m.dose]\nsearch.search_intensity = 3\n')
        words = ["compare", "baseline", strong, *self.SMALLEST, "--sequential"]
        done = instroom(*words, "unemployment_rate=1", cwd=self.folder)
        self.assertIn("2 replicates: the half-width asked for unemployment_rate is reached.", done.stdout)
        done = instroom(*words, "unemployment_rate=0.000000001", "--most-replicates", "3", cwd=self.folder)
        self.assertIn("3 replicates: the half-width asked for unemployment_rate is not reached", done.stdout)


if __name__ == "__main__":
    main()
