"""Bad draws are named before a run, an interrupted command goes on, shares add up, and a run's summary names assumed drivers."""
import csv
import re
import subprocess
from pathlib import Path

from program import SMALL, WithFolder, instroom, main


class Drivers(WithFolder):
    SMALLEST = ["--scale", "0.002", "--draws", "24", "--until", "2021-12"]

    COMMAND = "drivers"

    def draws(self, name="search.employed_search", count=30):
        (self.folder / "c.toml").write_text(f'name = "c"\n[calibration.draws]\n"{name}" = [{", ".join(["0.02", "0.03"] * (count // 2))}]\n')
        return "c.toml"

    def test_bad_input(self):
        (self.folder / "plain.toml").write_text("[parameters.demand]\nadjustment = 0.2\n")
        self.refused(["absent.toml"], "absent.toml: No such file (a file that `instroom calibrate` wrote is expected)")
        self.refused(["plain.toml"], "plain.toml: holds no draws of a posterior")
        self.refused([self.draws("search.employd_search")], "c.toml:3: calibration.draws.search.employd_search: no parameter has this name", "search.employed_search?")
        self.refused([self.draws(count=18)], "holds 18 draws of a posterior, but at least 20 are expected")
        self.refused(["--draws", "19"], "--draws is '19', but a whole number from 20")
        self.refused(["--until", "2021-11"], "--until is '2021-11', but a month from 2021-12 to 2030-12 is expected")
        self.refused(["--until", "2031-01"], "--until is '2031-01', but a month from 2021-12 to 2030-12 is expected")
        self.refused(["--scale", "2"], "--scale is '2'")
        self.refused(["--drawn", "30"], "did you mean '--draws'?")
        self.refused([*self.SMALLEST, "-o", "absent/d.csv"], "absent", expect=3)
        (self.folder / "drivers.csv").write_text("precious")
        self.refused(self.SMALLEST, "exists and is kept", "--force")

    def rows(self, file):
        lines = (self.folder / file).read_text().splitlines()
        return list(csv.DictReader(line for line in lines if not line.startswith("#"))), lines[0]

    def test_an_interruption_goes_on_to_the_same_shares(self):
        words = [self.draws(), *self.SMALLEST, "--threads", "1"]
        self.interrupt([*words, "-o", "d.csv"], "d.runs.csv")
        self.assertFalse((self.folder / "d.csv").exists())
        file = self.folder / "d.runs.csv"
        before = file.read_text()
        done = instroom("drivers", *words, "-o", "d.csv", cwd=self.folder)
        self.assertTrue(file.read_text().startswith(before[: before.rindex("\n")]), "finished runs stay as they are")
        self.assertIn("finished runs in d.runs.csv", done.stderr)
        instroom("drivers", *words[:-1], "3", "--quiet", "-o", "e.csv", cwd=self.folder)
        rows, first = self.rows("d.csv")
        self.assertEqual(rows, self.rows("e.csv")[0])
        self.assertTrue(first.startswith("# instroom drivers c.toml"), first)
        shares = {}
        for row in rows:
            shares.setdefault(row["indicator"], []).append(float(row["share"]))
        self.assertEqual(len(shares), 10)
        for name, some in shares.items():
            self.assertAlmostEqual(sum(some), 1, delta=0.001, msg=name)
            self.assertGreaterEqual(min(some), 0)
        for row in rows:
            self.assertGreater(float(row["mean"]), 0, row)
        for name in ["technicians at work", "unemployment rate", "chance"]:
            self.assertIn(name, done.stdout)
        # The picture of the shares can be drawn.
        tool = Path(__file__).parents[2] / "tools" / "picture_drivers.py"
        subprocess.run(["/usr/bin/python3", tool, self.folder / "d.csv", self.folder / "d.svg"], check=True)
        self.assertIn("unemployment rate", (self.folder / "d.svg").read_text())

    def test_a_run_names_the_assumed_parameters_that_drive_it(self):
        words = ["run", *SMALL, "--until", "2021-01", "--force", "-o", "r.h5"]
        summary = instroom(*words, cwd=self.folder).stdout
        named = re.search(r"^Assumed parameters drive core indicators of 2030: (.*)$", summary, re.MULTILINE)
        self.assertIsNotNone(named, summary)
        first = named[1].split(" ")[0]
        self.assertIn("status   assumed", instroom("describe", first).stdout)
        self.assertNotIn("Assumed", instroom(*words, "--quiet", cwd=self.folder).stdout)


if __name__ == "__main__":
    main()
