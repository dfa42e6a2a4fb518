"""Runs instroom_bench for scales and threads, writes its figures as JSON and prints them as a table. tools/bench calls it.

Usage: bench_table.py PROGRAM JSON [LAST_MONTH]
"""
import json
import os
import subprocess
import sys
import tempfile

AIMS = {"month over bare pass": 2.0, "whole job over 120 bare passes": 3.0, "start population in bare passes": 90.0, "bytes a person at the peak": 200.0, "1 to 2 threads, stepping": 1.8}


def main():
    program, output, *last = sys.argv[1:]
    threads = [1, 2] if (os.cpu_count() or 1) >= 2 else [1]
    cases = [(scale, t) for scale in ("0.01", "0.1", "1.0") for t in threads]
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for scale, t in cases:
            print(f"scale {scale}, {t} thread(s) ...", file=sys.stderr, flush=True)
            runs.append(json.loads(subprocess.run([program, scale, str(t), folder, *last], check=True, capture_output=True, text=True).stdout))

    print(f"{'scale':>6}{'threads':>8}{'persons':>11}{'bare ms':>9}{'month ms':>10}{'ratio':>7}{'start s':>9}{'months s':>10}{'write s':>9}{'all s':>8}{'CPU s':>8}{'peak MB':>9}{'B/person':>10}")
    for r in runs:
        print(f"{r['scale']:>6}{r['threads']:>8}{r['persons']:>11}{1e3 * r['bare_pass_seconds']:>9.2f}{1e3 * r['month_seconds']:>10.2f}{r['month_seconds'] / r['bare_pass_seconds']:>7.2f}"
              f"{r['start_seconds']:>9.2f}{r['step_seconds']:>10.2f}{r['write_seconds']:>9.2f}{r['seconds']:>8.2f}{r['cpu_seconds']:>8.2f}{r['peak_bytes'] / 1e6:>9.0f}{r['peak_bytes'] / r['persons']:>10.0f}")

    full = runs[-1]
    bare = full["bare_pass_seconds"]
    print(f"\nMedian month at scale {full['scale']}, {full['threads']} thread(s), by process")
    for name, seconds in full["processes"].items():
        print(f"  {name:<20}{1e3 * seconds:>9.2f} ms{seconds / bare:>8.2f} bare passes")
    reached = {
        "month over bare pass": full["month_seconds"] / bare,
        "whole job over 120 bare passes": full["seconds"] / (full["months"] * bare),
        "start population in bare passes": full["start_seconds"] / bare,
        "bytes a person at the peak": full["peak_bytes"] / full["persons"],
    }
    if len(threads) == 2:
        reached["1 to 2 threads, stepping"] = runs[-2]["step_seconds"] / full["step_seconds"]
    print(f"\n{'':<34}{'reached':>9}{'aim':>7}")
    for name, value in reached.items():
        print(f"  {name:<32}{value:>9.2f}{AIMS[name]:>7.1f}")
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"runs": runs, "reached": reached, "aims": AIMS}, file, indent=1)
        file.write("\n")
    print(f"\nWritten: {output}")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd)}: exit code {error.returncode}\n{error.stderr}")
