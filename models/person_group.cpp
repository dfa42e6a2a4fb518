#include "models/person_group.hpp"

#include "models/world.hpp"

namespace models {
namespace {

bool holds(std::uint32_t set, std::size_t place) { return (set >> place & 1U) != 0; }

}  // namespace

bool PersonGroup::contains(const World& world, Row row) const {
    const Person& person = world.persons.record[row];
    const int age = world.age(row);
    if (age < youngest || age > oldest) return false;
    if (!holds(sexes, index_of(person.sex)) || !holds(education, index_of(person.education)) || !holds(fields, index_of(person.field)) ||
        !holds(statuses, index_of(person.status)))
        return false;
    if (occupations != all) {
        const Occupation last = last_occupation(person);
        if (last == no_occupation || !holds(occupations, last)) return false;
    }
    if (sectors == all && sizes == all) return true;
    const PostNumber post = world.persons.post[row];
    if (post == no_post) return false;
    const Employer& employer = world.employer_of(post);
    std::int64_t staff = 0;
    for (std::uint32_t p = employer.first_post; p < employer.first_post + employer.posts; ++p) staff += world.employers.post[p].staff;
    return holds(sectors, index_of(employer.sector)) && holds(sizes, index_of(size_class_of(staff)));
}

PersonGroup labour_force() {
    PersonGroup group;
    group.youngest = 15;
    group.oldest = 74;
    group.statuses = 1U << index_of(LabourStatus::employed) | 1U << index_of(LabourStatus::self_employed) | 1U << index_of(LabourStatus::unemployed);
    return group;
}

std::vector<std::int64_t> residents_by_education(const World& world, const PersonGroup& group) {
    std::vector<std::int64_t> counts(static_cast<std::size_t>(world.regions) * education_labels.size(), 0);
    for (Row row = 0; row < world.persons.size(); ++row)
        if (world.resident(row) && group.contains(world, row))
            ++counts[world.persons.region[row] * education_labels.size() + index_of(world.persons.record[row].education)];
    return counts;
}

}  // namespace models
