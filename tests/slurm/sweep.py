"""A sweep on a real Slurm: a controller and two node daemons on loopback, a job array, a node and a task that are lost, and a merged file that is that of a local run.

Usage: INSTROOM=path/to/instroom sweep.py. Needs Debian's slurmctld, slurmd, slurm-client and munge, and root. Where a machine forbids any of it this fails; it
never passes without having run. Every listener is on 127.0.0.1, and every process is stopped by its number.
"""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = os.path.abspath(os.environ["INSTROOM"])
HERE = Path(__file__).resolve().parent
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


def say(text):
    print(f"{time.monotonic() - BEGAN:6.1f} s  {text}", flush=True)


BEGAN = time.monotonic()


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def wait_for(what, condition, seconds=60):
    """Asks again and again; what Slurm does next is known by its results alone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            say(what)
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


def environment_of(process):
    try:
        return dict(word.split("=", 1) for word in Path(f"/proc/{process}/environ").read_bytes().decode(errors="replace").split("\0") if "=" in word)
    except OSError:
        return {}


def parent_of(process):
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def kill(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Cluster:
    """Munge, a controller and the nodes n1 and n2, all below one folder."""

    def __init__(self, folder, work):
        self.folder, self.work = folder, work
        self.environment = {**os.environ, "SLURM_CONF": str(folder / "slurm.conf")}
        self.nodes = {}
        self.others = []

    def start(self):
        text = (HERE / "slurm.conf.in").read_text().replace("@DIR@", str(self.folder))
        for name, port in zip(("CONTROLLER", "N1", "N2"), free_ports(3)):
            text = text.replace(f"@{name}@", str(port))
        (self.folder / "slurm.conf").write_text(text)
        (self.folder / "state").mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        f = self.folder
        self.run("munged", "--force", f"--key-file={key}", f"--socket={f}/munge.socket", f"--pid-file={f}/munged.pid", f"--log-file={f}/munged.log", f"--seed-file={f}/munge.seed")
        # In the foreground, so that each daemon's number is known from its start.
        self.others.append(self.daemon("slurmctld", "-D"))
        for name in ("n1", "n2"):
            self.start_node(name)
        wait_for("both nodes are idle", lambda: self.idle() == 2, 40)

    def start_node(self, name):
        self.nodes[name] = self.daemon("slurmd", "-D", "-N", name)

    def daemon(self, *words):
        return subprocess.Popen(words, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def run(self, *words, check=True):
        done = subprocess.run([str(w) for w in words], env=self.environment, cwd=self.work, capture_output=True, text=True, timeout=60)
        if check and done.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def idle(self):
        return self.run("sinfo", "-h", "-N", "-o", "%t", check=False).split().count("idle")

    def task_on(self, name):
        """The number of the sweep's process on a node, or None."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                its = environment_of(entry.name)
                if its.get("SLURM_CONF") == self.environment["SLURM_CONF"] and its.get("SLURMD_NODENAME") == name and os.path.realpath(entry / "exe") == PROGRAM:
                    return int(entry.name)
        return None

    def stop(self):
        for daemon in [*self.nodes.values(), *self.others]:
            daemon.terminate()
        for daemon in [*self.nodes.values(), *self.others]:
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        # Munge, tasks, and the steps above them, which are no children of ours.
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid() and environment_of(entry.name).get("SLURM_CONF") == self.environment["SLURM_CONF"]:
                kill(int(entry.name))


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
        for name in ("slurmctld.log", "slurmd-n1.log", "slurmd-n2.log", "munged.log"):
            log = state / name
            print(f"== {name}\n" + ("\n".join(log.read_text(errors="replace").splitlines()[-30:]) if log.exists() else "is not there"), file=sys.stderr)
        print(cluster.run("squeue", check=False), file=sys.stderr)
        for log in sorted(sweep.glob("slurm-*.log")):
            print(f"== {log.name}\n{log.read_text(errors='replace')}", file=sys.stderr)
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


def main():
    missing = [name for name in ("slurmctld", "slurmd", "sbatch", "munged") if shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin") is None]
    if missing or os.geteuid() != 0:
        sys.exit(f"Slurm cannot run here: {'root is needed' if not missing else 'missing are ' + ', '.join(missing)} (tools/packages lists the packages)")
    os.environ["PATH"] += ":/usr/sbin"
    folder = Path(tempfile.mkdtemp(prefix="instroom-slurm-"))
    folder.chmod(0o755)
    sweeps = folder / "a folder's name"  # with what a shell and sbatch take for signs of their own
    sweeps.mkdir()
    try:
        check(folder, sweeps)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
