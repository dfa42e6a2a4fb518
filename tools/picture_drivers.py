#!/usr/bin/env python3
"""Draws which parameters the variance of each core indicator comes from, from a file of `instroom drivers`, as SVG with nothing but text; --table prints it as a table instead.

Usage: picture_drivers.py DRIVERS.csv PICTURE.svg | picture_drivers.py --table DRIVERS.csv. One bar an indicator; a parameter has one colour where it is among the strongest of all.
"""
import csv
import sys

from svg import COLOURS, line, text, write

LEFT, WIDTH, BAR, GAP, TOP, NAMED = 250, 760, 20, 14, 64, 9
SPECIAL = {"rest": ("#e4e4e4", "no single parameter (rest)"), "chance": ("#bdbdbd", "chance, at this scale"), "others": ("#8f8f8f", "other parameters")}


def read(source):
    """Lines of the head, and for each indicator its mean, relative spread and rows of (driver, status, share, standard error, effect)."""
    with open(source, encoding="utf-8") as file:
        lines = file.read().splitlines()
    head = [words[2:] for words in lines if words.startswith("#")]
    indicators = {}
    for row in csv.DictReader(words for words in lines if not words.startswith("#")):
        mean, spread = float(row["mean"]), float(row["standard_deviation"])
        _, _, rows = indicators.setdefault(row["indicator"], (mean, spread / abs(mean), []))
        rows.append((row["driver"], row["status"], float(row["share"]), float(row["standard_error"]), float(row["effect"])))
    return head, indicators


def words_of(name):
    return name.replace("_", " ").replace("bbl", "BBL").replace("ict ", "ICT ")


def picture(source, target):
    head, indicators = read(source)
    total = {}
    for _, _, rows in indicators.values():
        for driver, status, share, _, _ in rows:
            if driver not in SPECIAL:
                known = total.setdefault(driver, [0.0, status])
                known[0] += share
    strongest = sorted(total, key=lambda driver: -total[driver][0])[:NAMED]
    colour = dict(zip(strongest, COLOURS))
    height = TOP + len(indicators) * (BAR + GAP) + 24 + 18 * -(-(len(strongest) + len(SPECIAL)) // 2) + 12
    out = [text(16, 22, "Which unknown drives the core indicators of 2030: shares of their variance", 15, weight="bold"), text(16, 40, head[0] + " (" + head[1].split(";")[1].strip() + ")", 10, colour="#666")]
    for i, (name, (_, spread, rows)) in enumerate(indicators.items()):
        y, x = TOP + i * (BAR + GAP), LEFT
        out.append(text(LEFT - 8, y + 14, f"{words_of(name)} (spread {100 * spread:.1f} %)", 11, "end"))
        weak = sum(share for driver, _, share, _, _ in rows if driver not in SPECIAL and driver not in colour)
        bars = [(colour[driver], share, "+" if effect > 0 else "-") for driver, _, share, _, effect in rows if driver in colour]
        bars += [(SPECIAL["others"][0], weak, "")] + [(SPECIAL[kind][0], share, "") for kind in ("rest", "chance") for driver, _, share, _, _ in rows if driver == kind]
        for fill, share, sign in bars:
            wide = share * WIDTH
            out.append(f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{fill}"/>')
            if wide > 34:
                out.append(text(x + wide / 2, y + 14, f"{sign}{100 * share:.0f} %", 10, "middle", "white" if fill not in ("#e4e4e4", "#bdbdbd") else "#444"))
            x += wide
    bottom = TOP + len(indicators) * (BAR + GAP)
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = LEFT + share * WIDTH
        out += [line(x, TOP - 4, x, bottom - GAP + 4, "#999", 0.5), text(x, bottom + 4, f"{100 * share:.0f} %", 9, "middle", "#666")]
    words = [(colour[driver], f"{driver} ({total[driver][1]})") for driver in strongest] + list(SPECIAL.values())
    for i, (fill, name) in enumerate(words):
        x, y = LEFT + (i % 2) * WIDTH / 2, bottom + 24 + 18 * (i // 2)
        out += [f'<rect x="{x:.1f}" y="{y - 9}" width="11" height="11" fill="{fill}"/>', text(x + 17, y, name)]
    write(target, LEFT + WIDTH + 24, height, out)


def table(source):
    _, indicators = read(source)
    print("| indicator, mean of 2030 | spread | drivers: share of the variance, in percent (standard error) | rest | chance |\n|---|---|---|---|---|")
    for name, (_, spread, rows) in indicators.items():
        drivers = [f"`{d}` {'-' if effect < 0 else '+'}{100 * share:.0f} ({100 * error:.0f})" for d, _, share, error, effect in rows if d not in SPECIAL]
        share_of = {d: share for d, _, share, _, _ in rows}
        more = sum(share for d, _, share, _, _ in rows if d not in SPECIAL) - sum(share for _, _, share, _, _ in [r for r in rows if r[0] not in SPECIAL][:5])
        print(f"| {words_of(name)} | {100 * spread:.1f} % | {', '.join(drivers[:5])}{f', {len(drivers) - 5} more {100 * more:.0f}' if len(drivers) > 5 else ''} | {100 * share_of['rest']:.0f} % | {100 * share_of['chance']:.0f} % |")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--table":
        table(sys.argv[2])
    elif len(sys.argv) == 3:
        picture(*sys.argv[1:])
    else:
        sys.exit(__doc__)
