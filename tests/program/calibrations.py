"""Bad targets are named before a run, an interrupted calibration goes on from its finished runs, and its file is a scenario."""
from program import SMALL, WithFolder, instroom, main

TARGETS = """cut_rank = 1
[free.separations.give_up]
identified_by = "rate"
[target.rate]
kind = "ratio"
top = ["persons; labour_status = unemployed"]
bottom = ["persons; labour_status = unemployed | employed"]
from = "2021-04"
until = "2021-06"
observed = 0.04
sampling_error = 0.01
discrepancy = 0.01
errors = "assumed"
status = "assumed"
source = ""
"""


class Calibrations(WithFolder):
    SMALLEST = ["--scale", "0.002", "--waves", "1", "--budget", "30", "--quiet"]

    def targets(self, was="", becomes=""):
        self.assertIn(was, TARGETS)
        (self.folder / "t.toml").write_text(TARGETS.replace(was, becomes) if was else TARGETS)
        return "t.toml"

    COMMAND = "calibrate"

    def test_bad_input(self):
        self.refused(["absent.toml"], "absent.toml: No such file (a file of targets in TOML is expected)")
        self.refused([self.targets("persons; labour_status = unemployed |", "person; labour_status = unemployed |")], "t.toml:", "no series is named 'person'", "persons?")
        self.refused([self.targets("= unemployed |", "= unemploied |")], "'unemploied' is no labour_status", "unemployed?")
        self.refused([self.targets("cut_rank = 1", "cut = -3")], "t.toml:1: cut: is -3, but a number of standard deviations from 0.5 to 100 is expected")
        self.refused([self.targets("identified_by", 'prior = "uniform(2, 1)"\nsource = "assumed"\nidentified_by')], "low end above its high end")
        self.refused([self.targets("separations.give_up", "schooling.sto_effect")], "effect of measures")
        self.refused([self.targets("2021-06", "2041-06")], "ten years at most")
        self.refused([self.targets(), "--budget", "12"], "the budget of 12 runs is too small", "a wave needs 10 runs")
        self.refused([self.targets(), "--waves", "0"], "--waves is '0'")
        self.refused([self.targets(), "-o", "absent/c.toml"], "absent", expect=3)
        (self.folder / "c.toml").write_text("precious")
        self.refused([self.targets(), "-o", "c.toml"], "exists and is kept", "--force")

    def test_an_interruption_goes_on_to_the_same_bytes(self):
        words = [self.targets(), *self.SMALLEST, "-o", "c.toml"]
        instroom("calibrate", *words, "--threads", "1", cwd=self.folder)
        (self.folder / "c.toml").rename(self.folder / "whole.toml")
        runs = len((self.folder / "c.runs.csv").read_text().splitlines())
        (self.folder / "c.runs.csv").unlink()
        self.interrupt([*words, "--threads", "1"], "c.runs.csv")
        self.assertFalse((self.folder / "c.toml").exists())
        done = len((self.folder / "c.runs.csv").read_text().splitlines())
        self.assertLess(done, runs)
        instroom("calibrate", *words, "--threads", "1", cwd=self.folder)
        self.assertEqual((self.folder / "c.toml").read_bytes(), (self.folder / "whole.toml").read_bytes())
        self.assertEqual(len((self.folder / "c.runs.csv").read_text().splitlines()), runs)
        # On other threads all but the command line is the same.
        (self.folder / "c.toml").unlink()
        (self.folder / "c.runs.csv").unlink()
        instroom("calibrate", *words, "--threads", "3", cwd=self.folder)
        strip = [line for line in (self.folder / "c.toml").read_text().splitlines() if "instroom calibrate" not in line]
        self.assertEqual(strip, [line for line in (self.folder / "whole.toml").read_text().splitlines() if "instroom calibrate" not in line])
        (self.folder / "c.toml").unlink()
        self.refused([*words[:1], "--scale", "0.003", *words[3:]], "c.runs.csv holds runs of another command")
        instroom("run", "whole.toml", *SMALL, "--until", "2021-01", "--quiet", cwd=self.folder)
        self.assertTrue((self.folder / "whole.h5").exists())


if __name__ == "__main__":
    main()
