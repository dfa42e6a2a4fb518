"""Slurm on loopback for tests: munge, a controller and two node daemons below one folder, started and stopped by number. Needs Debian's slurmctld, slurmd,
slurm-client and munge, and root. Where a machine forbids any of it a test fails; it never passes without having run. Every listener is on 127.0.0.1.
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

    def explain(self, folder):
        """Logs of daemons, the queue and the logs of tasks in a folder, for a test that fails."""
        for name in ("slurmctld.log", "slurmd-n1.log", "slurmd-n2.log", "munged.log"):
            log = self.folder / name
            print(f"== {name}\n" + ("\n".join(log.read_text(errors="replace").splitlines()[-30:]) if log.exists() else "is not there"), file=sys.stderr)
        print(self.run("squeue", check=False), file=sys.stderr)
        for log in sorted(folder.glob("slurm-*.log")):
            print(f"== {log.name}\n{log.read_text(errors='replace')}", file=sys.stderr)


def with_folders(check):
    """Calls check(folder of the cluster, folder of the sweeps)."""
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
