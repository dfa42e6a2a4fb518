#pragma once
/// The words of the labour market: every enumeration of the model, in the order of the output file's coordinates.
/// The numbers are state and part of the schema: append, never reorder.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace models {

/// Labour status at the end of a month (definitions: models/README.md, CBS since 2021). `outside` is no resident: dead, departed, or home outside the regions.
enum class LabourStatus : std::uint8_t { child, student, employed, self_employed, unemployed, inactive, retired, outside };
inline constexpr std::array<std::string_view, 8> labour_status_labels{"child",      "student",  "employed", "self_employed",
                                                                      "unemployed", "inactive", "retired",  "outside"};
inline constexpr int resident_statuses = 7;

enum class Sex : std::uint8_t { men, women };
inline constexpr std::array<std::string_view, 2> sex_labels{"men", "women"};

/// Highest level completed. Children under 15 are `low` by convention.
enum class Education : std::uint8_t { low, mbo2_4, havo_vwo, hbo, wo };
inline constexpr std::array<std::string_view, 5> education_labels{"low", "mbo2-4", "havo_vwo", "hbo", "wo"};

enum class Field : std::uint8_t { technical, ict, other };
inline constexpr std::array<std::string_view, 3> field_labels{"technical", "ict", "other"};

enum class Track : std::uint8_t { vmbo, havo_vwo, mbo_bol, mbo_bbl, hbo, wo, none };
inline constexpr std::array<std::string_view, 6> track_labels{"vmbo", "havo_vwo", "mbo_bol", "mbo_bbl", "hbo", "wo"};
inline constexpr int tracks = 6;

/// BRC 2014: the segments of technical (071 to 078) and of ICT (081, 082), the other eleven classes as one each.
using Occupation = std::uint8_t;
inline constexpr int occupations = 21;
inline constexpr Occupation no_occupation = 255;
inline constexpr std::array<std::string_view, occupations> occupation_labels{"engineers and researchers",
                                                                             "technicians and production leaders",
                                                                             "construction workers",
                                                                             "metal workers and mechanics",
                                                                             "food and other craft workers",
                                                                             "electricians and electronics fitters",
                                                                             "machine operators and assemblers",
                                                                             "labourers in construction and industry",
                                                                             "software and data",
                                                                             "ICT support",
                                                                             "education",
                                                                             "creative and language",
                                                                             "commercial",
                                                                             "business and administration",
                                                                             "managers",
                                                                             "public administration, security and law",
                                                                             "agriculture",
                                                                             "care and welfare",
                                                                             "services",
                                                                             "transport and logistics",
                                                                             "other occupations"};
inline constexpr std::array<std::string_view, occupations> occupation_codes{"071", "072", "073", "074", "075", "076", "077", "078", "081", "082", "01",
                                                                            "02",  "03",  "04",  "05",  "06",  "09",  "10",  "11",  "12",  "13"};
inline constexpr Occupation first_ict_occupation = 8;
inline constexpr Occupation first_other_occupation = 10;
/// Group of an occupation: technical (BRC 07), ict (08) or other; the same numbers as Field.
inline constexpr Field group_of(Occupation o) { return o < first_ict_occupation ? Field::technical : o < first_other_occupation ? Field::ict : Field::other; }
inline constexpr bool is_technical_or_ict(Occupation o) { return o < first_other_occupation; }

/// SBI 2008 sections in sixteen groups; agency work (division 78) stands apart from the rest of N.
enum class Sector : std::uint8_t {
    agriculture,
    industry,
    energy_water,
    construction,
    trade,
    transport,
    hospitality,
    information,
    finance_property,
    professional,
    business_services,
    agency_work,
    government,
    education,
    care,
    culture_other
};
inline constexpr int sectors = 16;
inline constexpr std::array<std::string_view, sectors> sector_labels{"agriculture",
                                                                     "manufacturing",
                                                                     "mining, energy and water",
                                                                     "construction",
                                                                     "trade",
                                                                     "transport and storage",
                                                                     "accommodation and food",
                                                                     "information and communication",
                                                                     "finance and real estate",
                                                                     "professional services",
                                                                     "other business services",
                                                                     "agency work",
                                                                     "government",
                                                                     "education",
                                                                     "health and care",
                                                                     "culture and other services"};
inline constexpr std::array<std::string_view, sectors> sector_codes{"A",   "C", "B,D,E",          "F",   "G", "H", "I", "J",
                                                                    "K,L", "M", "N (without 78)", "N78", "O", "P", "Q", "R-U"};

