#include "models/hiring.hpp"

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"

namespace models {

HireTerms terms_of(SeekerKind kind, Sex sex, int age, Sector sector, const SearchTables& tables, const sim::Draw& draw) {
    HireTerms terms;
    const auto group = search_age_of(age);
    if (kind == SeekerKind::student) {
        terms.contract = Contract::side_job;
        terms.hours = static_cast<std::uint8_t>(6 + sim::place_of(draw.words[2], 11));  // 6 to 16 hours a week
        return terms;
    }
    if (sector == Sector::agency_work || draw.uniform(0) < tables.temporary[group]) {
        terms.contract = Contract::temporary;
        double u = draw.uniform(1);
        for (const ContractLength& length : first_contracts) {
            terms.months = length.months;
            if (u < length.share) break;
            u -= length.share;
        }
    }
    // Class of hours by sex and age; within a class the usual week.
    const auto& shares = tables.hours[index_of(sex)][group];
    constexpr std::uint8_t usual[4] = {14, 24, 32, 38};
    double u = draw.uniform(2);
    std::size_t c = 0;
    while (c < 3 && u >= shares[c]) u -= shares[c++];
    terms.hours = usual[c];
    return terms;
}

void hire(World& world, Row row, SeekerKind kind, PostNumber post, std::uint16_t wage, sim::Month month, const sim::Draw& draw) {
    const Person& person = world.persons.record[row];
    const HireTerms terms = terms_of(kind, person.sex, world.age(row), world.employer_of(post).sector, world.tables->search, draw);
    const LabourStatus status = !world.resident(row) ? LabourStatus::outside : kind == SeekerKind::student ? LabourStatus::student : LabourStatus::employed;
    world.take_job(row, post, terms.contract, status, wage, terms.hours, terms.months == 0 ? StoredMonth{0} : stored(month + (terms.months - 1)));
}

}  // namespace models
