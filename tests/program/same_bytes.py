"""All datasets are the same bytes, whatever must not matter."""
import h5py
import numpy as np
import xarray

from program import WithFolder, datasets, main


class SameBytes(WithFolder):
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


if __name__ == "__main__":
    main()
