"""Other programs open the file by names, and every account closes."""
import shutil
import subprocess
import unittest

import h5py
import numpy as np
import xarray

from program import WithFolder, main


class Readers(WithFolder):
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
    main()
