#include <cmath>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {

void read_separations(DataFolder& data, const std::vector<std::string>&, models::Tables& tables) {
    const auto value = [&](const char* variable, const char* breakdown, const char* period) {
        return data.value("separations", "NL", variable, breakdown, period);
    };
    models::SeparationTables t;

    // Transitions between work, unemployment and inactivity as a survey sees them three months apart, and the months between.
    static constexpr std::array<const char*, 3> states{"E", "U", "N"};
    models::Transitions counts{}, survey{};
    for (std::size_t from = 0; from < 3; ++from) {
        double sum = 0;
        for (std::size_t to = 0; to < 3; ++to) {
            const std::string variable = std::string("flow_3m_") + states[from] + "_to_" + states[to];
            counts[from][to] = value(variable.c_str(), "seasonally adjusted; 3 months to", "2024-04");
            sum += counts[from][to];
        }
        for (std::size_t to = 0; to < 3; ++to) survey[from][to] = counts[from][to] / sum;
    }
    const models::Transitions month = models::monthly_root(survey);
    constexpr std::size_t E = 0, U = 1, N = 2;

    // The survey counts students with and without side jobs in all three states; in the model a student who looks for a side job is not unemployed.
    // The inactive therefore carry the whole flow into unemployment, so that the number of unemployed has the level of the statistic.
    const auto student = [&](const char* group) { return value("student_share", group, "2021"); };
    t.give_up = month[U][N];
    t.start_looking = month[N][U] / value("inactive_share", "of all not in the labour force, 15-74, neither in education nor retired", "2021");

    constexpr std::array<const char*, models::search_ages> ages{"15-19", "20-24", "25-34", "35-44", "45-54", "55-74"};
    for (std::size_t a = 0; a < ages.size(); ++a) t.looking_age[a] = value("start_looking_factor", ("age=" + std::string(ages[a])).c_str(), "2021");

    // Who left work and was back within the three months is not seen: the same correction for both contracts.
    const double seen = 1 - std::cbrt(1 - survey[E][U] - survey[E][N]);
    const double unseen = (month[E][U] + month[E][N]) / seen;
    const double permanent = 1 - std::cbrt(value("permanent_employee_stay_quarterly", "permanent contract, still employed", "2023Q4"));
    const double flexible = 1 - std::cbrt(value("flexible_employee_stay_quarterly", "flexible contract, still employed", "2023Q4"));
    t.leave_permanent = permanent * (1 - value("retirement_share", "of permanent employees who leave work in a quarter", "2021")) * unseen;
    t.leave_flexible = flexible * unseen * (1 - student("flexible employees who leave")) / (1 - student("flexible employees"));

    for (int age = 50; age <= 67; ++age)
        t.retirement[static_cast<std::size_t>(age)] = value("retirement_rate", ("employees;age=" + std::to_string(age)).c_str(), "2021");
    for (std::size_t age = 68; age < t.retirement.size(); ++age) t.retirement[age] = t.retirement[67];
    t.leave_technical_young = value("monthly_leave_hazard_technical", "to a non-technical class, 25-44 / 45+", "2017-2023");
    t.leave_technical_old = value("monthly_leave_hazard_technical", "to a non-technical class, 45+", "2017-2023");
    t.women_leave_technical = data.value("separations", "US", "exit_hazard_ratio", "women over men, leaving the field", "");
    tables.separations = t;
}

}  // namespace regions
