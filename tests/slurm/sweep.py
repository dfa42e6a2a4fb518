"""A sweep on a real Slurm: a job array, a node and a task that are lost, and a merged file that is that of a local run.

Usage: INSTROOM=path/to/instroom sweep.py (see cluster.py for what it needs).
"""
import os
import subprocess

from cluster import PROGRAM, Cluster, environment_of, kill, parent_of, say, wait_for, with_folders

SWEEP = """
scenario = "small.toml"
until = "2022-12"
scale = 0.02
replicates = 8
outcomes = ["technicians_at_work", "spending"]
series = ["vacancies"]
[design]
kind = "sobol"
points = 32
[factors]
measure.M2.start = {low = "2021-01", high = "2021-11"}
parameters.demand.adjustment = {low = 0.05, high = 0.3}
"""
POINTS_A_TASK = 4  # eight tasks; the cluster takes arrays of five


def finished(folder):
    """Points done, by the folder's own account."""
    words = subprocess.run([PROGRAM, "sweep", "status", folder], capture_output=True, text=True, check=True).stdout.split(": ", 1)[1].split()
    return int(words[0])


def in_the_middle(folder, cluster):
    """The numbers of the tasks on both nodes, once each has begun its file of results and enough is left for both to be missed."""
    tasks = [cluster.task_on(name) for name in ("n1", "n2")]
    arrays = [environment_of(task).get("SLURM_ARRAY_TASK_ID") for task in tasks if task]
    begun = len(arrays) == 2 and all(a and (folder / "results" / f"{int(a):06}.records").exists() for a in arrays)
    return tasks if begun and 1 <= finished(folder) < 24 else None


def check(state, folder):
    cluster = Cluster(state, folder)
    (folder / "small.toml").write_text('regions = ["IJmond"]\n')
    (folder / "s.toml").write_text(SWEEP)
    program = lambda *words: subprocess.run([PROGRAM, "sweep", *words, "--quiet"], cwd=folder, check=True, timeout=120, stdout=subprocess.DEVNULL)
    program("plan", "s.toml", "-o", "local", "--points-per-task", str(POINTS_A_TASK))
    program("plan", "s.toml", "-o", "slurm", "--points-per-task", str(POINTS_A_TASK))
    sweep = folder / "slurm"
    try:
        cluster.start()
        said = cluster.run(PROGRAM, "sweep", "submit", "slurm").split()
        assert said[:2] == ["Job", "array"] and said[4] == "5", said
        array, merge = said[2], said[7]
        say(f"job array {array} of 5 tasks is submitted, job {merge} merges")

        first, second = wait_for("tasks run on both nodes", lambda: in_the_middle(sweep, cluster))
        lost, killed = (f"{array}_{environment_of(task)['SLURM_ARRAY_TASK_ID']}" for task in (first, second))
        assert killed != lost
        # The node is lost with all that runs on it: daemon, step and task.
        for process in (cluster.nodes["n1"].pid, parent_of(first), first):
            kill(process)
        cluster.nodes["n1"].wait()
        say(f"node n1 is lost with task {lost}")
        kill(second)
        say(f"task {killed} on n2 is killed")
        wait_for("Slurm has noticed", lambda: cluster.task_on("n2") not in (None, second))
        before = finished(sweep)
        assert before < 32, before
        cluster.run("scontrol", "requeue", killed)

        wait_for("Slurm has given the node up", lambda: "down" in cluster.run("sinfo", "-h", "-N", "-n", "n1", "-o", "%T"))
        cluster.start_node("n1")
        states = lambda: cluster.run("squeue", "-h", "-r", "-j", array, "-o", "%i %T %r", check=False)
        for job in (lost, killed):
            # Requeued jobs wait for two minutes, for what is left of them to end: here it has ended.
            wait_for(f"task {job} is queued again or done", lambda: f"{job} RUNNING" in states() or f"{job} PENDING" in states() or f"{job} " not in states())
            cluster.run("scontrol", "update", f"JobId={job}", "StartTime=now", check=False)
        wait_for("merged", lambda: (sweep / "merged.h5").exists(), 90)
        # A step that cannot tell the controller of its end stays behind.
        wait_for("the queue is empty", lambda: not cluster.run("squeue", "-h").strip())
    except BaseException:
        cluster.explain(sweep)
        raise
    finally:
        cluster.stop()

    program("run", "local")
    program("merge", "local")
    say("the same sweep has run locally")
    assert finished(sweep) == 32
    assert (sweep / "merged.h5").read_bytes() == (folder / "local" / "merged.h5").read_bytes(), "the merged files differ"
    # What was finished before the kills was not run again: every point has one record.
    sizes = [sorted(p.stat().st_size for p in (folder / name / "results").iterdir()) for name in ("slurm", "local")]
    assert sizes[0] == sizes[1], sizes
    say("the merged files are the same, bit for bit, and no point has run twice")


if __name__ == "__main__":
    with_folders(check)
