"""Bad cuts and figures are named before a run, later figures can be held against a forecast, and an interrupted backtest goes on."""
import csv

from calibrations import TARGETS
from program import WithFolder, instroom, main


class Backtests(WithFolder):
    HEADER = "region,variable,breakdown,period,value,low,high,unit,status,source,url,note,known_from\n"
    LATER = "NL,vacancies_open,SA,2024Q1,400000,,,vacancies,observed,test,,,2024-06-29\n"
    SMALLEST = ["--scale", "0.002", "--draws", "3", "--budget", "24", "--quiet"]

    def setUp(self):
        super().setUp()
        (self.folder / "later.csv").write_text(self.HEADER + self.LATER)
        (self.folder / "quick.toml").write_text("[parameters.demand]\nadjustment = 0.2\n")
        (self.folder / "targets.toml").write_text(TARGETS.replace("2021-04", "2021-01").replace('source = ""', 'source = ""\nknown_from = "2021-09-28"'))

    COMMAND = "backtest"

    def observed(self, was, becomes):
        text = self.HEADER + self.LATER
        self.assertIn(was, text)
        (self.folder / "bad.csv").write_text(text.replace(was, becomes))
        return ["--observed", "bad.csv"]

    def forecasts(self, name):
        with open(self.folder / name, newline="") as file:
            return [{k: v for k, v in row.items() if k != "command_line"} for row in csv.DictReader(file)]

    def test_bad_input(self):
        (self.folder / "bad.csv").write_text("")
        self.refused(["--cut", "2022-05"], "--cut is '2022-05', but the last month of a quarter from 2021-06 to", "did you mean '2022-06'?")
        self.refused(["--cut", "2031-12"], "--cut is '2031-12'", "did you mean '2024-")
        self.refused(["--cut", "soon"], "--cut is 'soon', but a month from 2021-01")
        self.refused(["--cut", "2022-06", "--rolling"], "--cut or --rolling is expected")
        self.refused(["--cuts", "2022-06"], "did you mean '--cut'?")
        self.refused(["--observed", "absent.csv"], "absent.csv: No such file (a table of observed figures in CSV is expected)")
        self.refused(self.observed("known_from", "known_form"), "bad.csv:1: column 'known_form' is unknown; did you mean 'known_from'?")
        self.refused(self.observed("vacancies_open", "vacancy_open"), "bad.csv:2: variable 'vacancy_open' is no series", "did you mean 'vacancies_open'?")
        self.refused(self.observed("400000", "4OOOOO"), "bad.csv:2: value is '4OOOOO' (a number such as 1250.5 is expected)")
        self.refused(self.observed("2024Q1", "2024Q7"), "bad.csv:2: period is '2024Q7'")
        self.refused(self.observed("2024Q1", "2023Q4"), "vacancies_open of 2023Q4 stands on", "observed.csv:")
        self.refused(["--parameters", "absent.toml"], "absent.toml: No such file")
        self.refused(["--parameters", "quick.toml", "quick.toml", "quick.toml"], "--parameters names 3 files for 1 cuts")
        (self.folder / "late.toml").write_text('[calibration.moment.rate]\nknown_from = "2023-03-31"\n')
        self.refused(["--parameters", "late.toml"], 'late.toml:2: calibration.moment.rate.known_from: is "2023-03-31"', "2022-12-31")
        self.refused(["targets.toml", "--budget", "12"], "the budget of 12 runs is too small")
        self.refused(["-o", "absent/b.csv", "--parameters", "quick.toml"], "absent", expect=3)
        (self.folder / "b.csv").write_text("precious")
        self.refused(["-o", "b.csv", "--parameters", "quick.toml"], "exists and is kept", "--force")

    def test_later_figures_are_held_against_an_old_forecast(self):
        words = [*self.SMALLEST, "--cut", "2022-03,2022-12", "--parameters", "quick.toml"]
        instroom("backtest", *words, "-o", "shipped.csv", cwd=self.folder)
        instroom("backtest", *words, "-o", "later.out.csv", "--observed", "later.csv", cwd=self.folder)
        shipped, later = self.forecasts("shipped.csv"), self.forecasts("later.out.csv")
        added = [row for row in later if row["period"] == "2024Q1"]
        self.assertEqual([(row["cut"], row["kind"], row["quarters_ahead"], row["observed"]) for row in added], [("2022-03", "unconditional", "8", "400000")])
        self.assertEqual({(row["cut"], row["kind"]) for row in shipped}, {(c, k) for c in ("2022-03", "2022-12") for k in ("unconditional", "conditional")})
        for row in later:
            self.assertGreater(row["known_from"], row["cut"] + "-31")
            self.assertLessEqual(float(row["low"]), float(row["forecast"]))
            self.assertLessEqual(float(row["forecast"]), float(row["high"]))
            self.assertGreaterEqual(float(row["crps"]), 0)
        # National totals are known to a conditional forecast.
        self.assertNotIn("vacancies_open", {row["series"] for row in shipped if row["kind"] == "conditional"})
        self.assertIn("vacancies_open", {row["series"] for row in shipped if row["kind"] == "unconditional"})

    def test_an_interruption_goes_on_to_the_same_bytes_on_any_threads(self):
        words = ["targets.toml", *self.SMALLEST, "--cut", "2021-12"]
        self.interrupt([*words, "--threads", "1", "-o", "b.csv"], "b.2021-12.calibration.runs.csv")
        self.assertFalse((self.folder / "b.csv").exists())
        instroom("backtest", *words, "--threads", "1", "-o", "b.csv", cwd=self.folder)
        done = instroom("backtest", *[w for w in words if w != "--quiet"], "--threads", "3", "-o", "c.csv", cwd=self.folder)
        self.assertEqual(self.forecasts("b.csv"), self.forecasts("c.csv"))
        for part in ["rows of time paths were known later and are refused", "instead: demand: driven by figures until 2021-09", "told by them", "unconditional", "autoreg.", "Diebold-Mariano: not computed"]:
            self.assertIn(part, done.stdout)


if __name__ == "__main__":
    main()
