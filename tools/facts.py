#!/usr/bin/env python3
"""Compares a file of a run with published figures: facts meant as a check, and the targets of 2021 to 2023; prints a table (Markdown).

Usage: facts.py RUN.h5, of a run from January 2021 to December 2023 or later, best with --panel 100000 (without one, facts on persons read `not measured`).
Needs Debian's python3-xarray. A fact passes within 20 % of the published figure, relative, unless its row states another tolerance. National numbers of
persons and vacancies are scaled by the regions' share of the nation's inhabitants; sources are rows of the tables in regions/data and of the survey of figures
that they were picked from.
"""
import sys

import numpy as np
import xarray

NATION = 17_475_415  # inhabitants of the Netherlands, 1 January 2021 (CBS StatLine 37296ned)
TOLERANCE = 0.20
MARGIN = "±20 %"
# CBS StatLine 84545NED, seasonally adjusted, 2021Q1 to 2023Q4.
OPEN = [248_700, 324_300, 370_000, 391_800, 452_800, 463_700, 445_300, 437_100, 432_200, 422_200, 415_300, 410_400]
ENDED = [262_400, 296_600, 331_500, 353_300, 359_600, 377_900, 391_100, 378_400, 376_300, 364_500, 358_600, 363_900]
# CBS StatLine 85269NED, 85494NED, 85969NED.
UNEMPLOYMENT = {2021: 0.042, 2022: 0.035, 2023: 0.0356}
# Vacancies per unemployed person in the fourth quarter: StatLine 84545NED over 85224NED; 2023 as CBS published it.
TIGHTNESS = {2021: 1.059, 2022: 1.218, 2023: 1.14}
# Three months apart, to April 2024: CBS StatLine 82848NED.
TRANSITIONS = {"unemployed to work": 0.3886, "unemployed to outside the labour force": 0.2446, "work to unemployed": 0.0118,
               "work to outside the labour force": 0.0213, "outside the labour force to work": 0.0558, "outside the labour force to unemployed": 0.0385}
DAYS_A_QUARTER = 91.3
CLASS_OF = ["07"] * 8 + ["08"] * 2 + ["01", "02", "03", "04", "05", "06", "09", "10", "11", "12", "13"]

rows = []


def fact(group, name, observed, simulated, form="{:.1%}", verdict=None):
    """One row; the verdict is a comparison within the tolerance unless the fact has its own. `simulated` None: not measured."""
    show = (lambda v: v if isinstance(v, str) else form.format(v).replace(",", " ").replace("%", " %"))
    if simulated is None:
        rows.append((group, name, show(observed), "not measured", "-"))
        return
    if verdict is None:
        verdict = abs(simulated / observed - 1) <= TOLERANCE
    rows.append((group, name, show(observed), show(simulated), "pass" if verdict else "**miss**"))


def months_of(panel):
    """Panel of the first replicate as person x time: who works for an employer, and in which job (the wage is fixed within a job)."""
    contract = panel.contract.isel(replicate=0).transpose("person", "time").values
    wage = panel.wage.isel(replicate=0).transpose("person", "time").values
    return np.isin(contract, [1, 2, 3, 5]), wage


def job_changes(employee, wage):
    """Whether a person at work in two months running has another job in the second: person x (time - 1)."""
    return employee[:, 1:] & employee[:, :-1] & (wage[:, 1:] != wage[:, :-1])


def first_month(times, year, month):
    wanted = np.datetime64(f"{year}-{month:02d}-01")
    return int(np.argmin(np.abs(times - wanted)))


def matching_elasticity(ds, first, last):
    """Elasticity of hires from unemployment to the unemployed at the month's start, by the regression of the literature with constant returns: the log of
    the finding rate on the log of vacancies per unemployed person, within regions and months of the year. Chance in small samples moves it towards 1."""
    unemployed = ds.persons.sel(labour_status="unemployed").sum(["sex", "age_group"]).isel(replicate=0).transpose("time", "region").values[first:last]
    vacancies = ds.vacancies.sum("occupation").isel(replicate=0).transpose("time", "region").values[first:last]
    found = ds.hires.sel(origin="unemployed").sum("occupation").isel(replicate=0).transpose("time", "region").values[first + 1:last + 1]
    x, y = np.log(vacancies / unemployed), np.log(found / unemployed)
    for values in (x, y):
        values -= values.mean(axis=0)
        for month in range(12):
            values[month::12] -= values[month::12].mean()
    return 1 - float((x * y).sum() / (x * x).sum())


