"""Runs instroom_bench for scales and threads, and instroom_twin_bench; writes their figures as JSON and prints them as a table. tools/bench calls it."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AIMS = {"month over bare pass": 2.0, "whole job over 120 bare passes": 3.0, "start population in bare passes": 90.0, "bytes a person at the peak": 200.0, "bounds of streams, % of rows": 20.0, "1 to 2 threads, stepping": 1.8,
        "scenario over baseline run": 1.1, "run of a comparison over baseline run": 1.05, "sweep, efficiency of 2 threads": 0.95}
# Columns of the table: title, width, format, and the figure of a run.
COLUMNS = [
    ("scale", 6, "", lambda r: r["scale"]),
    ("threads", 8, "", lambda r: r["threads"]),
    ("persons", 11, "", lambda r: r["persons"]),
    ("bare ms", 9, ".2f", lambda r: 1e3 * r["bare_pass_seconds"]),
    ("month ms", 10, ".2f", lambda r: 1e3 * r["month_seconds"]),
    ("ratio", 7, ".2f", lambda r: r["month_seconds"] / r["bare_pass_seconds"]),
    ("start s", 9, ".2f", lambda r: r["start_seconds"]),
    ("months s", 10, ".2f", lambda r: r["step_seconds"]),
    ("write s", 9, ".2f", lambda r: r["write_seconds"]),
    ("all s", 8, ".2f", lambda r: r["seconds"]),
    ("CPU s", 8, ".2f", lambda r: r["cpu_seconds"]),
    ("peak MB", 9, ".0f", lambda r: r["peak_bytes"] / 1e6),
    ("B/person", 10, ".0f", lambda r: r["peak_bytes"] / r["persons"]),
]
REPLICATES = 6  # of one command, where further runs are measured
# What a further run of one command costs, by scale: its name, format, and the figure.
FURTHER = [
    ("CPU s a run", ".2f", lambda f: f["cpu_seconds"]),
    ("runs a minute and core", ".1f", lambda f: 60 / f["cpu_seconds"]),
    ("MB a run", ".1f", lambda f: f["peak_bytes"] / 1e6),
]
SWEEPS = {"0.01": 64, "0.1": 16}  # points by scale, of one run each
POLICY_SCALE = "0.1"
# What measures and a comparison cost: its name, and the seconds of a run.
POLICY = [
    ("no measures", lambda p: p["nothing_seconds"]),
    ("baseline: policy in place", lambda p: p["baseline_seconds"]),
    ("policy in place and a course of 20 000 places a year", lambda p: p["scenario_seconds"]),
    ("a run of a comparison of the last two, one start population", lambda p: p["comparison_seconds"] / p["comparison_runs"]),
]


def arguments(words):
    parser = argparse.ArgumentParser(
        prog="tools/bench",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Measures the main job against a bare pass of random numbers, by process, scale (0.01, 0.1, 1) and threads (1, 2);\n"
        "further runs with the same start population, their processor time and memory; what measures and a comparison cost beside the\n"
        "baseline run; sweeps on one thread and two; and the core of the labour market against a naive twin of it (tests/naive); prints a table and writes a JSON. Takes some minutes; the machine should be idle. Seconds of\n"
        "different machines do not compare; the ratios to the bare pass do.",
        epilog="examples:\n"
        "  tools/bench                                          measure, write build/bench.json\n"
        "  tools/bench build/new.json --compare build/old.json  measure, and print new over old for every figure\n"
        "  tools/bench --last 2021-12                           a year in place of ten",
    )
    parser.add_argument("json", nargs="?", metavar="JSON", default=str(ROOT / "build/bench.json"), help="file to write (build/bench.json)")
    parser.add_argument("--compare", metavar="OLD.json", help="print the ratios of the new figures to those of this file, written by an earlier tools/bench")
    parser.add_argument("--last", metavar="MONTH", help="last month that is simulated, as in 2021-12 (that of the baseline)")
    parser.add_argument("--program", help=argparse.SUPPRESS)  # instroom_bench, given by tools/bench
    parser.add_argument("--twin", help=argparse.SUPPRESS)  # instroom_twin_bench, likewise
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)  # only look at the words
    given = parser.parse_args(words)
    given.old = None
    if given.compare:
        try:
            with open(given.compare, encoding="utf-8") as file:
                given.old = json.load(file)
            given.old["runs"], given.old["reached"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            parser.error(f"--compare {given.compare}: not a file that tools/bench has written ({type(error).__name__}: {error})")
    return given


def measured(program, last):
    """One run of the program for each scale and number of threads; the last one is the largest."""
    threads = [1, 2] if (os.cpu_count() or 1) >= 2 else [1]
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for scale in ("0.01", "0.1", "1.0"):
            for t in threads:
                print(f"scale {scale}, {t} thread(s) ...", file=sys.stderr, flush=True)
                words = [program, scale, str(t), folder, *([last] if last else [])]
                runs.append(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout))
    return runs


def measured_twins(program):
    """The core of the labour market, by the real program and by its naive twin, one thread each."""
    twins = []
    for scale in ("0.01", "0.1"):
        print(f"scale {scale}, naive twin ...", file=sys.stderr, flush=True)
        twins.append(json.loads(subprocess.run([program, scale], check=True, capture_output=True, text=True).stdout))
    return twins


def measured_further(program, last, runs):
    """What each further replicate of one command costs, which all begin with one start population: one thread, and one process for one replicate and for
    several, so that the difference of their processor time and of their peak memory is that of the further ones."""
    further = []
    with tempfile.TemporaryDirectory() as folder:
        for scale in ("0.01", "0.1"):
            print(f"scale {scale}, {REPLICATES} replicates ...", file=sys.stderr, flush=True)
            words = [program, scale, "1", folder, last or "-", str(REPLICATES)]
            several = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
            one = next(r for r in runs if r["scale"] == several["scale"] and r["threads"] == 1)
            more = several["replicates"] - 1
            further.append({"scale": several["scale"], "months": one["months"], "runs": more}
                           | {name: (several[name] - one[name]) / more for name in ("cpu_seconds", "peak_bytes")})
    return further


def measured_sweeps(program, last):
    """Sweeps on one thread and on two, each in a process of its own; start population and tables are in their time."""
    sweeps = []
    with tempfile.TemporaryDirectory() as folder:
        for scale, points in SWEEPS.items():
            for threads in (1, 2) if (os.cpu_count() or 1) >= 2 else (1,):
                print(f"scale {scale}, sweep, {threads} thread(s) ...", file=sys.stderr, flush=True)
                words = [program, "sweep", scale, str(threads), folder, last or "-", str(points)]
                sweeps.append(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout))
    return sweeps


def sweep_efficiency(sweeps):
    """Time of one thread over twice that of two, at the largest scale; None on one core."""
    alone, both = (next((s for s in reversed(sweeps) if s["threads"] == threads), None) for threads in (1, 2))
    return alone["seconds"] / (2 * both["seconds"]) if both else None


def measured_policy(program, last):
    """Runs without measures, of the baseline and of a scenario with a course beside it, in turns in one process, and a comparison of the last two; one thread."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"scale {POLICY_SCALE}, measures ...", file=sys.stderr, flush=True)
        words = [program, "policy", POLICY_SCALE, folder, last or "-"]
        return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def reached_by(runs, policy, sweeps):
    full = runs[-1]
    bare = full["bare_pass_seconds"]
    reached = {
        "month over bare pass": full["month_seconds"] / bare,
        "whole job over 120 bare passes": full["seconds"] / (full["months"] * bare),
        "start population in bare passes": full["start_seconds"] / bare,
        "bytes a person at the peak": full["peak_bytes"] / full["persons"],
        "bounds of streams, % of rows": 100 * full["bounds"],
    }
    single = [r for r in runs if r["scale"] == full["scale"] and r["threads"] == 1]
    if full["threads"] == 2 and single:
        reached["1 to 2 threads, stepping"] = single[0]["step_seconds"] / full["step_seconds"]
    reached["scenario over baseline run"] = policy["scenario_seconds"] / policy["baseline_seconds"]
    reached["run of a comparison over baseline run"] = policy["comparison_seconds"] / policy["comparison_runs"] / policy["baseline_seconds"]
    if (efficiency := sweep_efficiency(sweeps)) is not None:
        reached["sweep, efficiency of 2 threads"] = efficiency
    return reached


