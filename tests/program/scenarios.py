"""Scenario files are checked, written out in full and held against each other."""
import json

from program import WithFolder, instroom, main


class Scenarios(WithFolder):
    PLAN = 'name = "plan"\nend = "2028-12"\n[parameters.search]\nmobility = 1.5\n[measure.m]\nstart = "2024-01"\nramp = 3\n[measure.m.dose]\nsearch.standards = 0.2\n'

    def test_scenarios(self):
        (self.folder / "plan.toml").write_text(self.PLAN)
        (self.folder / "wrong.toml").write_text("ned = 5\n")
        run = lambda *words, expect=0: instroom("scenario", *words, cwd=self.folder, expect=expect)
        self.assertIn("plan.toml: plan, 2021-01 to 2028-12; 3 differences from the baseline", run("check", "plan.toml").stdout)
        self.assertIn("wrong.toml:1: ned: no key of a scenario has this name; did you mean end?", run("check", "plan.toml", "wrong.toml", expect=2).stderr)
        self.assertIn("absent.toml: No such file", run("check", "absent.toml", expect=2).stderr)
        self.assertIn("did you mean 'check'?", run("chek", "plan.toml", expect=2).stderr)
        self.assertIn("but 3 are given", run("diff", "baseline", "plan.toml", "plan.toml", expect=2).stderr)
        difference = run("diff", "plan.toml").stdout.splitlines()
        self.assertEqual(difference[:2], ["end: 2030-12 -> 2028-12", "parameters.search.mobility: 1 -> 1.5"])
        self.assertEqual(difference[2:], ["with: Measure m from 2024-01, at full strength after 3 months: search.standards 0.2"])
        self.assertIn("without: Measure m", run("diff", "plan.toml", "baseline").stdout)
        # What is shown reads back as the same scenario.
        (self.folder / "again.toml").write_text(run("show", "plan.toml").stdout)
        self.assertEqual(run("diff", "plan.toml", "again.toml").stdout, "No difference\n")

    def test_library(self):
        run = lambda *words, expect=0: instroom("scenario", *words, cwd=self.folder, expect=expect)
        listed = run("list").stdout
        for part in ["M5a               2023-01", "M8-small          what-if", "110 work_learning places a year", "plan: M1 M2 M3"]:
            self.assertIn(part, listed)
        shown = run("show", "M5a").stdout
        self.assertIn('offer.places = {value = 110, low = 100, high = 120, status = "derived", source = "the letter says over 100', shown)
        (self.folder / "m5a.toml").write_text('extends = "nothing"\n' + shown)
        self.assertIn("1 measure", self.measures(run, "m5a.toml"))
        (self.folder / "less.toml").write_text('extends = "nothing"\nwith = ["plan"]\nwithout = ["M2"]\n[measure.M4]\nramp = 6\n')
        (self.folder / "more.toml").write_text('extends = "less.toml"\nwithout = ["M3"]\n[measure.M4.offer]\nplaces = 500\n')
        self.assertEqual(run("diff", "less.toml", "more.toml").stdout.count("\n"), 2)  # M3, and the places of M4
        self.assertIn("-> 500", run("diff", "less.toml", "more.toml").stdout)
        (self.folder / "loop.toml").write_text('extends = "loop.toml"\n')
        self.assertIn("loop.toml:1: extends: closes a cycle: loop.toml extends loop.toml", run("check", "loop.toml", expect=2).stderr)

    def measures(self, run, file):
        count = run("show", file).stdout.count("[measure.")
        return f"{count} measure" + ("" if count == 1 else "s")

    def test_a_scenario_to_begin_with_and_the_schema(self):
        run = lambda *words, expect=0: instroom("scenario", *words, cwd=self.folder, expect=expect)
        (self.folder / "mine.toml").write_text(run("new", "mine").stdout)
        self.assertIn("mine.toml: mine, 2021-01 to 2030-12; no difference from the baseline", run("check", "mine.toml").stdout)
        self.assertIn("needs the name", run("new", expect=2).stderr)
        self.assertIn("takes no scenario", run("list", "mine.toml", expect=2).stderr)
        self.assertIn("needs a scenario file", run("check", expect=2).stderr)
        self.assertIn("--json belongs to", run("list", "--json", expect=2).stderr)
        self.assertIn("measure.NAME.offer.places", run("schema").stdout)
        schema = json.loads(run("schema", "--json").stdout)
        measure = schema["properties"]["measure"]["additionalProperties"]["properties"]
        self.assertIn("ramp", measure)
        self.assertIn("search.mobility".split(".")[1], measure["dose"]["properties"]["search"]["properties"])
        self.assertIn("mobility", schema["properties"]["parameters"]["properties"]["search"]["properties"])


if __name__ == "__main__":
    main()
