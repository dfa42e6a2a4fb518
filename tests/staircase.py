#!/usr/bin/env python3
"""The staircase of rooms: each room includes only what stands below it, and only its own libraries. A room with folders is a staircase inside.

Usage: staircase.py ROOT. Prints every include that runs up the staircase or reaches for a library of another room; exit status 1 where there is one.
`staircase.py --self-test` checks that planted mistakes are found.
"""
import re
import sys
import tempfile
from pathlib import Path

ROOMS = ["sim", "models", "regions", "experiments", "tools"]
# Folders of a room from the lowest step on; files of such a room stand in one of them.
FOLDERS = {"experiments": ["statistics", "scenarios", "figures", "runs", "calibration", "comparison", "assessment", "exploration", "appraisal", "monitor"]}
# Library headers by the first part of their name; a room may use its own and those of the rooms below, unless it is named in ONLY.
LIBRARIES = {
    "sim": ["oneapi", "tbb", "hdf5.h", "hdf5_hl.h", "Random123", "fmt", "spdlog", "boost/math", "immintrin.h", "emmintrin.h"],
    "models": ["boost/graph", "boost/math", "fmt"],
    "regions": ["csv.h", "openssl"],
    "experiments": ["toml.hpp", "Eigen", "nlopt.hpp", "boost/random", "nlohmann"],
    "tools": ["CLI"],
}
# What only the engine may include: other rooms go through sim/.
ENGINE_ONLY = ["oneapi", "tbb", "hdf5.h", "hdf5_hl.h", "Random123"]
# Headers of the system's C library.
SYSTEM = re.compile(r"^(sys/|gnu/|unistd\.h$|fcntl\.h$|signal\.h$|time\.h$|errno\.h$|string\.h$|std[a-z]+\.h$)")
STANDARD = re.compile(r"^[a-z_]+$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# Made by the build beside version.cpp.
GENERATED = {"instroom_commit.hpp"}


def allowed_libraries(room):
    below = ROOMS[: ROOMS.index(room) + 1]
    libraries = [header for r in below for header in LIBRARIES[r]]
    if room in ("models", "regions", "experiments"):
        libraries = [header for header in libraries if header not in ENGINE_ONLY]
    return libraries


def starts(header, part):
    return header == part or header.startswith(part + "/")


def step_of(parts):
    """The place on the staircase inside a room of a file or header, given as its parts from the top; None where the room has no folders, -1 for no step."""
    steps = FOLDERS.get(parts[0])
    if steps is None:
        return None
    return steps.index(parts[1]) if len(parts) > 2 and parts[1] in steps else -1


def faults_of(path, room, lines):
    found = []
    step = step_of(path.parts)
    if step == -1:
        found.append(f"{path}: stands in no folder of its room")
    below = ROOMS[: ROOMS.index(room) + 1]
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quoted, header = match.group(1) == '"', match.group(2)
        where = f"{path}:{number}: {room} includes {header}"
        if quoted:
            first = header.split("/")[0]
            if header in GENERATED:
                continue
            if first not in ROOMS:
                found.append(f"{where}: quotes are for the project's own headers, named from the top")
            elif first not in below:
                found.append(f"{where}, which stands above it on the staircase")
            elif first == room and step is not None and step_of(header.split("/")) > step:
                found.append(f"{where}, which stands above {path.parts[1]} inside the room")
        elif not (STANDARD.match(header) or SYSTEM.match(header)):
            if not any(starts(header, part) for part in allowed_libraries(room)):
                found.append(f"{where}: this library does not belong to the room")
    return found


def faults(root):
    found = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in (".hpp", ".cpp"):
                found += faults_of(path.relative_to(root), room, path.read_text(encoding="utf-8").splitlines())
    return found


def self_test():
    planted = {
        "sim/a.hpp": '#include "models/world.hpp"\n',
        "models/a.hpp": "#include <hdf5.h>\n",
        "regions/a.cpp": "#include <CLI/CLI.hpp>\n",
        "experiments/runs/a.cpp": '#include "tools/program.hpp"\n',
        "experiments/runs/b.cpp": '#include "experiments/monitor/page.hpp"\n',
        "experiments/c.cpp": "",
        "models/b.cpp": '#include "world.hpp"\n',
    }
    fine = {
        "tools/a.cpp": '#include <CLI/CLI.hpp>\n#include <vector>\n#include "sim/error.hpp"\n',
        "models/c.cpp": "#include <boost/graph/adjacency_list.hpp>\n#include <fmt/format.h>\n",
        "experiments/runs/d.cpp": '#include "experiments/figures/moments.hpp"\n#include "experiments/runs/run.hpp"\n',
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in {**planted, **fine}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        found = faults(root)
    missed = [name for name in planted if not any(f.startswith(name) for f in found)]
    wrong = [f for f in found if any(f.startswith(name) for name in fine)]
    if missed or wrong:
        sys.exit(f"not found: {missed}; found though right: {wrong}")
    print(f"{len(planted)} planted mistakes found")


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        self_test()
    else:
        found = faults(Path(sys.argv[1]))
        print("\n".join(found) if found else "no include runs up the staircase")
        sys.exit(1 if found else 0)