def not_used(ds, panel, share):
    group = "meant as a check"
    times = ds.time.values
    at = lambda year, month: first_month(times, year, month)
    hires = ds.hires.sum(["occupation", "region"]).mean("replicate")
    within = float(hires.sel(origin="internal").sum() / hires.sel(origin=["internal", "job"]).sum())

    short = long = same = other = out = change = another_class = None
    if panel is not None:
        employee, wage = months_of(panel)
        moved = job_changes(employee, wage)
        begun = np.zeros(employee.shape, bool)  # a job that began in the month before this point of time
        begun[:, 1:] = employee[:, 1:] & (~employee[:, :-1] | moved)
        rates = {True: [], False: []}
        for month in (1, 4, 7, 10):
            t = at(2023, month)
            if t < 24 or t + 3 >= len(times):
                continue
            young = begun[:, t - 23:t + 1].any(axis=1)
            for is_young in (True, False):
                who = employee[:, t] & (young == is_young)
                later = employee[:, t + 3] & begun[:, t + 1:t + 4].any(axis=1)
                rates[is_young].append((later & who).sum() / who.sum())
        if rates[True]:
            short, long = (float(np.mean(rates[k])) * (1 - within) for k in (True, False))
        t, december = at(2021, 2), at(2022, 1)
        status = panel.labour_status.isel(replicate=0).transpose("person", "time").values
        who = employee[:, t] & (status[:, december] != 7)  # without those who have left the regions or died
        new = begun[:, t + 1:december + 1].any(axis=1)
        same = float((who & employee[:, december] & ~new).sum() / who.sum())
        other = float((who & employee[:, december] & new).sum() / who.sum())
        out = 1 - same - other
        occupation = panel.occupation.isel(replicate=0).transpose("person", "time").values
        classes = np.array([int(c) for c in CLASS_OF])
        changed, other_class, both = 0, 0, 0
        for year in (2021, 2022, 2023):
            a, b = at(year, 1), at(year + 1, 1)
            pair = (occupation[:, a] >= 0) & (occupation[:, b] >= 0) & np.isin(status[:, a], [2, 3]) & np.isin(status[:, b], [2, 3])
            x, y = occupation[pair, a], occupation[pair, b]
            both += pair.sum()
            changed += (x != y).sum()
            other_class += (classes[x] != classes[y]).sum()
        change, another_class = float(other_class / both), float(other_class / max(changed, 1))
    fact(group, "job to job a quarter, tenure under two years (2022; simulated 2023, with students; the ratio to the next row is an input)", 0.085, short)
    fact(group, "job to job a quarter, tenure from two years", 0.028, long)
    fact(group, "employees of January 2021: same job in December (of those who stay in the regions)", 0.79, same)
    fact(group, "employees of January 2021: another job in December", 0.14, other)
    fact(group, "employees of January 2021: no employee's job in December", 0.07, out)
    fact(group, "change of occupation class a year, all ages (2017: 650 000 of 8.6 million)", 0.076, change)
    fact(group, "change of occupation by age (32, 13 and 6 % a year)", "-", None)
    fact(group, "of changes of occupation, to another class (here of 21 occupations, there of 114)", 0.667, another_class)
    fact(group, "BBL and BOL graduates who stay with the firm (the first, 0.82, is an input here)", "0.82, 0.40", None)

    jobs = ds.jobs.sum(["sector", "region"]).mean("replicate").values
    first, last = at(2021, 1), at(2024, 1)
    begun = float(hires.sel(origin=[o for o in hires.origin.values if o != "internal"]).isel(time=slice(first + 1, last + 1)).sum())
    fact(group, "openings that are replacement (forecast for 2023-2028; simulated: hires less growth of jobs, 2021-2023)", 0.90, 1 - (jobs[last] - jobs[first]) / begun)

    vacancies = ds.vacancies.sum("region").mean("replicate")
    employed = ds.employed.sum(["region", "sex"]).mean("replicate")
    wage = (ds.wage_real.mean("replicate") * ds.employed.sum("sex").mean("replicate")).sum("region") / employed
    period = slice(first, last + 1)
    rate = (vacancies / ds.jobs_by_occupation.sum("region").mean("replicate")).isel(time=period).mean("time")
    gain = wage.isel(time=last) / wage.isel(time=first) - 1
    tightest = int(rate.argmax())
    everyone = float((wage * employed).isel(time=last).sum() / employed.isel(time=last).sum() / ((wage * employed).isel(time=first).sum() / employed.isel(time=first).sum()) - 1)
    fact(group, f"real wages 2021-2023: tightest occupation ({str(ds.occupation.values[tightest])}) no faster than all (within 1 %)",
         "no faster", f"{100 * float(gain[tightest]):+.1f} %, all {100 * everyone:+.1f} %", verdict=float(gain[tightest]) <= everyone + 0.01)

    elasticity = matching_elasticity(ds, first, last)
    fact(group, "elasticity of hires from unemployment to the unemployed, 2021-2023 (Petrongolo and Pissarides 2001)", "0.5 to 0.7", f"{elasticity:.2f}", verdict=0.5 <= elasticity <= 0.7)

    total = vacancies.sum("occupation").values
    ended = (ds.vacancies_filled + ds.vacancies_lapsed).sum(["region", "occupation"]).mean("replicate").values
    for label, year, month, quarter in (("2021Q1", 2021, 1, 0), ("2022Q2", 2022, 4, 5)):
        t = at(year, month)
        observed = {0: 81.3, 5: 110.7}[quarter]
        fact(group, f"mean duration of vacancies, {label}, days (stock over ended)", observed, float(DAYS_A_QUARTER * 0.5 * (total[t] + total[t + 3]) / ended[t + 1:t + 4].sum()), "{:.0f}")