def print_table(runs, further, policy, twins, sweeps, reached):
    print("".join(f"{title:>{width}}" for title, width, _, _ in COLUMNS))
    for r in runs:
        print("".join(f"{figure(r):>{width}{form}}" for _, width, form, figure in COLUMNS))
    full = runs[-1]
    print(f"\nMedian month at scale {full['scale']}, {full['threads']} thread(s), by process")
    for name, seconds in full["processes"].items():
        print(f"  {name:<20}{1e3 * seconds:>9.2f} ms{seconds / full['bare_pass_seconds']:>8.2f} bare passes")
    print(f"\nFurther runs of {further[0]['months']} months with one start population, one thread (mean of {further[0]['runs']}; the copy of the start kept for them is in their memory)")
    for f in further:
        print(f"  scale {f['scale']:<6}" + ", ".join(f"{figure(f):{form}} {name}" for name, form, figure in FURTHER))
    print(f"\nWhole runs at scale {policy['scale']}, one thread, processor time (medians of {policy['turns']})")
    for name, seconds in POLICY:
        print(f"  {name:<58}{seconds(policy):>8.2f} s{seconds(policy) / policy['baseline_seconds']:>8.2f} baseline runs")
    print("\nSweeps of one run a point, start population and tables included")
    for s in sweeps:
        print(f"  scale {s['scale']:<6} {s['threads']} thread(s): {s['points']} runs in {s['seconds']:.2f} s, {60 * s['points'] / s['seconds'] / s['threads']:.1f} runs a minute and core, {s['peak_bytes'] / 1e6:.0f} MB at the peak")
    print("\nEmployers, separations and search of the core, one thread, millions of persons x months a second")
    for t in twins:
        real, twin = t["real_person_months_a_second"] / 1e6, t["twin_person_months_a_second"] / 1e6
        print(f"  scale {t['scale']:<6} {t['persons']:>8} persons {real:>8.2f}, naive twin {twin:.2f}: {t['ratio']:.1f} times as fast")
    print(f"\n{'':<40}{'reached':>9}{'aim':>8}")
    for name, value in reached.items():
        print(f"  {name:<38}{value:>9.2f}{AIMS[name]:>8.2f}")


