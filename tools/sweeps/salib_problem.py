#!/usr/bin/env python3
"""Factors of a sweep as a SALib problem, and back.

Usage: salib_problem.py FOLDER > problem.json       the factors of a planned sweep (FOLDER/manifest.json)
       salib_problem.py problem.json > factors.toml  a table [factors] for a sweep file

A SALib problem is a dictionary: num_vars, names, bounds, groups and dists. Uniform ranges are `unif`, a normal law that is cut off `truncnorm` (low, high, mean, standard deviation). SALib has no other law
that is cut off, so a factor with one is refused rather than written as something else; a list of points takes any: let SALib draw shares in [0, 1] and put them through the law. Whole numbers and months
(numbers after January 2021) come out as a uniform range that ends one later, whose whole part is the value.
"""
import json
import re
import sys
from pathlib import Path

UNIT = {"month": 1, "whole": 1, "real": 0}


def problem_of(manifest):
    problem = {"num_vars": len(manifest["factors"]), "names": [], "bounds": [], "groups": [], "dists": []}
    for factor in manifest["factors"]:
        name, law, low, high = factor["name"], factor["distribution"], factor["low"], factor["high"]
        normal = re.fullmatch(r"\s*normal\(\s*([^,]+),\s*([^)]+)\)\s*", law)
        if factor["values"] or (law and not normal and not law.startswith("uniform")):
            raise SystemExit(f"{name}: SALib knows no {law or 'list of values'}; give it shares in [0, 1] and a list of points")
        problem["names"].append(name)
        problem["groups"].append(factor["group"] or name)
        if normal:
            problem["dists"].append("truncnorm")
            problem["bounds"].append([low, high, float(normal[1]), float(normal[2])])
        else:
            problem["dists"].append("unif")
            problem["bounds"].append([low, high + UNIT[factor["kind"]]])
    if problem["groups"] == problem["names"]:
        problem["groups"] = None
    return problem


def month_text(number):
    return f'"{2021 + int(number) // 12}-{int(number) % 12 + 1:02}"'


def number_text(number):
    return repr(int(number)) if number == int(number) else repr(number)


def factors_of(problem):
    lines = ["[factors]"]
    for i, name in enumerate(problem["names"]):
        bounds, dist = problem["bounds"][i], (problem.get("dists") or ["unif"] * len(problem["names"]))[i]
        group = (problem.get("groups") or problem["names"])[i]
        key = ".".join(word if re.fullmatch(r"[A-Za-z0-9_-]+", word) else json.dumps(word) for word in name.split("."))
        parts = f"low = {bounds[0]}, high = {bounds[1]}"
        if dist == "truncnorm":
            parts += f', distribution = "normal({number_text(bounds[2])}, {number_text(bounds[3])})"'
        elif dist != "unif":
            raise SystemExit(f"{name}: the law {dist} has no ends; unif or truncnorm is expected")
        elif name.endswith((".start", ".end")):
            parts = f"low = {month_text(bounds[0])}, high = {month_text(bounds[1] - 1)}"
        elif name.endswith(".ramp"):
            parts = f"low = {int(bounds[0])}, high = {int(bounds[1]) - 1}"
        lines.append(f"{key} = {{{parts}{f', group = {json.dumps(group)}' if group != name else ''}}}")
    return "\n".join(lines)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    if source.is_dir():
        print(json.dumps(problem_of(json.loads((source / "manifest.json").read_text())), indent=1))
    else:
        print(factors_of(json.loads(source.read_text())))


if __name__ == "__main__":
    main()
