"""An appraisal on a real Slurm: draws as the points of a sweep, a job array over two nodes, gathered into the file that one command writes.

Usage: INSTROOM=path/to/instroom appraisal.py (see cluster.py for what it needs).
"""
import subprocess
import sys
from pathlib import Path

from cluster import PROGRAM, Cluster, say, wait_for, with_folders

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from datasets import datasets  # noqa: E402

CAMPAIGN = """
start = "2022-01"
months = 12
euro_a_year = 3e7
aims = ["side_entry"]
[channel.television]
group = "adults"
share = 1
cost_per_contact = {value = 0.006, low = 0.004, high = 0.008}
"""
DRAWS = 8


def check(state, folder):
    cluster = Cluster(state, folder)
    (folder / "base.toml").write_text('regions = ["IJmond"]\n')
    (folder / "mine.toml").write_text(CAMPAIGN)
    words = f"mine.toml --base base.toml --scale 0.02 --draws {DRAWS} --samples 200 --until 2023-12 --alternatives 0 --quiet"
    (folder / "draws.toml").write_text(
        f'command = "{PROGRAM} appraise {words} --runs runs --points"\noutcomes = ["runs"]\n'
        f'[design]\nkind = "grid"\nlevels = {DRAWS}\n[factors]\ndraw = {{low = 0, high = {DRAWS - 1}}}\n'
    )
    program = lambda *more: subprocess.run([PROGRAM, *more], cwd=folder, check=True, timeout=120, stdout=subprocess.DEVNULL)
    program("sweep", "plan", "draws.toml", "-o", "draws", "--points-per-task", "3", "--quiet")
    try:
        cluster.start()
        said = cluster.run(PROGRAM, "sweep", "submit", "draws", "--sbatch=--mem=1000M").split()
        assert said[:2] == ["Job", "array"] and said[4] == "3", said
        say(f"job array {said[2]} of 3 tasks is submitted")
        wait_for("merged", lambda: (folder / "draws" / "merged.h5").exists(), 90)
        wait_for("the queue is empty", lambda: not cluster.run("squeue", "-h").strip())
    except BaseException:
        cluster.explain(folder / "draws")
        raise
    finally:
        cluster.stop()
    program("appraise", *words.split(), "--runs", "runs", "--finished", "-o", "parts.h5")
    program("appraise", *words.split(), "-o", "whole.h5")
    assert datasets(folder / "parts.h5") == datasets(folder / "whole.h5"), "what was gathered differs from what one command gives"
    say(f"the {DRAWS} draws of the array, gathered, are those of one command")


if __name__ == "__main__":
    with_folders(check)
