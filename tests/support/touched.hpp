#pragma once
/// What changed between two states of a world, in the words of ProcessInfo.

#include <cstring>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/world.hpp"

namespace tests {

/// The state that processes read and write, copied.
struct State {
    explicit State(const models::World& w)
        : persons(w.persons), employers(w.employers), vacancies(w.vacancies), schools(w.schools), market(w.market), adoption(w.innovation.adoption) {
        awareness = w.awareness;
        teaching = w.teaching;
        people = w.programmes.people;
        flow = w.programmes.flow;
    }
    models::Persons persons;
    models::Employers employers;
    models::Vacancies vacancies;
    models::Schools schools;
    models::MarketState market;
    std::vector<models::Adoption> adoption;
    models::AwarenessState awareness = {};
    models::TeachingState teaching = {};
    std::vector<models::Row> people = {};  ///< in programmes
    std::vector<std::int32_t> flow = {};   ///< of programmes
};

namespace detail {
template <class Record>
using Differs = std::pair<std::string_view, std::function<bool(const Record&, const Record&)>>;

template <class Record, class Member>
Differs<Record> field(std::string_view name, Member Record::*member) {
    return {name, [member](const Record& a, const Record& b) { return std::memcmp(&(a.*member), &(b.*member), sizeof(Member)) != 0; }};
}

inline const std::vector<Differs<models::Person>>& person_fields() {
    using models::Person;
    static const std::vector<Differs<Person>> all{field("since", &Person::since),
                                                  field("ends", &Person::ends),
                                                  field("diploma", &Person::diploma),
                                                  field("programme_end", &Person::programme_end),
                                                  field("wage", &Person::wage),
                                                  field("experience", &Person::experience),
                                                  field("municipality", &Person::municipality),
                                                  field("school", &Person::school),
                                                  field("status", &Person::status),
                                                  field("sex", &Person::sex),
                                                  field("education", &Person::education),
                                                  field("field", &Person::field),
                                                  field("occupation", &Person::occupation),
                                                  field("previous", &Person::previous),
                                                  field("earlier", &Person::earlier),
                                                  field("contract", &Person::contract),
                                                  field("hours", &Person::hours),
                                                  field("track", &Person::track),
                                                  field("study_field", &Person::study_field),
                                                  field("study_start", &Person::study_start),
                                                  field("cause", &Person::cause),
                                                  field("event", &Person::event),
                                                  field("distance", &Person::distance),
                                                  field("programme", &Person::programme)};
    return all;
}

/// `staff` and `bbl_taken` follow from `post` of persons, so they have no word.
inline const std::vector<Differs<models::Employer>>& employer_fields() {
    using models::Employer;
    static const std::vector<Differs<Employer>> all{field("employer", &Employer::first_post),   field("employer", &Employer::posts),
                                                    field("employer", &Employer::region),       field("employer", &Employer::gate),
                                                    field("employer", &Employer::sector),       field("learning_company", &Employer::learning_company),
                                                    field("employer", &Employer::fossil),       field("employer", &Employer::innovation),
                                                    field("employer", &Employer::municipality), field("employer", &Employer::born),
                                                    field("employer", &Employer::closed),       field("bbl_places", &Employer::bbl_places),
                                                    field("employer", &Employer::wage_level),   field("employer", &Employer::output_per_worker),
                                                    field("employer", &Employer::start_staff)};
    return all;
}
inline const std::vector<Differs<models::Post>>& post_fields() {
    using models::Post;
    static const std::vector<Differs<Post>> all{field("posts", &Post::employer), field("posts", &Post::occupation), field("posts", &Post::rounding_drawn),
                                                field("posts", &Post::rounding), field("posts", &Post::posted),     field("posts", &Post::direct),
                                                field("posts", &Post::latent),   field("posts", &Post::desired)};
    return all;
}

template <class Record>
void compare(const std::vector<Record>& a, const std::vector<Record>& b, const std::vector<Differs<Record>>& fields, std::set<std::string>& changed) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        if (std::memcmp(&a[i], &b[i], sizeof(Record)) == 0) continue;
        for (const auto& [name, differs] : fields)
            if (changed.count(std::string(name)) == 0 && differs(a[i], b[i])) changed.emplace(name);
    }
}
template <class Value>
bool differ(const Value& a, const Value& b) {
    return std::memcmp(&a, &b, sizeof(Value)) != 0;
}
template <class Value>
bool differ(const std::vector<Value>& a, const std::vector<Value>& b) {
    return a.size() != b.size() || (!a.empty() && std::memcmp(a.data(), b.data(), a.size() * sizeof(Value)) != 0);
}
}  // namespace detail

