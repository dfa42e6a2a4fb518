#include "tools/key_figures.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/month.hpp"
#include "tools/small_bars.hpp"

namespace tools {
namespace {

/// One series, summed over further dimensions as asked, by month and region.
class Cube {
public:
    Cube(const sim::StoredTrajectory& file, const std::string& name) : info_(file.find(name)), values_(file.values(name)) {
        if (info_.shape.size() < 3) throw sim::InputError(file.path().string() + ": " + name + " does not have the dimensions (replicate, time, region)");
        for (std::size_t axis = 3; axis < info_.shape.size(); ++axis) cells_ *= info_.shape[axis];
    }
    /// Mean over replicates of the sum of the cells that `keep` (indices along the further dimensions) holds for.
    [[nodiscard]] double sum(std::size_t time, std::size_t region, const std::function<bool(const std::vector<std::size_t>&)>& keep) const {
        double total = 0;
        for (std::size_t r = 0; r < info_.shape[0]; ++r)
            for (std::size_t cell = 0; cell < cells_; ++cell)
                if (keep(indices(cell))) total += at(r, time, region, cell);
        return total / static_cast<double>(info_.shape[0]);
    }
    [[nodiscard]] double at(std::size_t replicate, std::size_t time, std::size_t region, std::size_t cell) const {
        return values_[((replicate * info_.shape[1] + time) * info_.shape[2] + region) * cells_ + cell];
    }
    [[nodiscard]] std::size_t cells() const { return cells_; }
    [[nodiscard]] std::size_t replicates() const { return info_.shape[0]; }

private:
    [[nodiscard]] std::vector<std::size_t> indices(std::size_t cell) const {
        std::vector<std::size_t> places(info_.shape.size() - 3);
        for (std::size_t axis = info_.shape.size(); axis-- > 3;) {
            places[axis - 3] = cell % info_.shape[axis];
            cell /= info_.shape[axis];
        }
        return places;
    }
    sim::StoredTrajectory::Series info_;
    std::vector<double> values_;
    std::size_t cells_ = 1;
};

std::optional<Cube> cube(const sim::StoredTrajectory& file, const std::string& name) {
    if (!file.has(name)) return std::nullopt;
    return Cube(file, name);
}

/// A region's figures on one day; NaN where the file does not hold them.
struct Figures {
    double persons = 0, technical = 0, ict = 0, vacancies = 0, unemployed = 0, labour_force = 0, wages = 0, employees = 0;
    void operator+=(const Figures& o) {
        persons += o.persons;
        technical += o.technical;
        ict += o.ict;
        vacancies += o.vacancies;
        unemployed += o.unemployed;
        labour_force += o.labour_force;
        wages += o.wages;
        employees += o.employees;
    }
};

std::string thousands(double persons) {
    if (!std::isfinite(persons)) return "-";
    std::string digits = fmt::format("{:.0f}", persons);
    for (int place = static_cast<int>(digits.size()) - 3; place > (digits[0] == '-' ? 1 : 0); place -= 3)
        digits.insert(static_cast<std::size_t>(place), 1, ' ');
    return digits;
}

std::string share(double part, double whole, double factor, const char* form) {
    return std::isfinite(part) && whole > 0 ? fmt::format(fmt::runtime(form), factor * part / whole) : "-";
}

}  // namespace

std::string month_of_days(const std::string& days) {
    const int wanted = std::stoi(days);
    sim::Month month = sim::Month::of(2020, 1) + wanted / 31;
    while (month.days_since_2020() < wanted) ++month;
    return month.text();
}

std::string key_figures(const sim::StoredTrajectory& file) {
    const auto& regions = file.dimension("region").labels;
    const auto& times = file.dimension("time").labels;
    const std::string scale_text = file.attribute("scale");
    const double persons_per_agent = scale_text.empty() ? 1.0 : 1.0 / std::stod(scale_text);
    if (times.empty() || regions.empty()) return "The file holds no point in time.\n";

    const auto persons = cube(file, "persons"), employed = cube(file, "employed"), vacancies = cube(file, "vacancies"), side = cube(file, "working_students"),
               wage = cube(file, "wage"), kinds = cube(file, "employed_by_kind");
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    const auto everything = [](const auto&) { return true; };
    const auto position = [&](const char* dimension, const std::string& label) {
        const auto& labels = file.dimension(dimension).labels;
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (labels[i] == label) return i;
        throw sim::InputError(file.path().string() + ": the dimension " + dimension + " has no " + label);
    };
    const auto figures_at = [&](std::size_t time, std::size_t region) {
        Figures f;
        f.persons = persons ? persons->sum(time, region, everything) * persons_per_agent : unknown;
        // Technical are the first eight occupations, ICT the next two (schema).
        f.technical = employed ? employed->sum(time, region, [](const auto& i) { return i[0] < 8; }) * persons_per_agent : unknown;
        f.ict = employed ? employed->sum(time, region, [](const auto& i) { return i[0] >= 8 && i[0] < 10; }) * persons_per_agent : unknown;
        f.vacancies = vacancies ? vacancies->sum(time, region, everything) * persons_per_agent : unknown;
        if (persons) {
            const auto of_status = [&](const std::string& status) {
                const auto place = position("labour_status", status);
                return persons->sum(time, region, [place](const auto& i) { return i[0] == place; }) * persons_per_agent;
            };
            f.unemployed = of_status("unemployed");
            f.labour_force =
                f.unemployed + of_status("employed") + of_status("self_employed") + (side ? side->sum(time, region, everything) * persons_per_agent : 0.0);
        } else {
            f.unemployed = unknown;
        }
        if (wage && kinds && wage->cells() > 0) {
            const std::size_t kinds_per_occupation = kinds->cells() / wage->cells();
            for (std::size_t r = 0; r < wage->replicates(); ++r)
                for (std::size_t o = 0; o < wage->cells(); ++o) {
                    const double here = wage->at(r, time, region, o);
                    const double workers = kinds->at(r, time, region, o * kinds_per_occupation);
                    if (!std::isfinite(here)) continue;
                    f.wages += here * workers;
                    f.employees += workers;
                }
        }
        return f;
    };

    // The start, the end, and some years between them: what the small bars stand for.
    constexpr std::size_t most_steps = 5, months_of_a_year = 12;
    const std::size_t last = times.size() - 1;
    const std::size_t step = std::max<std::size_t>(1, (last + months_of_a_year * most_steps - 1) / (months_of_a_year * most_steps)) * months_of_a_year;
    std::vector<std::size_t> points;
    for (std::size_t t = 0; t < last; t += step) points.push_back(t);
    points.push_back(last);
    std::string text =
        fmt::format("{}, and change since {}; bars: {} points from start to end\n", month_of_days(times.back()), month_of_days(times.front()), points.size());
    constexpr std::size_t name_width = 18, value_width = 10, change_width = 7;
    const auto column = [&](const char* head, bool bars) {
        text += fmt::format("{:>{}}{:{}}", head, value_width + change_width, "", bars ? points.size() + 1 : 0);
    };
    text += std::string(name_width, ' ');
    column("persons", false);
    column("technicians", true);
    column("ICT workers", true);
    column("vacancies", true);
    column("unemployed %", true);
    column("euro an hour", false);
    text += "\n";
    const auto line = [&](const std::string& name, const std::vector<Figures>& by_point) {
        text += fmt::format("{:<{}}", name, name_width);
        const auto add = [&](const std::function<double(const Figures&)>& of, const std::string& shown, bool bars, bool in_points) {
            std::vector<double> values;
            for (const auto& figures : by_point) values.push_back(of(figures));
            const double change = in_points ? values.back() - values.front() : 100 * (values.back() / values.front() - 1);
            const std::string words = std::isfinite(change) ? fmt::format(fmt::runtime(in_points ? "{:+.1f}" : "{:+.0f}%"), change) : "";
            text += fmt::format("{:>{}}{:>{}}", shown, value_width, words, change_width);
            if (bars) text += " " + small_bars(values);
        };
        const Figures& now = by_point.back();
        add([](const Figures& f) { return f.persons; }, thousands(now.persons), false, false);
        add([](const Figures& f) { return f.technical; }, thousands(now.technical), true, false);
        add([](const Figures& f) { return f.ict; }, thousands(now.ict), true, false);
        add([](const Figures& f) { return f.vacancies; }, thousands(now.vacancies), true, false);
        add([](const Figures& f) { return 100 * f.unemployed / f.labour_force; }, share(now.unemployed, now.labour_force, 100, "{:.1f}"), true, true);
        add([](const Figures& f) { return f.wages / f.employees; }, share(now.wages, now.employees, 1, "{:.2f}"), false, false);
        text += "\n";
    };
    std::vector<Figures> all(points.size());
    for (std::size_t r = 0; r < regions.size(); ++r) {
        std::vector<Figures> by_point;
        for (std::size_t p = 0; p < points.size(); ++p) {
            by_point.push_back(figures_at(points[p], r));
            all[p] += by_point.back();
        }
        line(regions[r], by_point);
    }
    if (regions.size() > 1) line("all", all);
    text += "Persons are agents times " + fmt::format("{:g}", persons_per_agent) +
            "; unemployed as a share of the labour force, students with a side job among the employed.\n";
    return text;
}

}  // namespace tools
