"""Run = checkpoint + resume; a file is whole or absent."""
import os
import signal
import subprocess
import time
import unittest

import h5py

from program import PROGRAM, SMALL, WithFolder, instroom, main


class Interruptions(WithFolder):
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


if __name__ == "__main__":
    main()