/// Every word that a ProcessInfo may use for what it reads or writes (models/processes.hpp).
inline std::set<std::string> known_parts() {
    std::set<std::string> words{"awareness", "record",  "job",    "persons",    "post",       "birth",    "region",
                                "vacancies", "schools", "market", "departures", "innovation", "teaching", "programmes"};
    for (const auto& [name, differs] : detail::person_fields()) words.emplace(name);
    for (const auto& [name, differs] : detail::employer_fields()) words.emplace(name);
    for (const auto& [name, differs] : detail::post_fields()) words.emplace(name);
    return words;
}

/// A list of ProcessInfo with `job` spelled out.
inline std::set<std::string> spelled_out(const std::vector<std::string_view>& parts) {
    std::set<std::string> words;
    for (const auto part : parts)
        if (part == "job")
            words.insert({"post", "occupation", "previous", "earlier", "contract", "since", "ends", "cause", "wage", "hours", "experience"});
        else
            words.emplace(part);
    return words;
}

/// The parts of the world that differ. Rows that only the later state has count as `persons`, `employer` or `posts`; their contents do not count again.
inline std::set<std::string> changed_parts(const State& before, const models::World& after) {
    using detail::differ;
    std::set<std::string> changed;
    const auto& a = before.persons;
    const auto& b = after.persons;
    if (a.size() != b.size()) changed.emplace("persons");
    detail::compare(a.record, b.record, detail::person_fields(), changed);
    for (std::size_t row = 0; row < std::min(a.size(), b.size()); ++row) {
        if (a.post[row] != b.post[row]) changed.emplace("post");
        if (a.birth[row] != b.birth[row]) changed.emplace("birth");
        if (a.region[row] != b.region[row]) changed.emplace("region");
    }
    if (before.employers.size() != after.employers.size()) changed.emplace("employer");
    if (before.employers.post.size() != after.employers.post.size()) changed.emplace("posts");
    detail::compare(before.employers.employer, after.employers.employer, detail::employer_fields(), changed);
    detail::compare(before.employers.post, after.employers.post, detail::post_fields(), changed);
    const auto& v = before.vacancies;
    const auto& w = after.vacancies;
    if (differ(v.first_slot, w.first_slot) || differ(v.first_gate, w.first_gate) || differ(v.slot, w.slot) || differ(v.open, w.open) ||
        differ(v.flows.opened, w.flows.opened) || differ(v.flows.filled, w.flows.filled) || differ(v.flows.lapsed, w.flows.lapsed) ||
        differ(v.flows.filled_half_months, w.flows.filled_half_months) || v.flows.without_slot != w.flows.without_slot)
        changed.emplace("vacancies");
    if (differ(before.schools.school, after.schools.school)) changed.emplace("schools");
    const auto& m = before.market;
    const auto& n = after.market;
    if (differ(m.tightness, n.tightness) || differ(m.contract_wage, n.contract_wage) || differ(m.reference, n.reference) ||
        m.reference_months != n.reference_months || differ(m.history, n.history) || differ(m.expected_wage, n.expected_wage))
        changed.emplace("market");
    if (before.awareness.first != after.awareness.first || differ(before.awareness.pressure, after.awareness.pressure)) changed.emplace("awareness");
    if (differ(before.adoption, after.innovation.adoption)) changed.emplace("innovation");
    if (before.teaching != after.teaching) changed.emplace("teaching");
    if (differ(before.people, after.programmes.people) || differ(before.flow, after.programmes.flow)) changed.emplace("programmes");
    return changed;
}

}  // namespace tests
