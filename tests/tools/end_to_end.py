"""The built program from outside: good and bad input, interruptions, full disks, and the promises on bytes.

Usage: INSTROOM=path/to/instroom end_to_end.py [Class ...]. Needs Debian's python3-h5py, python3-xarray, python3-h5netcdf and python3-netcdf4.
Every class is one test of ctest. Runs are small: two regions, one agent for fifty persons.
"""
import contextlib
import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import h5py
import numpy as np
import xarray

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from datasets import datasets  # noqa: E402

PROGRAM = os.environ["INSTROOM"]
SMALL = ["--scale", "0.02", "--regions", "IJmond,Zeeuws-Vlaanderen"]


def instroom(*words, cwd=None, expect=0, data=None):
    """Runs the program; fails with its words where the exit code is another than expected. `data`: another folder of tables than the shipped one."""
    environment = {**os.environ, "INSTROOM_DATA": str(data)} if data else None
    done = subprocess.run([PROGRAM, *map(str, words)], cwd=cwd, capture_output=True, text=True, timeout=600, env=environment)
    if done.returncode != expect:
        raise AssertionError(f"instroom {' '.join(map(str, words))}: exit code {done.returncode} instead of {expect}\n{done.stdout}\n{done.stderr}")
    return done


def page_data(page):
    """What a page of `instroom report` shows."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', Path(page).read_text(), re.S).group(1))


class WithFolder(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="instroom-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_small(self, name, *words, until="2021-04", expect=0):
        return instroom("run", *SMALL, "--quiet", "--until", until, "-o", self.folder / name, *words, expect=expect)

    def names(self):
        return sorted(p.name for p in self.folder.iterdir())

    def refused(self, words, *parts, expect=2):
        """The COMMAND of the class says in one line what is wrong, and leaves the folder as it was."""
        before = self.names()
        done = instroom(self.COMMAND, *words, cwd=self.folder, expect=expect)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        for part in parts:
            self.assertIn(part, done.stderr)
        self.assertEqual(self.names(), before)

    def assert_same(self, a, b, but=()):
        left, right = datasets(self.folder / a), datasets(self.folder / b)
        left = {k: v for k, v in left.items() if not k.startswith(tuple(but))} if but else left
        right = {k: v for k, v in right.items() if not k.startswith(tuple(but))} if but else right
        self.assertGreater(len(left), 40)
        self.assertEqual(sorted(left), sorted(right))
        self.assertEqual([k for k in left if left[k] != right[k]], [])


class BadInput(WithFolder):
    """Nothing is written, the message names what is wrong and the way out, the exit code is 2 (3 where the system refuses)."""

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


class Commands(WithFolder):
    def test_help_has_examples(self):
        for command in [[], ["run"], ["regions"], ["describe"], ["inspect"], ["data"], ["calibrate"], ["backtest"], ["drivers"], ["scenario"], ["compare"], ["assess"], ["diverge"], ["report"], ["plot"], ["completion"]]:
            self.assertIn("Example", instroom(*command, "--help").stdout)

    def test_version(self):
        words = instroom("--version").stdout
        for part in ["instroom ", "git ", "glibc", "FMA: "]:
            self.assertIn(part, words)

    def test_describe(self):
        everything = instroom("describe").stdout
        self.assertIn("technical_flow", everything)
        name = next(line.split()[0] for line in everything.splitlines() if line.startswith("  ") and line.split()[0].count(".") == 1)
        for part in ["default", "unit", "range", "status"]:
            self.assertIn(part, instroom("describe", name).stdout)
        self.assertIn(name, instroom("describe", name.split(".")[0]).stdout)
        self.assertIn("did you mean 'persons'?", instroom("describe", "personz", expect=2).stderr)

    def test_run_and_inspect(self):
        done = instroom("run", *SMALL, "--until", "2021-03", "-o", self.folder / "a.h5")
        for part in ["IJmond", "Zeeuws-Vlaanderen", "persons", "a.h5"]:
            self.assertIn(part, done.stdout)
        self.assertIn("Memory: about", done.stderr)
        looked = instroom("inspect", self.folder / "a.h5").stdout
        for part in ["baseline", "2021-01 to 2021-04", "technical_flow", "IJmond"]:
            self.assertIn(part, looked)
        self.assertEqual(self.names(), ["a.h5"])

    def test_the_stored_scenario_gives_the_same_run(self):
        self.run_small("a.h5", "--seed", "7")
        with h5py.File(self.folder / "a.h5") as f:
            (self.folder / "again.toml").write_text(f.attrs["scenario_text"])
        instroom("run", self.folder / "again.toml", "--scale", "0.02", "--quiet", "-o", self.folder / "b.h5")
        self.assert_same("a.h5", "b.h5")

    def test_regions(self):
        words = instroom("regions", *SMALL).stdout
        for part in ["IJmond", "Fit of every margin", "observed", "source"]:
            self.assertIn(part, words)

    def test_data(self):
        shipped = Path(__file__).resolve().parents[2] / "regions" / "data"
        assumed = instroom("data", "list", "--status", "assumed").stdout.splitlines()
        self.assertGreater(len(assumed), 100)
        self.assertTrue(all(", assumed, known " in line for line in assumed[:-1]))
        of_wages = instroom("data", "list", "--table", "wages", "--feeds", "wages").stdout.splitlines()
        self.assertTrue(all(line.startswith("wages.csv:") and "feeds wages" in line for line in of_wages[:-1]))
        self.assertIn("did you mean 'wages'?", instroom("data", "list", "--table", "wags", expect=2).stderr)
        self.assertIn("did you mean 'check'?", instroom("data", "chek", expect=2).stderr)
        self.assertIn("did you mean 'assumed'?", instroom("data", "list", "--status", "asumed", expect=2).stderr)

        # A better table beside the shipped ones: what it changes is said, and a run uses it.
        own = self.folder / "own"
        own.mkdir()
        table = (shipped / "wages.csv").read_text().splitlines()
        row = next(n for n, line in enumerate(table) if line.startswith("NL,hourly_wage_by_brc,BRC 01 Pedagogische beroepen; median,2022,25.3,"))
        better = table[row].replace(",25.3,", ",27,")
        (own / "wages.csv").write_text("\n".join(table[:row] + [better] + table[row + 1:]) + "\n")
        said = instroom("data", "check", "--data", own).stdout
        self.assertIn("1 figures differ from the shipped tables", said)
        self.assertIn(f"wages.csv:{row + 1}: ", said)
        self.run_small("shipped.h5", until="2021-02")
        self.run_small("own.h5", "--data", own, until="2021-02")
        self.assertNotEqual(datasets(self.folder / "shipped.h5"), datasets(self.folder / "own.h5"))

        (own / "wage.csv").write_text("x")
        for words in (["data", "check"], ["run", *SMALL, "-o", self.folder / "x.h5"]):
            self.assertIn("wage.csv: no table has this name; did you mean 'wages.csv'?", instroom(*words, "--data", own, expect=2).stderr)
        self.assertIn("No such file", instroom("run", "--data", self.folder / "absent", expect=2).stderr)
        self.assertFalse((self.folder / "x.h5").exists())

    def test_bash_completes(self):
        script = 'source <("$1" completion bash); COMP_WORDS=(instroom "${@:3}"); COMP_CWORD=$2; _instroom; echo "${COMPREPLY[@]}"'

        def completed(place, *words):
            return subprocess.run(["bash", "-c", script, "-", PROGRAM, str(place), *words], capture_output=True, text=True, check=True).stdout.split()

        self.assertEqual(completed(1, "re"), ["regions", "report"])
        self.assertEqual(completed(2, "run", "--pop"), ["--population-seed", "--population-cache"])
        self.assertEqual(completed(2, "completion", "z"), ["zsh"])

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh_reads_its_script(self):
        script = 'autoload -U compinit && compinit -u -D; source <("$1" completion zsh) && (( $+functions[_instroom] )) && echo defined'
        done = subprocess.run(["zsh", "-f", "-c", script, "-", PROGRAM], capture_output=True, text=True)
        self.assertEqual((done.stdout.strip(), done.stderr), ("defined", ""))


class Bytes(WithFolder):
    """All datasets are the same bytes, whatever must not matter."""

    def test_threads(self):
        for threads in (1, 2, 3, 7):
            self.run_small(f"{threads}.h5", "--threads", threads, until="2021-08")
        for threads in (2, 3, 7):
            self.assert_same("1.h5", f"{threads}.h5")

    def test_replicates_alone_or_among_others(self):
        self.run_small("all.h5", "--replicates", "3", "--replicate-from", "4")
        self.run_small("one.h5", "--replicate-from", "6")
        with h5py.File(self.folder / "all.h5") as many, h5py.File(self.folder / "one.h5") as one:
            self.assertEqual(list(many["replicate"]), [4, 5, 6])
            differ = 0
            for name, item in one.items():
                if isinstance(item, h5py.Dataset) and item.ndim >= 3:
                    self.assertEqual(many[name][2].tobytes(), item[0].tobytes(), name)
                    differ += many[name][1].tobytes() != item[0].tobytes()
            self.assertGreater(differ, 10)

    def test_whatever_else_is_written(self):
        self.run_small("plain.h5", until="2021-08")
        self.run_small("panel.h5", "--panel", "50", until="2021-08")
        self.assert_same("plain.h5", "panel.h5", but=["panel"])
        self.run_small("kept.h5", "--checkpoint-every", "3", until="2021-08")
        self.assert_same("plain.h5", "kept.h5")
        with h5py.File(self.folder / "panel.h5") as f:
            self.assertEqual(f["panel/labour_status"].shape, (1, 50, 9))
            self.assertTrue((f["panel/region"][0, :, 0] >= 0).all())

    def test_a_window_shows_the_same_months(self):
        self.run_small("whole.h5", until="2021-08")
        self.run_small("window.h5", "--from", "2021-05", until="2021-08")
        whole, window = xarray.open_dataset(self.folder / "whole.h5"), xarray.open_dataset(self.folder / "window.h5")
        self.assertEqual(window.sizes["time"], 5)
        for name in ("persons", "jobs", "vacancies", "wage"):
            np.testing.assert_array_equal(whole[name].isel(time=slice(4, None)).values, window[name].values)
        np.testing.assert_array_equal(whole["hires"].isel(time=slice(5, None)).values, window["hires"].isel(time=slice(1, None)).values)
        self.assertTrue(window["hires"].isel(time=0).isnull().all())

    def test_a_kept_start_population(self):
        self.run_small("made.h5", "--population-cache", self.folder / "cache")
        self.run_small("kept.h5", "--population-cache", self.folder / "cache")
        self.run_small("plain.h5")
        self.assert_same("made.h5", "kept.h5")
        self.assert_same("made.h5", "plain.h5")
        self.assertEqual(len(list((self.folder / "cache").iterdir())), 1)

    def test_seeds_matter(self):
        self.run_small("a.h5")
        self.run_small("b.h5", "--seed", "2")
        self.run_small("c.h5", "--population-seed", "2")
        a, b, c = (datasets(self.folder / f"{n}.h5")["persons"] for n in "abc")
        self.assertNotEqual(a, b)
        self.assertNotEqual(a, c)


class Interruptions(WithFolder):
    """Run = checkpoint + resume; a file is whole or absent."""

    def start(self, name, *words):
        return subprocess.Popen([PROGRAM, "run", *SMALL, "--quiet", "-o", str(self.folder / name), *map(str, words)], stderr=subprocess.PIPE, text=True)

    def wait_for(self, process, found):
        deadline = time.time() + 120
        while not found():
            self.assertIsNone(process.poll(), "the run ended too early")
            self.assertLess(time.time(), deadline)
            time.sleep(0.0005)

    def test_a_signal_leaves_a_checkpoint_that_goes_on(self):
        options = ["--until", "2025-12", "--replicates", "2", "--panel", "20"]
        instroom("run", *SMALL, "--quiet", "-o", self.folder / "whole.h5", *options)
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            process = self.start("cut.h5", *options, "--checkpoint-every", "5", "--threads", "1", "--force")
            self.wait_for(process, (self.folder / "cut.checkpoint").exists)
            process.send_signal(number)
            words = process.communicate()[1]
            self.assertEqual(process.returncode, code)
            self.assertIn("go on with: instroom run --resume", words)
            self.assertFalse((self.folder / "cut.h5").exists())
            instroom("run", "--resume", self.folder / "cut.checkpoint", "--quiet")
            self.assert_same("whole.h5", "cut.h5")
            (self.folder / "cut.checkpoint").unlink()
            (self.folder / "cut.h5").unlink()

    def test_a_signal_without_checkpoints_leaves_nothing(self):
        words = [PROGRAM, "run", *SMALL, "--until", "2060-12", "--replicates", "20", "-o", str(self.folder / "cut.h5")]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:  # the months begin where the start population has been said
            if line.startswith("Start population"):
                break
        process.send_signal(signal.SIGTERM)
        words = process.communicate()[1]
        self.assertEqual(process.returncode, 143)
        self.assertIn("nothing was written", words)
        self.assertEqual(self.names(), [])

    def test_a_damaged_checkpoint_is_named(self):
        self.run_small("a.h5", "--checkpoint-every", "2", until="2021-05")
        kept = self.folder / "a.checkpoint"
        whole = kept.read_bytes()
        with h5py.File(kept) as f:
            place = f["world/persons/record"].id.get_chunk_info(0).byte_offset + 40
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1:])
        done = instroom("run", "--resume", kept, "-o", self.folder / "b.h5", expect=2)
        self.assertIn("a.checkpoint", done.stderr)
        self.assertIn("world/persons/record", done.stderr)
        kept.write_bytes(whole[: len(whole) // 2])
        self.assertIn("a.checkpoint", instroom("run", "--resume", kept, "-o", self.folder / "b.h5", expect=2).stderr)
        self.assertIn("No such file", instroom("run", "--resume", self.folder / "absent", expect=2).stderr)
        self.assertEqual(self.names(), ["a.checkpoint", "a.h5"])

    def test_kill_while_writing_leaves_the_old_file(self):
        self.run_small("run.h5", until="2021-01")
        before = (self.folder / "run.h5").read_bytes()
        process = self.start("run.h5", "--until", "2023-12", "--replicates", "4", "--force")
        self.wait_for(process, lambda: any(".partial" in name for name in self.names()))
        process.kill()
        process.communicate()
        self.assertEqual(process.returncode, -signal.SIGKILL)
        self.assertEqual((self.folder / "run.h5").read_bytes(), before)

    @unittest.skipUnless(os.geteuid() == 0, "only root mounts a small disk")
    def test_a_full_disk_leaves_nothing_half(self):
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk], capture_output=True).returncode != 0:
            self.skipTest("this machine mounts no tmpfs")
        self.addCleanup(subprocess.run, ["umount", disk])
        done = instroom("run", *SMALL, "--until", "2021-12", "-o", disk / "run.h5", expect=3)
        self.assertIn("No space left on device", done.stderr)
        self.assertEqual(list(disk.iterdir()), [])


class Calibrations(WithFolder):
    """Bad targets are named before a run, an interrupted calibration goes on from its finished runs, and its file is a scenario."""

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
    SMALLEST = ["--scale", "0.002", "--waves", "1", "--budget", "30", "--quiet"]

    def targets(self, was="", becomes=""):
        self.assertIn(was, self.TARGETS)
        (self.folder / "t.toml").write_text(self.TARGETS.replace(was, becomes) if was else self.TARGETS)
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
        process = subprocess.Popen([PROGRAM, "calibrate", *words, "--threads", "1"], cwd=self.folder, stderr=subprocess.PIPE, text=True)
        deadline = time.time() + 120
        while not ((file := self.folder / "c.runs.csv").exists() and len(file.read_text().splitlines()) > 5):
            self.assertIsNone(process.poll(), "the calibration ended too early")
            self.assertLess(time.time(), deadline)
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 130)
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


class Backtests(WithFolder):
    """Bad cuts and figures are named before a run, later figures can be held against a forecast, and an interrupted backtest goes on."""

    HEADER = "region,variable,breakdown,period,value,low,high,unit,status,source,url,note,known_from\n"
    LATER = "NL,vacancies_open,SA,2024Q1,400000,,,vacancies,observed,test,,,2024-06-29\n"
    SMALLEST = ["--scale", "0.002", "--draws", "3", "--budget", "24", "--quiet"]

    def setUp(self):
        super().setUp()
        (self.folder / "later.csv").write_text(self.HEADER + self.LATER)
        (self.folder / "quick.toml").write_text("[parameters.demand]\nadjustment = 0.2\n")
        (self.folder / "targets.toml").write_text(Calibrations.TARGETS.replace("2021-04", "2021-01").replace('source = ""', 'source = ""\nknown_from = "2021-09-28"'))

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
        process = subprocess.Popen([PROGRAM, "backtest", *words, "--threads", "1", "-o", "b.csv"], cwd=self.folder, stderr=subprocess.PIPE, text=True)
        runs = self.folder / "b.2021-12.calibration.runs.csv"
        deadline = time.time() + 120
        while not (runs.exists() and len(runs.read_text().splitlines()) > 5):
            self.assertIsNone(process.poll(), "the backtest ended too early")
            self.assertLess(time.time(), deadline)
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 130)
        self.assertFalse((self.folder / "b.csv").exists())
        instroom("backtest", *words, "--threads", "1", "-o", "b.csv", cwd=self.folder)
        done = instroom("backtest", *[w for w in words if w != "--quiet"], "--threads", "3", "-o", "c.csv", cwd=self.folder)
        self.assertEqual(self.forecasts("b.csv"), self.forecasts("c.csv"))
        for part in ["rows of time paths were known later and are refused", "instead: demand: driven by figures until 2021-09", "told by them", "unconditional", "autoreg.", "Diebold-Mariano: not computed"]:
            self.assertIn(part, done.stdout)


class Scenarios(WithFolder):
    """Scenario files are checked, written out in full and held against each other."""

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


class Comparisons(WithFolder):
    """Arms like the base have no effect, the table and the file say the same, and what cannot be compared is named before a run."""

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


class Assessments(WithFolder):
    """The reckoning of the plan: its table, its file, what goes on from finished runs, and what is refused before a run."""

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


class Appraisals(WithFolder):
    """What a campaign is worth: its file, its report, what goes on from finished runs, and what is refused before a run."""

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
        process = subprocess.Popen([PROGRAM, "appraise", *words, "--runs", "runs", "-o", "cut.h5"], cwd=self.folder, stderr=subprocess.DEVNULL)
        for _ in range(2000):
            time.sleep(0.01)
            if (self.folder / "runs").exists() and (self.folder / "runs").read_bytes().count(b"\n") > 5:
                break
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(60), 130)
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


class Sweeps(WithFolder):
    """Designs of many points: planned, run, killed, gone on with, and merged into the same bytes."""

    COMMAND = "sweep"
    SWEEP = """
