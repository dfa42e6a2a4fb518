"""`instroom report` and `instroom plot`: whole files, one line where something is wrong (tests/monitor drives the page in a browser)."""
import h5py
import numpy as np

from program import WithFolder, instroom, main, page_data


class Pages(WithFolder):
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


if __name__ == "__main__":
    main()