def transitions(ds, panel, persons, at):
    """Shares of the states of 2023 that read otherwise three months later, as the survey asks: students with a side job are at work, ages 15 to 74."""
    contract = panel.contract.isel(replicate=0).transpose("person", "time").values
    status = panel.labour_status.isel(replicate=0).transpose("person", "time").values
    work, unemployed = contract > 0, status == 4
    outside = np.isin(status, [1, 5, 6]) & ~work  # student, inactive, retired
    states = {"work": work, "unemployed": unemployed, "outside the labour force": outside}
    # The panel does not hold ages: those of 75 and over are taken out in proportion. They hardly move, so this concerns the denominator only.
    idle = persons.sel(labour_status=["student", "inactive", "retired"]).sum("labour_status")
    young = float((1 - idle.sel(age_group="75+") / idle.sum("age_group")).isel(time=at(2023, 6)))
    result = {}
    # Nobody who is unemployed has a side job, so the whole population can be asked; the panel ages and holds none of those who arrived after the start.
    three = ds.status_3m.sum("region").mean("replicate").isel(time=slice(at(2023, 4), at(2024, 1) + 1)).sum("time").sel(from_status="unemployed")
    present = float(three.sum() - three.sel(to_status="outside"))
    for name in TRANSITIONS:
        a, b = name.split(" to ")
        if a == "unemployed":
            to = ["employed", "self_employed"] if b == "work" else ["student", "inactive", "retired"]
            result[name] = float(three.sel(to_status=to).sum()) / present
            continue
        moves = stays = 0
        for t in range(at(2023, 1), at(2023, 10) + 1):
            there = states["work"][:, t + 3] | states["unemployed"][:, t + 3] | states["outside the labour force"][:, t + 3]
            moves += (states[a][:, t] & states[b][:, t + 3]).sum()
            stays += (states[a][:, t] & there).sum()
        result[name] = float(moves / stays / (young if a == "outside the labour force" else 1))
    return result