/// Up to 9, 49, 249 and more workers.
enum class SizeClass : std::uint8_t { micro, small, medium, large };
inline constexpr std::array<std::string_view, 4> size_class_labels{"micro", "small", "medium", "large"};
inline constexpr SizeClass size_class_of(std::int64_t staff) {
    return staff <= 9 ? SizeClass::micro : staff <= 49 ? SizeClass::small : staff <= 249 ? SizeClass::medium : SizeClass::large;
}

/// How a person works. `side_job` is a full-time student's job: in jobs, not in employed.
enum class Contract : std::uint8_t { none, permanent, temporary, bbl, self_employed, side_job };
enum class EmploymentKind : std::uint8_t { employee, self_employed, bbl };
inline constexpr std::array<std::string_view, 3> employment_kind_labels{"employee", "self_employed", "bbl"};

/// Last state before a hire.
enum class Origin : std::uint8_t { job, internal, self_employed, unemployed, inactive, student, school, side_entry, outside };
inline constexpr std::array<std::string_view, 9> origin_labels{"job",     "internal", "self_employed", "unemployed", "inactive",
                                                               "student", "school",   "side_entry",    "outside"};

/// Why a job ended.
enum class Cause : std::uint8_t {
    quit_to_job,
    internal,
    quit,
    layoff,
    closure,
    contract_end,
    to_self_employment,
    to_study,
    disability,
    retirement,
    outside,
    death
};
inline constexpr int causes = 12;
inline constexpr std::array<std::string_view, causes> cause_labels{"quit_to_job",        "internal", "quit",       "layoff",     "closure", "contract_end",
                                                                   "to_self_employment", "to_study", "disability", "retirement", "outside", "death"};

enum class Pathway : std::uint8_t {
    in_outside,
    in_group,
    in_side_entry_course,
    in_school,
    in_return,
    in_other_work,
    in_unemployed,
    in_inactive,
    in_student,
    out_group,
    out_other_work,
    out_unemployed,
    out_inactive,
    out_student,
    out_retired,
    out_outside,
    out_death
};
inline constexpr std::array<std::string_view, 17> pathway_labels{
    "in_outside", "in_group",       "in_side_entry_course", "in_school",    "in_return",   "in_other_work", "in_unemployed", "in_inactive", "in_student",
    "out_group",  "out_other_work", "out_unemployed",       "out_inactive", "out_student", "out_retired",   "out_outside",   "out_death"};

/// Demographic events as residents of one region meet them.
enum class Event : std::uint8_t { birth, death, move_in_region, move_out_region, move_in_nl, move_out_nl, immigration, emigration };
inline constexpr std::array<std::string_view, 8> event_labels{"birth",      "death",       "move_in_region", "move_out_region",
                                                              "move_in_nl", "move_out_nl", "immigration",    "emigration"};

/// Age groups of the output: first age of each.
inline constexpr std::array<int, 10> age_group_starts{0, 12, 15, 20, 25, 35, 45, 55, 65, 75};
inline constexpr std::array<std::string_view, 10> age_group_labels{"0-11", "12-14", "15-19", "20-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+"};
inline constexpr int age_group_of(int age) {
    int group = 0;
    for (int g = 1; g < 10; ++g) group += age >= age_group_starts[static_cast<std::size_t>(g)];
    return group;
}

/// Kinds of programmes of process 3. A course full-time takes its people out of work; a part-time course leaves them their status.
enum class ProgrammeKind : std::uint8_t { none, course, part_time_course, work_learning, adult_bbl };
/// A programme in one byte: its kind and the technical or ICT occupation that it leads to.
enum class Programme : std::uint8_t { none };
inline constexpr Programme programme_of(ProgrammeKind kind, Occupation target) {
    return kind == ProgrammeKind::none ? Programme::none : static_cast<Programme>((static_cast<int>(kind) - 1) * first_other_occupation + target + 1);
}
inline constexpr ProgrammeKind kind_of(Programme p) {
    return p == Programme::none ? ProgrammeKind::none : static_cast<ProgrammeKind>((static_cast<int>(p) - 1) / first_other_occupation + 1);
}
/// The occupation that a programme leads to; `no_occupation` without one.
inline constexpr Occupation target_of(Programme p) {
    return p == Programme::none ? no_occupation : static_cast<Occupation>((static_cast<int>(p) - 1) % first_other_occupation);
}

template <class Label>
constexpr std::size_t index_of(Label label) {
    return static_cast<std::size_t>(label);
}

}  // namespace models
