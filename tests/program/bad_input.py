"""Nothing is written, the message names what is wrong and the way out, the exit code is 2 (3 where the system refuses)."""
import re
import shutil
from pathlib import Path

import h5py

from program import SMALL, WithFolder, datasets, instroom, main


class BadInput(WithFolder):
    def refused(self, words, *parts, expect=2):
        before = self.names()
        done = instroom("run", *words, cwd=self.folder, expect=expect)
        for part in parts:
            self.assertIn(part, done.stderr)
        self.assertNotIn("terminate", done.stderr)
        self.assertEqual(self.names(), before)

    def scenario(self, text):
        (self.folder / "s.toml").write_text(text)
        return "s.toml"

    def test_scenarios(self):
        self.refused(["absent.toml"], "absent.toml: No such file (a scenario in TOML is expected)")
        self.refused([self.scenario('nam = "x"\n')], "s.toml:1: nam:", "did you mean name?")
        self.refused([self.scenario("[parameters.demand]\nadjustmnt = 0.1\n")], "s.toml:2: parameters.demand.adjustmnt:", "did you mean parameters.")
        self.refused([self.scenario("start = 2021-01\n")], "s.toml:1: start: a month is written in quotes")
        self.refused([self.scenario('end = "2031-13"\n')], "s.toml:1: end:", "a month from 2021-01")
        self.refused([self.scenario("name = [\n")], "s.toml:")
        self.refused([self.scenario('start = "2025-01"\nend = "2024-12"\n')], "s.toml:2: end:", "before it starts")
        self.refused([self.scenario('regions = ["Brianport"]\n')], "s.toml:1: regions:", "did you mean 'Brainport'?")

    def test_measures(self):
        dose = "[measure.m.dose]\n"
        self.refused([self.scenario('[measure.m]\nstrat = "2022-01"\n')], "s.toml:2: measure.m.strat:", "did you mean start?", "measure.m: has no start", "has no dose")
        start = '[measure.m]\nstart = "2022-01"\n'
        self.refused([self.scenario(start + dose + "search.mobilty = 2\n")], "s.toml:4: measure.m.dose.search.mobilty:", "did you mean search.mobility?")
        self.refused([self.scenario(start + dose + "search.taste = 2\n")], "measure.m.dose.search.taste: is a parameter, but no lever")
        done = instroom("run", self.scenario(start + dose + "search.taste = 2\n"), cwd=self.folder, expect=2)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)  # a dose that is wrong is no lack of one
        self.refused([self.scenario(start + dose + "search.mobility = 200\n")], "measure.m: brings search.mobility to 200 in 2022-01, but a number from 0.1 to 10")
        self.refused([self.scenario(start + 'end = "2021-12"\n' + dose + "search.mobility = 2\n")], "ends in 2021-12, before it starts in 2022-01")
        self.refused([self.scenario(start + "ramp = 0\n" + dose + "search.mobility = 2\n")], "s.toml:3: measure.m.ramp: is 0, but a whole number of months from 1")
        two = '[measure.n]\nstart = "2023-01"\n[measure.n.dose]\nsearch.mobility = 4\n'
        self.refused([self.scenario(start + dose + "search.mobility = 4\n" + two)], "measure.n: brings search.mobility to 16 in 2023-01 together with other measures")

    def test_every_finding_is_named_once_in_the_order_of_lines(self):
        done = instroom("run", self.scenario('seed = -1\nnaam = "x"\nstart = 5\n'), cwd=self.folder, expect=2)
        self.assertEqual([line.split(":")[1] for line in done.stderr.splitlines()], ["1", "2", "3"])

    def test_values_of_parameters(self):
        listed = [line.split() for line in instroom("describe").stdout.splitlines() if line.startswith("  ")]
        name = next(words[0] for words in listed if words[0].count(".") == 1 and float(words[1]) < 1)
        process, parameter = name.split(".")
        self.refused([self.scenario(f"[parameters.{process}]\n{parameter} = -0.5\n")], "s.toml:2:", f"{name}: is -0.5", "is expected")
        self.refused([self.scenario(f'[parameters.{process}]\n{parameter} = "5 %"\n')], "s.toml:2:", "without its unit")

    def levers(self):
        """Name, lowest and highest value of every lever."""
        for line in instroom("describe", "levers").stdout.splitlines():
            if found := re.match(r"  (\w+\.\w+) .*? (\S+) to (\S+) ", line):
                yield found[1], float(found[2]), float(found[3])

    def test_levers(self):
        every = list(self.levers())
        self.assertGreater(len(every), 40)
        text = "[parameters]\n" + "".join(f"{name} = {high + 1}\n" for name, _, high in every)
        done = instroom("run", self.scenario(text), cwd=self.folder, expect=2)
        lines = done.stderr.splitlines()
        self.assertEqual(len(lines), len(every))
        for number, ((name, low, high), line) in enumerate(zip(every, lines)):
            self.assertIn(f"s.toml:{number + 2}: parameters.{name}: is ", line)
            self.assertIn(f"from {low:g} to {high:g}", line)
        for wrong, right in (("side_entry.places_facto", "side_entry.places_factor"), ("teaching.infomation", "teaching.information"),
                             ("work_learnin.added_places", "work_learning.added_places")):
            self.refused([self.scenario(f"[parameters]\n{wrong} = 1\n")], f"s.toml:2: parameters.{wrong}:", f"did you mean parameters.{right}?")
        self.assertEqual(self.names(), ["s.toml"])

    def test_courses_without_capacity_or_length(self):
        shipped = Path(__file__).resolve().parents[2] / "regions" / "data"
        table = (shipped / "programmes.csv").read_text().splitlines()
        column = table[0].split(",").index("value")
        places = next(n for n, line in enumerate(table) if line.startswith("NL,course_places_year,"))
        length = next(n for n, line in enumerate(table) if line.startswith("NL,course_length,BRC 081,"))

        def refused(damaged, *parts):
            data = self.folder / "data"
            shutil.copytree(shipped, data)
            (data / "programmes.csv").write_text("\n".join(damaged) + "\n")
            done = instroom("run", *SMALL, "-o", "x.h5", cwd=self.folder, expect=2, data=data)
            shutil.rmtree(data)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            for part in (str(data / "programmes.csv"), *parts):
                self.assertIn(part, done.stderr)
            self.assertEqual(self.names(), [])

        for row, limit in ((places, "more than 0 places"), (length, "more than 0 months")):
            before, after = (words := table[row].split(","))[:column], words[column + 1:]
            for value, said in (("", "value is empty (a number is expected)"), ("many", "value is 'many'"), ("0", limit), ("-3", limit)):
                refused(table[:row] + [",".join([*before, value, *after])] + table[row + 1:], f":{row + 1}: value is ", said)
        refused(table[:places] + table[places + 1:], "no row has", "course_places_year", "the nearest is line ")
        refused([line for line in table if not line.startswith("NL,course_length,BRC 08")], ": ", "has a course (a row course_length is expected)")
        refused([*table, table[length].replace(",5,", ",6,", 1)], f":{len(table) + 1}: ", "'BRC 081' has a length already")
        refused([*table, table[length].replace("BRC 081", "BRC 0811")], f":{len(table) + 1}: breakdown is 'BRC 0811'")

    def test_options(self):
        self.refused(["--scale", "0"], "--scale is '0'", "above 0 and at most 1")
        self.refused(["--scale", "2"], "--scale is '2'")
        self.refused(["--scale", "-1"], "--scale")
        self.refused(["--scal", "0.1"], "'--scal' is no option of instroom run; did you mean '--scale'?")
        self.refused(["--until", "2020-05"], "--until is '2020-05'", "2021-01")
        self.refused(["--from", "2022-01", "--until", "2021-05"], "before its first month")
        self.refused(["--regions", "Zuid Limburg"], "did you mean 'Zuid-Limburg'?")
        self.refused(["--replicate-from", str(2**20)], "--replicate-from", "1048575")
        self.refused(["--replicate-from", str(2**20 - 1), "--replicates", "2"], "1048575")
        self.refused(["--threads", "none"], "--threads is 'none'")
        self.refused(["--panel", "1000000", "--scale", "0.001", "--until", "2021-01"], "--panel")
        self.refused(["--resume", "x", "--scale", "0.1"], "--scale cannot be given with --resume")
        done = instroom("rnu", expect=2)
        self.assertIn("did you mean 'run'?", done.stderr)

    def test_outputs_that_cannot_be_written(self):
        self.refused([*SMALL, "-o", "absent/run.h5"], "absent", expect=3)
        self.refused([*SMALL, "-o", "/proc/run.h5"], "/proc/run.h5", expect=3)
        (self.folder / "folder.h5").mkdir()
        self.refused([*SMALL, "-o", "folder.h5"], "is a folder")

    def test_an_existing_output_is_kept_unless_forced(self):
        (self.folder / "old.h5").write_text("precious")
        self.refused([*SMALL, "-o", "old.h5"], "exists and is kept", "--force")
        self.assertEqual((self.folder / "old.h5").read_text(), "precious")
        self.run_small("old.h5", "--force", until="2021-01")
        self.assertGreater(len(datasets(self.folder / "old.h5")), 40)

    def test_memory(self):
        self.refused(["--replicates", "65536"], "of memory", "--scale")

    def test_files_that_are_no_trajectory(self):
        (self.folder / "text.h5").write_text("not HDF5")
        self.assertIn("is no HDF5 file", instroom("inspect", self.folder / "text.h5", expect=2).stderr)
        self.assertIn("No such file", instroom("inspect", self.folder / "absent.h5", expect=2).stderr)
        with h5py.File(self.folder / "other.h5", "w") as f:
            f["x"] = 1
        self.assertIn("was not written by Instroom", instroom("inspect", self.folder / "other.h5", expect=2).stderr)


if __name__ == "__main__":
    main()