def targets(ds, panel, share, persons_an_agent):
    group = "targets, for orientation"
    times = ds.time.values
    at = lambda year, month: first_month(times, year, month)
    persons = ds.persons.sum(["region", "sex"]).mean("replicate")
    status = persons.sum("age_group")
    side = ds.working_students.sum(["region", "occupation"]).mean("replicate")
    at_work = status.sel(labour_status="employed") + status.sel(labour_status="self_employed") + side
    unemployed = status.sel(labour_status="unemployed")
    for year, observed in UNEMPLOYMENT.items():
        period = slice(at(year, 1), at(year + 1, 1))
        fact(group, f"unemployment {year}, of the labour force", observed, float((unemployed / (unemployed + at_work)).isel(time=period).mean()))

    vacancies = ds.vacancies.sum(["region", "occupation"]).mean("replicate").values * persons_an_agent
    flows = {name: ds[name].sum(["region", "occupation"]).mean("replicate").values * persons_an_agent for name in ("vacancies_filled", "vacancies_lapsed")}
    for quarter in (0, 3, 5, 7, 11):
        t = at(2021 + quarter // 4, 3 * (quarter % 4) + 1)
        label = f"{2021 + quarter // 4}Q{quarter % 4 + 1}"
        fact(group, f"vacancies open at the end of {label}", OPEN[quarter] * share, float(vacancies[t + 3]), "{:,.0f}")
        fact(group, f"vacancies filled or lapsed in {label}", ENDED[quarter] * share, float(sum(f[t + 1:t + 4].sum() for f in flows.values())), "{:,.0f}")
    for year, observed in TIGHTNESS.items():
        t = at(year, 10)
        fact(group, f"vacancies per unemployed person, {year}Q4", observed, float(vacancies[t + 3] / (unemployed.isel(time=slice(t, t + 3)).mean() * persons_an_agent)), "{:.2f}")

    hires = ds.hires.sum(["region", "occupation"]).mean("replicate")
    t = at(2022, 1)
    fact(group, "moves from job to job a quarter, 2022, with students", 363_000 * share, float(hires.sel(origin="job").isel(time=slice(t + 1, t + 13)).sum() / 4 * persons_an_agent), "{:,.0f}")
    fact(group, "jobs begun a quarter, 2022, moves within the employer left out", "no figure",
         f"{float(hires.isel(time=slice(t + 1, t + 13)).sum() - hires.sel(origin='internal').isel(time=slice(t + 1, t + 13)).sum()) / 4 * persons_an_agent:,.0f}".replace(",", " "), verdict=True)
    rows[-1] = rows[-1][:4] + ("-",)

    simulated = transitions(ds, panel, persons, at) if panel is not None else dict.fromkeys(TRANSITIONS)
    for name, observed in TRANSITIONS.items():
        fact(group, f"three months apart: {name} (April 2024; simulated 2023)", observed, simulated[name])

    employed = ds.employed.sum(["region", "sex"]).mean("replicate").isel(time=slice(at(2022, 1), at(2023, 1))).mean("time").values * persons_an_agent
    fact(group, "technicians at work (class 07), 2022", 1_294_000 * share, float(employed[:8].sum()), "{:,.0f}")
    fact(group, "ICT workers (class 08), 2022", 553_300 * share, float(employed[8:10].sum()), "{:,.0f}")


def main(file):
    ds = xarray.open_dataset(file)
    try:
        panel = xarray.open_dataset(file, group="panel", mask_and_scale=False)
    except (OSError, KeyError):
        panel = None
    if panel is not None and "contract" not in panel:
        panel = None
    persons_an_agent = 1 / float(ds.attrs["scale"])
    if not (ds.time.values[0] <= np.datetime64("2021-01-01") and ds.time.values[-1] >= np.datetime64("2024-01-01")):
        sys.exit("facts.py: the file must hold 2021-01 to 2023-12 (instroom run --until 2023-12)")
    inhabitants = float(ds.persons.isel(time=0).sum(["region", "labour_status", "sex", "age_group"]).mean("replicate")) * persons_an_agent
    share = inhabitants / NATION
    not_used(ds, panel, share)
    targets(ds, panel, share, persons_an_agent)
    judged = [r for r in rows if r[4] != "-"]
    for group in dict.fromkeys(r[0] for r in rows):
        print(f"| {group} | published | simulated | {MARGIN} |\n|---|---|---|---|")
        for _, name, observed, simulated, verdict in (r for r in rows if r[0] == group):
            print(f"| {name} | {observed} | {simulated} | {verdict} |")
        print()
    print(f"{sum(r[4] == 'pass' for r in judged)} of {len(judged)} pass. The regions hold {share:.1%} of the nation's inhabitants; national numbers are scaled by that.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