def ratio_text(new, old, width):
    return f"{new / old:>{width}.2f}" if old else f"{'-':>{width}}"


def print_comparison(runs, further, twins, reached, old):
    """New over old; a dash where the old file has no such figure. The ratios of bare passes tell how unlike the machine was."""
    before = {(r["scale"], r["threads"]): r for r in old["runs"]}
    print("\nNew over old")
    print("".join(f"{title:>{width}}" for title, width, _, _ in COLUMNS))
    for r in runs:
        then = before.get((r["scale"], r["threads"]))
        print(f"{r['scale']:>6}{r['threads']:>8}" + "".join(ratio_text(figure(r), figure(then) if then else 0, width) for _, width, _, figure in COLUMNS[2:]))
    full = runs[-1]
    then = before.get((full["scale"], full["threads"]), {"processes": {}, "bare_pass_seconds": 1})
    print(f"\nMedian month at scale {full['scale']}, {full['threads']} thread(s), by process, in bare passes")
    for name, seconds in full["processes"].items():
        print(f"  {name:<32}{ratio_text(seconds / full['bare_pass_seconds'], then['processes'].get(name, 0) / then['bare_pass_seconds'], 9)}")
    print()
    costs = {f["scale"]: f for f in old.get("further", [])}
    for f in further:
        for name, _, figure in FURTHER:
            print(f"  {'further run, scale ' + str(f['scale']) + ', ' + name:<46}{ratio_text(figure(f), figure(costs[f['scale']]) if f['scale'] in costs else 0, 9)}")
    speedups = {t["scale"]: t["ratio"] for t in old.get("twins", [])}
    for t in twins:
        print(f"  {'over the naive twin, scale ' + str(t['scale']):<32}{ratio_text(t['ratio'], speedups.get(t['scale'], 0), 9)}")
    for name, value in reached.items():
        print(f"  {name:<38}{ratio_text(value, old['reached'].get(name, 0), 9)}")


def main():
    given = arguments(sys.argv[1:])
    if given.check:
        return
    program = given.program or str(ROOT / "build/release/bin/instroom_bench")
    runs = measured(program, given.last)
    further = measured_further(program, given.last, runs)
    twins = measured_twins(given.twin or str(ROOT / "build/release/bin/instroom_twin_bench"))
    policy = measured_policy(program, given.last)
    sweeps = measured_sweeps(program, given.last)
    reached = reached_by(runs, policy, sweeps)
    print_table(runs, further, policy, twins, sweeps, reached)
    if given.old:
        print_comparison(runs, further, twins, reached, given.old)
    with open(given.json, "w", encoding="utf-8") as file:
        json.dump({"runs": runs, "further": further, "policy": policy, "twins": twins, "sweeps": sweeps, "reached": reached, "aims": AIMS}, file, indent=1)
        file.write("\n")
    print(f"\nWritten: {given.json}")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd)}: exit code {error.returncode}\n{error.stderr}")