scenario = "small.toml"
until = "2021-12"
scale = 0.01
replicates = 2
retries = 1
outcomes = ["technicians_at_work", "spending"]
series = ["vacancies"]
[outcome.brainport]
top = ["employed"]
regions = ["IJmond"]
scaling = "persons"
[design]
kind = "latin_hypercube"
points = 8
[factors]
measure.M2.start = {low = "2021-01", high = "2021-11"}
parameters.demand.adjustment = {low = 0.05, high = 0.3}
"""
    COMMAND_SWEEP = """
command = "%s"
outcomes = ["y"]
retries = 2
[design]
kind = "grid"
levels = 5
[factors]
x = {low = 0, high = 4}
"""

    def sweep(self, text=SWEEP, name="s.toml"):
        (self.folder / "small.toml").write_text('regions = ["IJmond"]\nend = "2022-12"\n')
        (self.folder / name).write_text(text)
        return name

    def do(self, *words, expect=0):
        return instroom("sweep", *words, cwd=self.folder, expect=expect)

    def plan(self, folder, *words):
        self.do("plan", self.sweep(), "-o", folder, "--points-per-task", 3, "--unmeasured", "--quiet", *words)

    def merged(self, folder, *words):
        self.do("merge", folder, "--quiet", *words)
        return (self.folder / folder / "merged.h5").read_bytes()

    def records(self, folder):
        return sorted((self.folder / folder / "results").iterdir())

    def test_the_same_bytes_for_any_threads_tasks_and_interruptions(self):
        done = self.do("plan", self.sweep(), "-o", "whole", "--points-per-task", 3)
        self.assertRegex(done.stdout, r"8 points of 2 factors, 2 replicates each, in 3 tasks\nA point: .* of disk, .* of one thread \(measured\), .* of memory")
        self.do("run", "whole", "--threads", 1, "--quiet")
        whole = self.merged("whole")
        instroom("report", "whole/merged.h5", "--quiet", "-o", "sweep.html", cwd=self.folder)
        page = page_data(self.folder / "sweep.html")["files"][0]
        self.assertEqual(page["kind"], "sweep")
        with h5py.File(self.folder / "whole" / "merged.h5") as f:
            outcome = next(name for name in f if f[name].ndim == 2)
            np.testing.assert_allclose(np.array(page["tables"][outcome]["values"], dtype=float), f[outcome][...].mean(axis=1))
        (self.folder / "sweep.html").unlink()
        self.assertEqual(len(self.records("whole")), 3)  # one file a task
        for folder, steps in (("tasks", [("run", "--task", 2, "--threads", 2), ("run", "--task", 0, "--of", 2)]), ("threads", [("run", "--threads", 3)])):
            self.plan(folder)
            for action, *words in steps:
                self.do(action, folder, "--quiet", *words)
            if folder == "tasks":
                self.assertIn("5 of 8 points done", self.do("status", folder).stdout)
                done = self.do("merge", folder, expect=2)
                self.assertIn("3 of 8 points are missing (0 failed, 3 not run)", done.stderr)
                self.do("run", folder, "--task", 1, "--quiet")
            self.assertEqual(self.merged(folder), whole)
        # Torn in the middle of its last record: that point alone runs again.
        last = self.records("threads")[-1]
        size = last.stat().st_size
        with last.open("r+b") as f:
            f.truncate(size - 100)
        self.assertRegex(self.do("status", "threads").stdout, r"7 of 8 points done.*\n.*bytes are no whole record; what is torn runs again")
        self.assertIn("1 points finished", self.do("resume", "threads").stdout)
        self.assertEqual(last.stat().st_size, size)
        self.assertEqual(self.merged("threads", "--force"), whole)
        with xarray.open_dataset(self.folder / "whole" / "merged.h5") as file:
            self.assertEqual(dict(file.sizes), {"point": 8, "replicate": 2, "time": 13, "region": 1, "occupation": 21})
            self.assertIn("measure.M2.start", file.technicians_at_work.coords)
            self.assertFalse(np.isnan(file.vacancies[:, :, 1:]).any())
            starts = file["measure.M2.start"].values
            self.assertTrue(((starts >= 0) & (starts <= 10) & (starts % 1 == 0)).all())
            # Replicate r is the run of that replicate with the factors' values in a scenario, from the start population of the shipped values.
            point, start = 5, int(starts[5])
            (self.folder / "one.toml").write_text(
                f'regions = ["IJmond"]\n[parameters]\ndemand.adjustment = {file["parameters.demand.adjustment"].values[point]!r}\n[measure.M2]\nstart = "2021-{start + 1:02}"\n')
            instroom("run", "one.toml", "--scale", 0.01, "--until", "2021-12", "--replicates", 2, "--quiet", "-o", "one.h5", cwd=self.folder)
            with xarray.open_dataset(self.folder / "one.h5") as one:
                self.assertTrue((file.vacancies[point].values == one.vacancies.values).all())

    def test_a_killed_run_and_two_runs_at_once(self):
        self.plan("whole")
        self.do("run", "whole", "--quiet")
        whole = self.merged("whole")
        self.plan("killed")
        for _ in range(20):
            running = subprocess.Popen([PROGRAM, "sweep", "run", "killed", "--threads", "1", "--quiet"], cwd=self.folder, stderr=subprocess.PIPE)
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and running.poll() is None and not any(p.stat().st_size > 1000 for p in self.records("killed")):
                time.sleep(0.002)
            if running.poll() is None:
                break
        self.assertIsNone(running.poll(), "the run ended before it could be killed")
        done = self.do("run", "killed", expect=2)
        self.assertIn("killed is in use by another run of this sweep", done.stderr)
        running.kill()
        running.communicate()
        self.assertRegex(self.do("status", "killed").stdout, r"killed: [1-7] of 8 points done")
        self.do("resume", "killed", "--quiet")
        self.assertEqual(self.merged("killed"), whole)
        self.plan("stopped")
        running = subprocess.Popen([PROGRAM, "sweep", "run", "stopped", "--threads", "1"], cwd=self.folder, stderr=subprocess.PIPE, text=True)
        while running.poll() is None and not self.records("stopped"):
            time.sleep(0.002)
        running.send_signal(signal.SIGINT)
        said = running.communicate()[1]
        if running.returncode != 0:  # else it had ended before
            self.assertEqual(running.returncode, 130)
            self.assertIn("and instroom sweep resume stopped goes on from them", said)
        self.do("resume", "stopped", "--quiet")
        self.assertEqual(self.merged("stopped"), whole)

    def test_a_full_disk_loses_no_finished_point(self):
        self.plan("small")
        self.do("run", "small", "--quiet")
        whole = self.merged("small")
        self.plan("full")
        # A limit on the size of files ends a write as a full disk does, in the middle of a record.
        limit = max(p.stat().st_size for p in self.records("small")) * 2 // 3
        done = subprocess.run(["prlimit", f"--fsize={limit}", PROGRAM, "sweep", "run", "full", "--threads", "1", "--quiet"], cwd=self.folder, capture_output=True, text=True,
                              preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertRegex(done.stderr, r"results/00000\d.records: File too large")
        self.assertRegex(self.do("status", "full").stdout, r"full: [1-6] of 8 points done")
        self.assertNotIn("no whole record", self.do("status", "full").stdout)
        self.do("run", "full", "--quiet")
        self.assertEqual(self.merged("full"), whole)

    def test_failed_points_keep_their_place(self):
        model = self.folder / "model.py"
        model.write_text(
            "import csv, sys, pathlib\n"
            "rows = list(csv.DictReader(open(sys.argv[1])))\n"
            "if pathlib.Path('broken').exists():\n"
            "    sys.exit('the licence server is away')\n"
            "with open(sys.argv[2], 'w') as f:\n"
            "    f.write('z,y\\n' + ''.join(f'0,{float(r[\"x\"]) ** 2!r}\\n' for r in rows))\n")
        (self.folder / "broken").touch()
        self.do("plan", self.sweep(self.COMMAND_SWEEP % "/usr/bin/python3 model.py"), "-o", "c", "--unmeasured", "--points-per-task", 2, "--quiet")
        done = self.do("run", "c", "--quiet", expect=2)
        self.assertIn("5 points failed after 3 tries each; point 0: the command ended with exit code 1; it said: the licence server is away", done.stderr)
        self.assertIn("0 of 5 points done (0 %), 5 failed, 0 left", self.do("status", "c").stdout)
        before = [p.stat().st_size for p in self.records("c")]
        self.do("run", "c", "--quiet", expect=2)
        self.assertEqual([p.stat().st_size for p in self.records("c")], before)  # run does not try them any more
        (self.folder / "broken").unlink()
        self.do("resume", "c", "--task", 0, "--quiet")
        done = self.do("merge", "c", expect=2)
        self.assertIn("3 of 5 points are missing (3 failed, 0 not run)", done.stderr)
        self.do("merge", "c", "--with-gaps", "--quiet")
        with xarray.open_dataset(self.folder / "c" / "merged.h5") as file:
            self.assertEqual(list(file.status.values), [0, 0, 1, 1, 1])
            self.assertEqual(list(file.y.values[:2, 0]), [0, 1])
            self.assertTrue(np.isnan(file.y.values[2:]).all())
        self.do("resume", "c", "--quiet")
        self.do("merge", "c", "--force", "--quiet")
        with xarray.open_dataset(self.folder / "c" / "merged.h5") as file:
            self.assertEqual(list(file.y.values[:, 0]), [0, 1, 4, 9, 16])

    def test_an_interrupted_command_fails_no_point(self):
        (self.folder / "slow.py").write_text("import pathlib, time\npathlib.Path('begun').touch()\ntime.sleep(60)\n")
        self.do("plan", self.sweep(self.COMMAND_SWEEP % "/usr/bin/python3 slow.py"), "-o", "c", "--unmeasured", "--quiet")
        # Ctrl-C reaches the program and what it has started.
        running = subprocess.Popen([PROGRAM, "sweep", "run", "c"], cwd=self.folder, stderr=subprocess.PIPE, text=True, start_new_session=True)
        while running.poll() is None and not (self.folder / "begun").exists():
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        said = running.communicate(timeout=30)[1]
        self.assertEqual(running.returncode, 130, said)
        self.assertIn("0 of 5 points done (0 %), 0 failed, 5 left", self.do("status", "c").stdout)

    def test_nothing_of_another_program_data_or_plan_is_mixed(self):
        self.plan("one")
        self.do("run", "one", "--task", 0, "--quiet")
        (self.folder / "other.toml").write_text(self.SWEEP.replace("0.3", "0.31"))
        self.do("plan", "other.toml", "-o", "two", "--points-per-task", 3, "--unmeasured", "--quiet")
        shutil.copy(self.records("one")[0], self.folder / "two" / "results")
        for action in ("run", "status", "merge"):
            self.assertIn("holds results of another sweep, which are never mixed", self.do(action, "two", expect=2).stderr)
        manifest = self.folder / "one" / "manifest.json"
        text = manifest.read_text()
        for name, part in (("program", "program"), ("input tables", "input tables"), ("C library", "C library"), ("processor (FMA)", r"processor \(FMA\)")):
            changed = json.loads(text)
            changed["belongs"][name] = "another"
            manifest.write_text(json.dumps(changed))
            self.assertRegex(self.do("run", "one", expect=2).stderr, f"the sweep was planned with another {part} .*never mixed")
        changed = json.loads(text)
        changed["points"][3][1] = 0.2
        manifest.write_text(json.dumps(changed))
        self.assertIn("was changed since the sweep was planned", self.do("run", "one", expect=2).stderr)
        manifest.write_text(text[:-40])
        self.assertIn("is damaged", self.do("run", "one", expect=2).stderr)
        manifest.write_text(text)
        self.do("run", "one", "--quiet")

    def analytic(self, name, factors, lines, points):
        """The indices that the program finds of a function in Python, by factor: plan, run and sensitivity, as of any model."""
        (self.folder / f"{name}.py").write_text("import csv, math, sys\nrows = list(csv.DictReader(open(sys.argv[1])))\n" + lines + "open(sys.argv[2], 'w').write('y\\n' + ''.join(f'{v!r}\\n' for v in values))\n")
        text = f'command = "/usr/bin/python3 {name}.py"\noutcomes = ["y"]\n[design]\nkind = "saltelli"\npoints = {points}\n[factors]\n'
        text += "".join(f"{factor} = {{low = {low}, high = {high}}}\n" for factor, (low, high) in factors.items())
        self.do("plan", self.sweep(text, f"{name}.toml"), "--unmeasured", "--quiet")
        self.do("run", name, "--quiet")
        instroom("sensitivity", name, "-o", f"{name}.csv", "--picture", f"{name}.svg", cwd=self.folder)
        self.assertIn("</svg>", (self.folder / f"{name}.svg").read_text())
        with open(self.folder / f"{name}.csv") as file:
            self.assertIn("# instroom sensitivity", next(file))
            return {row["factor"]: {k: float(v) for k, v in row.items() if k not in ("factor", "outcome", "unit")} for row in csv.DictReader(file)}

    def test_indices_of_functions_with_known_ones(self):
        pi = np.pi
        found = self.analytic("ishigami", {f"x{i}": (-pi, pi) for i in (1, 2, 3)},
                              "values = [math.sin(x) + 7 * math.sin(y) ** 2 + 0.1 * z ** 4 * math.sin(x) for x, y, z in ([float(v) for v in r.values()] for r in rows)]\n", 2048)
        one, two, both = 0.5 * (1 + 0.1 * pi**4 / 5) ** 2, 49 / 8, 0.01 * pi**8 * (1 / 18 - 1 / 50)
        whole = one + two + both
        for name, first, total in (("x1", one, one + both), ("x2", two, two), ("x3", 0, both)):
            self.assertAlmostEqual(found[name]["first"], first / whole, delta=0.015)
            self.assertAlmostEqual(found[name]["total"], total / whole, delta=0.015)
            self.assertLessEqual(found[name]["total_low"], total / whole)
            self.assertGreaterEqual(found[name]["total_high"], total / whole)
        a = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
        found = self.analytic("sobol_g", {f"x{i}": (0, 1) for i in range(8)},
                              f"a = {list(a)}\nvalues = [math.prod((abs(4 * float(x) - 2) + k) / (1 + k) for x, k in zip(r.values(), a)) for r in rows]\n", 2048)
        variances = 1 / (3 * (1 + a) ** 2)
        whole = np.prod(1 + variances) - 1
        for i in range(8):
            self.assertAlmostEqual(found[f"x{i}"]["first"], variances[i] / whole, delta=0.02)
            self.assertAlmostEqual(found[f"x{i}"]["total"], variances[i] * np.prod(np.delete(1 + variances, i)) / whole, delta=0.02)

    def test_an_emulator_answers_between_points(self):
        text = self.COMMAND_SWEEP.replace("grid", "latin_hypercube").replace("levels = 5", "points = 20").replace("high = 4}", "high = 4}\nw = {low = 0, high = 1}")
        (self.folder / "model.py").write_text("import csv, sys\nrows = list(csv.DictReader(open(sys.argv[1])))\n"
                                              "open(sys.argv[2], 'w').write('y\\n' + ''.join(f'{float(r[\"x\"]) ** 2!r}\\n' for r in rows))\n")
        self.do("plan", self.sweep(text % "/usr/bin/python3 model.py"), "-o", "c", "--unmeasured", "--quiet")
        self.do("run", "c", "--quiet")
        emulate = lambda *words, expect=0: instroom("emulate", "c", *words, cwd=self.folder, expect=expect)
        words = emulate("--at", "x=1.7").stdout.splitlines()[1].split()
        self.assertEqual(words[0], "y")
        self.assertAlmostEqual(float(words[1]), 1.7**2, delta=0.05)
        self.assertIn("100 %", " ".join(words))
        (self.folder / "where.csv").write_text("w,x\n0.5,3\n0.1,0.5\n")
        emulate("--points", "where.csv", "-o", "there.csv")
        with open(self.folder / "there.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(float(r["x"]), float(r["w"])) for r in rows], [(3, 0.5), (0.5, 0.1)])
        for row in rows:
            self.assertAlmostEqual(float(row["y"]), float(row["x"]) ** 2, delta=0.05)
            self.assertLess(float(row["y_low"]), float(row["y_high"]))
        self.assertIn("no factor is named 'z'; did you mean x?", emulate("--at", "z=1", expect=2).stderr)
        self.assertIn("--at:1: x: is 9, but a value from 0 to 4 is expected", emulate("--at", "x=9", expect=2).stderr)
        self.assertIn("keeps no outcome 'z'; did you mean y?", emulate("--outcome", "z", expect=2).stderr)
        self.assertIn("--points and -o belong together", emulate("--points", "where.csv", expect=2).stderr)

    def test_the_shipped_sweep_is_planned(self):
        shipped = Path(__file__).resolve().parents[2] / "experiments" / "sweeps" / "library.toml"
        self.assertIn("686 points of 48 factors, 2 replicates each", self.do("plan", shipped, "--unmeasured", "-o", "library").stdout)

    def test_indices_refuse_what_is_incomplete(self):
        self.plan("part")
        self.do("run", "part", "--task", 0, "--quiet")
        done = instroom("sensitivity", "part", cwd=self.folder, expect=2)
        self.assertIn("part: 5 of 8 points are missing (0 failed, 5 not run), and a design is taken whole or not at all", done.stderr)
        self.do("run", "part", "--quiet")
        done = instroom("sensitivity", "part", cwd=self.folder, expect=2)
        self.assertIn("takes a morris or a saltelli design, but the sweep is a latin_hypercube design", done.stderr)

    def test_bad_input(self):
        self.sweep()
        self.refused(["plan", "absent.toml"], "absent.toml: No such file (a sweep in TOML is expected)")
        self.refused(["run", "s.toml"], "s.toml is no planned sweep: it holds no manifest.json")
        self.refused(["pln", "s.toml"], "did you mean 'plan'?")
        self.refused(["run", "s.toml", "--points-per-task", "3"], "--points-per-task belongs to `instroom sweep plan`")
        self.sweep(self.SWEEP.replace("low = 0.05, high = 0.3", "low = 0.3, high = 0.05"))
        self.refused(["plan", "s.toml"], "s.toml:18: factors.parameters.demand.adjustment: has an empty range")
        self.sweep(self.SWEEP.replace("2021-11", "2022-11"))
        self.refused(["plan", "s.toml", "-o", "x"], "factors.measure.M2.start: at its high end 2022-11: measure.M2.start: is 2022-11, after the last month")
        self.sweep(self.SWEEP.replace('"vacancies"', '"vacancis"'))
        self.refused(["plan", "s.toml", "-o", "x"], "no series is named 'vacancis'; did you mean vacancies?")
        self.sweep(self.SWEEP.replace('"latin_hypercube"\npoints = 8', '"list"\nfile = "p.csv"'))
        self.refused(["plan", "s.toml", "-o", "x"], "p.csv: No such file")
        (self.folder / "p.csv").write_text("measure.M2.start,parameters.demand.adjustment\n2021-03,0.1\n2021-05,0.5\n")
        self.refused(["plan", "s.toml", "-o", "x"], "p.csv:3: parameters.demand.adjustment: is 0.5, but a value from 0.05 to 0.3")
        self.plan("there")
        self.refused(["plan", "s.toml", "-o", "there"], "there exists and is kept; -o names another folder")


class SweepUsers(WithFolder):
    """Where users work: the scripts of tools/sweeps, and a long table of a run."""

    TOOLS = Path(__file__).resolve().parents[2] / "tools" / "sweeps"
    SWEEP = """
