"""What a campaign is worth: its file, its report, what goes on from finished runs, and what is refused before a run."""
import re

import numpy as np
import xarray

from program import PROGRAM, WithFolder, datasets, instroom, main


class Appraisals(WithFolder):
    SMALLEST = ["--base", "base.toml", "--scale", "0.02", "--draws", "8", "--samples", "200", "--until", "2027-12"]
    COMMAND = "appraise"

    def setUp(self):
        super().setUp()
        (self.folder / "base.toml").write_text('regions = ["IJmond", "Zeeuws-Vlaanderen"]\n')
        (self.folder / "mine.toml").write_text(
            'start = "2026-01"\nmonths = 18\neuro_a_year = 3e7\naims = ["study_choice", "pupils_bbl", "side_entry", "learning_companies"]\n'
            '[channel.video]\ngroup = "young"\nshare = 0.5\ncost_per_contact = {value = 0.01, low = 0.008, high = 0.015}\n'
            '[channel.television]\ngroup = "adults"\nshare = 0.5\ncost_per_contact = 0.006\n'
        )

    def test_bad_input(self):
        self.refused(["midle"], "'midle' is no campaign file and no shipped campaign; did you mean middle?")
        self.refused(["mine.toml", "--budget-grid", "1e6,-2"], "--budget-grid is '-2', but euro from 0 on")
        self.refused(["mine.toml", "--draws", "2"], "--draws is '2'")
        self.refused(["mine.toml", "--threshold", "much"], "--threshold is 'much'")
        self.refused(["mine.toml", "mine.toml", "--quiet"], "two campaigns are called mine")
        self.refused(["mine.toml", "--until", "2026-06", "--quiet"], "a year at least is expected")
        self.refused(["middle-regions", *self.SMALLEST, "--quiet"], "runs in Groot-Rijnmond, which is no region of the runs")
        good = (self.folder / "mine.toml").read_text()
        for wrong, words in (
            (good.replace("cost_per_contact = 0.006", "cost_per_contact = 0.006\nreach = 1.1"), "mine.toml:13: channel.television.reach: is 1.1"),
            (good + "[response]\nhalf_life = -4\n", "mine.toml:14: response.half_life: is -4"),
            (good.split("[channel")[0], "mine.toml:3: euro_a_year: is money without a channel"),
            (good.replace('"adults"', '"adlts"'), "did you mean adults?"),
        ):
            (self.folder / "mine.toml").write_text(wrong)
            self.refused(["mine.toml"], words)
        (self.folder / "mine.toml").write_text(good)
        (self.folder / "a.h5").write_text("precious")
        self.refused(["mine.toml", *self.SMALLEST, "-o", "a.h5", "--quiet"], "exists and is kept", "--force")
        self.refused(["mine.toml", *self.SMALLEST, "--report", "a.h5", "--quiet"], "is a file; a folder is expected")
        self.refused(["mine.toml", *self.SMALLEST, "-o", "absent/b.h5", "--quiet"], "absent", expect=3)

    def test_report_and_file(self):
        words = ["mine.toml", *self.SMALLEST, "--budget-grid", "0,3e6,3e7", "--alternatives", "2", "--runs", "runs"]
        done = instroom("appraise", *words, "-o", "a.h5", "--report", "report", cwd=self.folder)
        for part in ("Decision: ", "Knowing everything is worth", "rests on figures of the campaign that are only assumed", "Written: report/appraisal.html"):
            self.assertIn(part, done.stdout)
        first = (self.folder / "runs").read_bytes()
        # Every run is in the file; one thread gives the same.
        instroom("appraise", *words, "-o", "b.h5", "--report", "again", "--threads", "1", cwd=self.folder)
        self.assertEqual((self.folder / "runs").read_bytes(), first)
        self.assertEqual(datasets(self.folder / "a.h5"), datasets(self.folder / "b.h5"))
        lines = (self.folder / "report" / "appraisal.md").read_text().splitlines()
        self.assertEqual([l for l in lines if not l.startswith("Command")], [l for l in (self.folder / "again" / "appraisal.md").read_text().splitlines() if not l.startswith("Command")])
        html = (self.folder / "report" / "appraisal.html").read_text()
        pictures = re.findall(r"!\[.*\]\((.*)\.svg\)", "\n".join(lines))
        self.assertEqual(len(pictures), html.count("<svg "))
        for name in pictures:
            self.assertIn((self.folder / "report" / (name + ".svg")).read_text(), html)
        for line in lines:
            if line.startswith("## "):
                self.assertIn("<h2>" + line[3:], html)
        for outside in ("src=", "href=", "<script", "url("):
            self.assertNotIn(outside, html)
        with xarray.open_dataset(self.folder / "a.h5") as ds:
            self.assertEqual(list(ds.option.values), ["mine at 0 million", "mine at 3 million", "mine at 30 million"])
            # Without money nothing changes, exactly.
            nothing = ds.sel(option="mine at 0 million")
            for name in ("technician_years", "technician_years_of_pairs", "technician_years_of_draw", "technician_years_high", "net_benefit", "reach", "chain_change", "cost"):
                self.assertTrue(bool((nothing[name] == 0).all()), name)
            self.assertTrue(bool((ds.technician_years_of_draw.sel(option="mine at 30 million") != 0).any()))
            self.assertTrue(bool((ds.reach.diff("option") >= 0).all()))
            # Nothing is worth more than knowing everything, and a sample no more than what it measures.
            perfect = ds.attrs["value_of_perfect_information_at_threshold"]
            links = ds.attrs["value_of_campaign_links"]
            self.assertTrue(0 <= links <= perfect + 1e-6)
            self.assertTrue(bool((ds.value_of_link >= 0).all()) and bool((ds.value_of_link <= perfect + 1e-6).all()))
            self.assertTrue(bool((ds.value_of_sample >= 0).all()) and bool((ds.value_of_sample <= links + 1e-6).all()))
            self.assertTrue(bool((ds.pilot_least_p < 1e-6).all()))
            self.assertTrue(bool((ds.probability_best.sum("option") <= 1 + 1e-9).all()))
            scalable = ds.measure_technician_years.values[ds.not_scalable.values == ""]
            self.assertGreater(len(scalable), 3)
            self.assertFalse(np.isnan(scalable).any())
            np.testing.assert_allclose(ds.split_own.sum(), 1)
            np.testing.assert_allclose(ds.split_best.sum(), 1)
        self.refused(["mine.toml", *self.SMALLEST, "--seed", "2", "--runs", "runs", "--quiet"], "runs")

    def test_interrupted(self):
        words = ["mine.toml", *self.SMALLEST, "--alternatives", "0", "--quiet"]
        instroom("appraise", *words, "-o", "whole.h5", cwd=self.folder)
        self.interrupt([*words, "--runs", "runs", "-o", "cut.h5"], "runs")
        self.assertFalse((self.folder / "cut.h5").exists())
        instroom("appraise", *words, "--runs", "runs", "-o", "cut.h5", cwd=self.folder)
        self.assertEqual(datasets(self.folder / "cut.h5"), datasets(self.folder / "whole.h5"))

    def test_in_parts_by_a_sweep(self):
        """Draws as the points of a sweep, as a cluster runs them: gathered, they give what one command gives."""
        words = ["mine.toml", *self.SMALLEST, "--alternatives", "0", "--quiet"]
        instroom("appraise", *words, "-o", "whole.h5", cwd=self.folder)
        (self.folder / "draws.toml").write_text(
            f'command = "{PROGRAM} appraise {" ".join(words)} --runs {self.folder}/runs --points"\noutcomes = ["runs"]\n'
            '[design]\nkind = "grid"\nlevels = 8\n[factors]\ndraw = {low = 0, high = 7}\n'
        )
        instroom("sweep", "plan", "draws.toml", "--points-per-task", 3, "--unmeasured", "--quiet", cwd=self.folder)
        for task in range(3):
            instroom("sweep", "run", "draws", "--task", task, "--quiet", cwd=self.folder)
        self.assertEqual([name for name in self.names() if name.startswith("runs.")], ["runs.draw-0", "runs.draw-3", "runs.draw-6"])
        instroom("appraise", *words, "--runs", "runs", "--finished", "-o", "parts.h5", cwd=self.folder)
        self.assertEqual(datasets(self.folder / "parts.h5"), datasets(self.folder / "whole.h5"))
        self.refused([*words, "--points", "draws.toml", "r.csv"], "--points needs --runs")

    def test_same_decision_for_two_seeds(self):
        """At so little for a technician-year that the money decides, far from the turn: clear under both seeds, and the same."""
        decisions = set()
        for seed in ("1", "2"):
            instroom("appraise", "mine.toml", *self.SMALLEST, "--alternatives", "0", "--threshold", "20", "--seed", seed, "--quiet", "-o", seed + ".h5", cwd=self.folder)
            with xarray.open_dataset(self.folder / (seed + ".h5")) as ds:
                self.assertEqual(ds.attrs["decision_clear"], 1)
                decisions.add(ds.attrs["decision"])
        self.assertEqual(decisions, {"nothing"})

    def test_no_places_no_starts(self):
        """Who hears of courses and of the work-based path begins none where there is no place."""
        without = 'regions = ["IJmond", "Zeeuws-Vlaanderen"]\nwithout = ["plan"]\n'
        closed = '[measure.closed]\nstart = "2024-01"\n[measure.closed.dose]\nside_entry.places_factor = 0.01\nschooling.places_factor = 0\n'
        starts = {}
        for name, text in (("open", without), ("closed", without + closed)):
            (self.folder / "base.toml").write_text(text)
            instroom("appraise", "mine.toml", *self.SMALLEST, "--alternatives", "0", "--quiet", "-o", name + ".h5", cwd=self.folder)
            with xarray.open_dataset(self.folder / (name + ".h5")) as ds:
                starts[name] = ds.sel(link_figure="course starts").isel(option=0).load()
        # A hundredth of the places is the least that the lever allows, and a few agents stand behind either.
        self.assertLess(float(starts["closed"].chain_base), float(starts["open"].chain_base))
        self.assertEqual(float(starts["closed"].chain_change), 0)
        self.assertGreater(float(starts["closed"].awareness.max()), 0.05)


if __name__ == "__main__":
    main()
