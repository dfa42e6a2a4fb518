"""What the smaller commands say: help, version, lists, summaries, and completion of words."""
import shutil
import subprocess
import unittest
from pathlib import Path

import h5py

from program import PROGRAM, SMALL, WithFolder, datasets, instroom, main


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


if __name__ == "__main__":
    main()