scenario = "small.toml"
until = "2021-12"
scale = 0.01
replicates = 2
outcomes = ["technicians_at_work", "tightness"]
[design]
kind = "saltelli"
points = 4
[factors]
measure.M2.start = {low = "2021-01", high = "2021-11"}
measure.M4.offer.places = {low = 100, high = 900, distribution = "normal(300, 200)"}
parameters.demand.adjustment = {low = 0.05, high = 0.3, group = "market"}
parameters.search.mobility = {low = 0.5, high = 2, group = "market"}
"""

    def setUp(self):
        super().setUp()
        (self.folder / "small.toml").write_text('regions = ["IJmond"]\n')
        (self.folder / "s.toml").write_text(self.SWEEP)
        instroom("sweep", "plan", "s.toml", "--unmeasured", "--quiet", cwd=self.folder)

    def run_sweep(self):
        instroom("sweep", "run", "s", "--quiet", cwd=self.folder)
        instroom("sweep", "merge", "s", "--quiet", cwd=self.folder)

    def script(self, *words):
        done = subprocess.run([str(w) for w in words], cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_pictures_in_python_and_r(self):
        self.run_sweep()
        self.script("/usr/bin/python3", self.TOOLS / "response.py", "s/merged.h5", "tightness", "measure.M4.offer.places", "p.svg")
        picture = (self.folder / "p.svg").read_text()
        self.assertEqual(picture.count("<circle"), 4 * 5)
        self.assertIn("tightness (all occupations) by measure.M4.offer.places", picture)
        said = self.script("Rscript", self.TOOLS / "response.R", "s/merged.h5", "tightness", "measure.M4.offer.places", "p.pdf")
        with xarray.open_dataset(self.folder / "s" / "merged.h5") as file:
            lowest = float(file.tightness.mean("replicate").min())
        self.assertRegex(said, r"20 points, tightness from [0-9.]+ to [0-9.]+")
        self.assertAlmostEqual(float(said.split()[4]) / lowest, 1, delta=1e-5)
        self.assertGreater((self.folder / "p.pdf").stat().st_size, 1000)

    def test_a_salib_problem_and_back(self):
        problem = json.loads(self.script("/usr/bin/python3", self.TOOLS / "salib_problem.py", "s"))
        self.assertEqual(problem["num_vars"], 4)
        self.assertEqual(problem["dists"], ["unif", "truncnorm", "unif", "unif"])
        self.assertEqual(problem["bounds"], [[0, 11], [100, 900, 300, 200], [0.05, 0.3], [0.5, 2]])
        self.assertEqual(problem["groups"], ["measure.M2.start", "measure.M4.offer.places", "market", "market"])
        (self.folder / "problem.json").write_text(json.dumps(problem))
        factors = self.script("/usr/bin/python3", self.TOOLS / "salib_problem.py", "problem.json")
        (self.folder / "t.toml").write_text(self.SWEEP[:self.SWEEP.index("[factors]")] + factors)
        instroom("sweep", "plan", "t.toml", "--unmeasured", "--quiet", cwd=self.folder)
        first, second = (json.loads((self.folder / name / "manifest.json").read_text()) for name in ("s", "t"))
        self.assertEqual(first["points"], second["points"])
        self.assertEqual(first["factors"], second["factors"])

    def test_the_workbench_model(self):
        # A stand-in for the EMA Workbench, which Debian does not have: it takes what the wrapper gives it.
        (self.folder / "ema_workbench.py").write_text(
            "class Model:\n    def __init__(self, name, function): self.function = function\n"
            "class RealParameter:\n    def __init__(self, name, low, high): self.name, self.ends = name, (low, high)\n"
            "class IntegerParameter(RealParameter): pass\n"
            "class ScalarOutcome:\n    def __init__(self, name): self.name = name\n")
        self.run_sweep()
        with xarray.open_dataset(self.folder / "s" / "merged.h5") as file:
            factors = [name for name in file.coords if "." in name]
            values = {name.replace(".", "_"): float(file[name][7]) for name in factors}
            expected = {name: float(file[name][7].mean()) for name in ("technicians_at_work", "tightness")}
        found = json.loads(self.script("/usr/bin/python3", "-c", f"import json, sys; sys.path[:0] = [{str(self.TOOLS)!r}, '.']\n"
                                       f"from ema_workbench_model import instroom_model\nmodel = instroom_model('s', {PROGRAM!r})\n"
                                       f"assert [type(u).__name__ for u in model.uncertainties] == ['IntegerParameter', 'RealParameter', 'RealParameter', 'RealParameter']\n"
                                       f"print(json.dumps(model.function(**{values!r})))"))
        self.assertEqual(found, expected)

    def test_a_workflow(self):
        shutil.rmtree(self.folder / "s")
        self.script("snakemake", "--snakefile", self.TOOLS / "Snakefile", "--cores", "2", "--config", "sweep=s", f"program={PROGRAM}")
        self.assertIn("</svg>", (self.folder / "s.svg").read_text())
        with open(self.folder / "s.csv") as file:
            self.assertEqual(len(file.readlines()), 2 + 2 * 3)  # two outcomes that vary, of three inputs
        self.assertIn("Nothing to be done", subprocess.run(["snakemake", "--snakefile", self.TOOLS / "Snakefile", "--cores", "2", "--config", "sweep=s", f"program={PROGRAM}"],
                                                           cwd=self.folder, capture_output=True, text=True).stderr)

    def test_a_long_table(self):
        self.run_small("run.h5", "--replicates", "3", until="2021-06")
        instroom("export", "run.h5", "--tidy", "--series", "vacancies,demography,pupils_under_15", "-o", "t.csv", cwd=self.folder)
        with open(self.folder / "t.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), ["month", "region", "event", "occupation", "series", "unit", "value", "low", "high"])
        with xarray.open_dataset(self.folder / "run.h5") as run:
            self.assertEqual(len(rows), 7 * 2 * (21 + 8 + 1))
            for row in rows:
                if (row["series"], row["month"], row["region"], row["occupation"]) == ("vacancies", "2021-03", "IJmond", "ICT support"):
                    runs = run.vacancies.sel(time="2021-04-01", region="IJmond", occupation="ICT support").values  # where March has ended
                    self.assertAlmostEqual(float(row["value"]), runs.mean())
                    self.assertAlmostEqual(float(row["low"]), np.quantile(runs, 0.025))
                    self.assertAlmostEqual(float(row["high"]), np.quantile(runs, 0.975))
                    break
            else:
                self.fail("no such row")
            births = [float(row["value"]) for row in rows if row["series"] == "demography" and row["event"] == "birth" and row["value"]]
            self.assertAlmostEqual(sum(births), float(run.demography.sel(event="birth").mean("replicate").sum()))
        # What nothing is known of stays empty: flows of the month before the start.
        self.assertEqual({row["value"] for row in rows if row["series"] == "demography" and row["month"] == "2020-12"}, {""})
        self.assertIn("did you mean vacancies?", instroom("export", "run.h5", "--tidy", "--series", "vacancis", "-o", "u.csv", cwd=self.folder, expect=2).stderr)
        self.assertIn("--tidy is expected", instroom("export", "run.h5", cwd=self.folder, expect=2).stderr)
        self.assertIn("exists and is kept", instroom("export", "run.h5", "--tidy", "-o", "t.csv", cwd=self.folder, expect=2).stderr)
        self.assertNotIn("u.csv", self.names())


class Divergences(WithFolder):
    """Two runs of one seed are alike; a measure parts them in its month, in what it doses; a person is named; what cannot be compared is said."""

    def test_runs(self):
        (self.folder / "m.toml").write_text('name = "m"\n[measure.m]\nstart = "2021-03"\n[measure.m.dose]\nsearch.search_intensity = 3\n')
        self.run_small("a.h5", "--panel", "500")
        self.run_small("same.h5", "--panel", "500", "--threads", "1")
        self.run_small("b.h5", self.folder / "m.toml", "--panel", "500")
        self.run_small("short.h5", until="2021-02")
        self.assertIn("alike in all that both hold", instroom("diverge", "a.h5", "same.h5", cwd=self.folder).stdout)
        instroom("diverge", "short.h5", "b.h5", cwd=self.folder)
        text = instroom("diverge", "a.h5", "b.h5", cwd=self.folder, expect=1).stdout
        self.assertIn("part in 2021-03; the start and 2 months before are alike", text)
        self.assertIn("(search): replicate 0, ", text)
        self.assertRegex(text, r"The first of the panel: person \d+, replicate 0, in 2021-0[34]")
        self.assertIn("scenario: baseline and m", text)

    def test_bad_input(self):
        self.run_small("a.h5", until="2021-01")
        (self.folder / "text.h5").write_text("no HDF5")
        for words, part, code in [(["a.h5"], "B is required", 2), (["a.h5", "text.h5"], "is no HDF5 file", 2), (["a.h5", "absent.h5"], "No such file", 3)]:
            done = instroom("diverge", *words, cwd=self.folder, expect=code)
            self.assertEqual(len(done.stderr.splitlines()), 1)
            self.assertIn(part, done.stderr)


class Drivers(WithFolder):
    """Bad draws are named before a run, an interrupted command goes on, shares add up, and a run's summary names assumed drivers."""

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
        process = subprocess.Popen([PROGRAM, "drivers", *words, "-o", "d.csv"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        deadline = time.time() + 120
        while not ((file := self.folder / "d.runs.csv").exists() and len(file.read_text().splitlines()) > 5):
            self.assertIsNone(process.poll(), "the command ended too early")
            self.assertLess(time.time(), deadline)
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 130)
        self.assertFalse((self.folder / "d.csv").exists())
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


class Pages(WithFolder):
    """`instroom report` and `instroom plot`: whole files, one line where something is wrong (tests/monitor drives the page in a browser)."""

    COMMAND = "report"

    def setUp(self):
        super().setUp()
        self.run_small("run.h5", "--replicates", "2", until="2022-02")

    def test_a_page_holds_the_figures_of_its_files(self):
        instroom("report", "run.h5", "run.h5", "-o", "page.html", "--quiet", cwd=self.folder)
        data = page_data(self.folder / "page.html")
        self.assertEqual([f["kind"] for f in data["files"]], ["run", "run"])
        run = data["files"][0]["run"]
        with h5py.File(self.folder / "run.h5") as f:
            technicians = f["employed"][:, :, :, :8].sum(axis=(2, 3, 4)).mean(axis=0) * 50
        points = len(run["months"])
        np.testing.assert_allclose(run["indicators"]["technicians_at_work"]["months"]["mean"][2 * points:], technicians, rtol=1e-6)
        self.assertEqual(self.names(), ["page.html", "run.h5"])
        first = (self.folder / "page.html").read_bytes()
        instroom("report", "run.h5", "run.h5", "-o", "page.html", "--quiet", "--force", cwd=self.folder)
        self.assertEqual((self.folder / "page.html").read_bytes(), first)

    def test_pages_are_refused(self):
        self.refused([], "needs a file")
        self.refused(["absent.h5"], "absent.h5: No such file (a file of a run, comparison, assessment or sweep is expected)")
        (self.folder / "text.h5").write_text("no")
        self.refused(["text.h5"], "text.h5 is no HDF5 file")
        with h5py.File(self.folder / "foreign.h5", "w") as f:
            f["x"] = [1]
        self.refused(["run.h5", "foreign.h5", "-o", "x.html"], "foreign.h5 was not written by Instroom")
        self.assertIn("foreign.h5 was not written by Instroom", instroom("inspect", "foreign.h5", cwd=self.folder, expect=2).stderr)
        (self.folder / "cut.h5").write_bytes((self.folder / "run.h5").read_bytes()[:200000])
        self.refused(["cut.h5"], "cut.h5 is a damaged HDF5 file")
        (self.folder / "run.html").write_text("mine")
        self.refused(["run.h5"], "run.html", "--force")
        self.assertEqual((self.folder / "run.html").read_text(), "mine")
        self.refused(["run.h5", "-o", "absent/x.html"], "absent", expect=3)

    def test_pictures(self):
        instroom("plot", "run.h5", "--what", "technicians_at_work", "--by", "region", "-o", "t.svg", cwd=self.folder)
        picture = (self.folder / "t.svg").read_text()
        for part in ["<title>Technicians at work</title>", ">IJmond<", ">Zeeuws-Vlaanderen<", "95 %"]:
            self.assertIn(part, picture)
        self.assertNotIn("nan", picture)
        instroom("plot", "run.h5", "--what", "unemployment_rate", "--language", "nl", "-o", "u.svg", "--quiet", cwd=self.folder)
        self.assertEqual((self.folder / "u.svg").read_text().count('class="observed"'), 1)

    def test_pictures_are_refused(self):
        def refused(words, *parts):
            before = self.names()
            done = instroom("plot", "run.h5", *words, cwd=self.folder, expect=2)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
            for part in parts:
                self.assertIn(part, done.stderr)
            self.assertEqual(self.names(), before)

        refused(["--what", "vacancis"], "has no series 'vacancis'", "did you mean vacancies?")
        refused(["--what", "vacancies", "--by", "ocupation"], "--by is 'ocupation'", "did you mean occupation?")
        refused(["--what", "vacancies; occupation = ICT suport"], "did you mean ICT support?")
        refused(["--what", "retention_12m", "--by", "region"], "is a share, which does not add up over occupation", "retention_12m; occupation = ")
        refused(["--what", "vacancies", "--regions", "Ijmnd"], "did you mean 'IJmond'?")
        refused(["--what", "vacancies", "--language", "fr"], "en or nl is expected")


class Readers(WithFolder):
    """Other programs open the file by names, and every account closes."""

    def setUp(self):
        super().setUp()
        self.file = self.folder / "run.h5"
        self.run_small("run.h5", "--replicates", "2", until="2022-02")

    def test_xarray_reads_by_label(self):
        for engine in ("h5netcdf", "netcdf4"):
            with xarray.open_dataset(self.file, engine=engine) as ds:
                series = ds.employed.sel(region="IJmond", occupation="software and data").sum("sex")
                self.assertEqual(series.dims, ("replicate", "time"))
                self.assertEqual(str(ds.time.values[0])[:10], "2021-01-01")
                self.assertEqual(ds.sizes["time"], 15)

    def test_ncdump(self):
        words = subprocess.run(["ncdump", "-h", self.file], capture_output=True, text=True, check=True).stdout
        for part in ["int persons(replicate, time, region, labour_status, sex, age_group)", "group: parameters", "group: policy", 'time:units = "days since 2020-01-01"']:
            self.assertIn(part, words)

    @unittest.skipUnless(shutil.which("Rscript"), "R is not installed")
    def test_r(self):
        script = 'library(ncdf4); f <- nc_open(commandArgs(TRUE)[1]); v <- ncvar_get(f, "persons"); cat(sum(v[,,,1,1,1]), names(f$dim)[1])'
        words = subprocess.run(["Rscript", "-e", script, self.file], capture_output=True, text=True, check=True).stdout.split()
        with h5py.File(self.file) as f:
            self.assertEqual(int(words[0]), int(f["persons"][0, 0, 0].sum()))

    def test_accounts_close(self):
        ds = xarray.open_dataset(self.file)
        status, regions = ds.labour_status.values, ds.region.values
        later = ds.isel(time=slice(1, None))
        educated = ["track", "field", "sex"]

        def closes(left, right, what):
            self.assertEqual(float(np.abs(np.asarray(left, dtype=float) - np.asarray(right, dtype=float)).max()), 0, what)

        def change(stock):
            return stock.diff("time").transpose("replicate", "time", "region", ...)

        persons = ds.persons.sum(["sex", "age_group"])
        flow = later.status_flow
        into = flow.sel(to_status=list(status)).sum("from_status").values
        out = flow.sel(from_status=list(status)).sum("to_status").values
        closes(change(persons), into - out, "1")
        closes(persons, ds.persons_by_education.sum("education"), "2")
        closes(persons.sel(labour_status=["employed", "self_employed"]).sum("labour_status"), ds.employed.sum(["occupation", "sex"]), "3")
        closes(ds.jobs.sum("sector"), ds.jobs_by_occupation.sum("occupation"), "4")
        closes(change(ds.jobs_by_occupation), later.hires.sum("origin") - later.separations.sum("cause"), "5")
        closes(later.hires.sel(origin="internal").sum("occupation"), later.separations.sel(cause="internal").sum("occupation"), "5")
        closes(ds.students.sum(educated), persons.sel(labour_status="student") + ds.pupils_under_15 + ds.students_at_work, "6")
        closes(ds.employed_by_kind.sum("employment_kind"), ds.employed.sum("sex"), "7")
        jobs = ds.employed_by_kind.sel(employment_kind=["employee", "bbl"]).sum(["occupation", "employment_kind"]) + ds.working_students.sum("occupation")
        closes(ds.commuting.sum("work_region"), jobs, "8")
        here = ds.commuting.sel(work_region=list(regions)).sum("region").values
        closes(ds.jobs.sum("sector"), here + ds.in_commuters.sum("home").values, "9")
        groups = ds.occupation_group.values.astype(str)
        for group in ("technical", "ict"):
            workers = ds.employed.isel(occupation=np.flatnonzero(groups == group)).sum(["occupation", "sex"])
            ways = later.technical_flow.sel(group=group)
            inward = [p for p in ds.pathway.values if str(p).startswith("in_")]
            outward = [p for p in ds.pathway.values if str(p).startswith("out_")]
            closes(change(workers), ways.sel(pathway=inward).sum("pathway") - ways.sel(pathway=outward).sum("pathway"), "10")
            closes(workers, ds.employed_by_education.sel(group3=group).sum(["education", "field"]), "7")
        closes(change(ds.vacancies), later.vacancies_opened - later.vacancies_filled - later.vacancies_lapsed, "11")
        arrivals = later.demography.sel(event=["birth", "move_in_region", "move_in_nl", "immigration"]).sum("event")
        departures = later.demography.sel(event=["death", "move_out_region", "move_out_nl", "emigration"]).sum("event")
        closes(flow.sel(from_status="outside").sum("to_status"), arrivals, "12")
        closes(flow.sel(to_status="outside").sum("from_status"), departures, "12")
        self.assertTrue(bool((ds.bbl_places_taken <= ds.bbl_places).all()), "13")


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        unittest.main(verbosity=2)
