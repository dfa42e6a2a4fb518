"""Two runs of one seed are alike; a measure parts them in its month, in what it doses; a person is named; what cannot be compared is said."""
from program import WithFolder, instroom, main


class Divergences(WithFolder):
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


if __name__ == "__main__":
    main()
