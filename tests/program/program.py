"""What the tests of this folder share: the program, called from outside, and a folder for each test.

Every other file here is one test of ctest: INSTROOM=path/to/instroom tests/program/FILE.py [Class.test ...]. They need Debian's python3-h5py, python3-xarray,
python3-h5netcdf and python3-netcdf4. Runs are small: two regions, one agent for fifty persons.
"""
import contextlib
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

    def interrupt(self, words, log):
        """Runs the COMMAND of the class until more than five lines stand in its log of finished runs, and stops it as Ctrl-C does."""
        process = subprocess.Popen([PROGRAM, self.COMMAND, *map(str, words)], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        log, deadline = self.folder / log, time.time() + 120
        while not (log.exists() and len(log.read_text().splitlines()) > 5):
            self.assertIsNone(process.poll(), f"instroom {self.COMMAND} ended too early")
            self.assertLess(time.time(), deadline)
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        process.communicate()
        self.assertEqual(process.returncode, 130)

    def assert_same(self, a, b, but=()):
        left, right = datasets(self.folder / a), datasets(self.folder / b)
        left = {k: v for k, v in left.items() if not k.startswith(tuple(but))} if but else left
        right = {k: v for k, v in right.items() if not k.startswith(tuple(but))} if but else right
        self.assertGreater(len(left), 40)
        self.assertEqual(sorted(left), sorted(right))
        self.assertEqual([k for k in left if left[k] != right[k]], [])


def main():
    with contextlib.suppress(KeyboardInterrupt):
        unittest.main(verbosity=2)
