#include <algorithm>
#include <string>

#include "regions/readers.hpp"
#include "sim/error.hpp"

namespace regions {
namespace {

using models::Field;
using models::FieldShares;
using models::index_of;
using models::Next;
using models::Passage;
using models::SchoolingTables;
using models::Sex;
using models::Stage;
using models::Track;

/// The rows of education.csv, by name.
class Education {
public:
    explicit Education(DataFolder& data) : data_(data) {}
    double value(const std::string& variable, const std::string& breakdown, const std::string& period = "2021", const std::string& region = "NL") {
        const double v = data_.value("education", region, variable, breakdown, period);
        if (v < 0) fail(variable, breakdown, v, "a figure of 0 or more");
        return v;
    }
    /// A figure that must lie between 0 and 1.
    double share(const std::string& variable, const std::string& breakdown, const std::string& period = "2021", const std::string& region = "NL") {
        const double v = value(variable, breakdown, period, region);
        if (v > 1) fail(variable, breakdown, v, "a share between 0 and 1");
        return v;
    }
    /// Shares of technical and ict; the rest is other.
    FieldShares fields(const std::string& start) {
        const double technical = share("study_field_share", start + "; technical");
        const double ict = share("study_field_share", start + "; ict");
        return rest(technical, ict, start);
    }
    FieldShares rest(double technical, double ict, const std::string& what) {
        if (technical + ict > 1) fail("study_field_share", what, technical + ict, "technical and ict that sum to at most 1");
        return {technical, ict, 1 - technical - ict};
    }

private:
    DataFolder& data_;
    [[noreturn]] void fail(const std::string& variable, const std::string& breakdown, double v, const std::string& expected) {
        throw sim::InputError(data_.file_of("education").string() + ": " + variable + " (" + breakdown + ") is " + std::to_string(v) + " (" + expected +
                              " is expected)");
    }
};

/// Who goes where at twelve: the national shares of tracks, and a region by its exam candidates over those of the nation.
void read_tracks(Education& data, const std::vector<std::string>& names, SchoolingTables& t) {
    const double vmbo = data.share("vo_track_share_per_cohort", "vmbo", "2021/22");
    const double national =
        vmbo / (vmbo + data.share("vo_track_share_per_cohort", "havo", "2021/22") + data.share("vo_track_share_per_cohort", "vwo", "2021/22"));
    const auto among_candidates = [&](const std::string& region) {
        const double of_vmbo = data.value("vmbo_exam_candidates", "all vmbo", "2021/22", region);
        return of_vmbo / (of_vmbo + data.value("havo_exam_candidates", "all profiles", "2021/22", region) +
                          data.value("vwo_exam_candidates", "all profiles", "2021/22", region));
    };
    t.vmbo_share.clear();
    for (const auto& name : names) t.vmbo_share.push_back(std::min(0.8, national * among_candidates(name) / among_candidates("NL")));
}

/// Technical profiles: the national path is that of the ministers' letter; regions by their ratio to the nation among exam candidates.
void read_profiles(Education& data, const std::vector<std::string>& names, SchoolingTables& t) {
    const double first = data.share("vmbo_technical_share", "third-years with a technical profile", "2021");
    const double last = data.share("vmbo_technical_share", "third-years with a technical profile", "2023");
    t.vmbo_technical_from = 2021;
    t.vmbo_technical_national = {first, (first + last) / 2, last};
    const std::string pooled = "all leerwegen bb+kb+gl, mean of three cohorts", years = "2020/21-2022/23";
    const double girls = data.share("vmbo_year3_tech_girls_share", "girls among technical-profile pupils", "2022/23");
    t.vmbo_technical.clear();
    for (const auto& name : names) {
        // Exam files hide the profiles of Zeeuws-Vlaanderen's schools: there a judgement, and the nation's share of girls.
        const bool hidden = name == "Zeeuws-Vlaanderen";
        const double ratio =
            hidden ? data.share("vmbo_year3_tech_share", "all leerwegen bb+kb+gl", "2023", name) / data.share("vmbo_year3_tech_share", "bb+kb+gl", "2023/24")
                   : data.share("vmbo_year3_tech_share", pooled, years, name) / data.share("vmbo_year3_tech_share", pooled, years);
        const double girls_here = hidden ? girls
                                         : girls * data.share("vmbo_exam_tech_girls_share", "bb+kb+gl (incl lwt)", "2022/23", name) /
                                               data.share("vmbo_exam_tech_girls_share", "bb+kb+gl (incl lwt)", "2022/23");
        const double technical = first * ratio;
        // Half of the third-years are girls.
        t.vmbo_technical.push_back({std::min(0.95, 2 * technical * (1 - girls_here)), std::min(0.95, 2 * technical * girls_here)});
    }
    const auto nature_and_technology = [&](const std::string& school) {
        return data.share(school + "_n_profile_share", "all", "2020/21") *
               data.share("n_profile_split", "NT share within N profiles (NT, NG, NT/NG combination counted half), " + school, "2020/21");
    };
    const double havo = data.share("vo_track_share_per_cohort", "havo", "2021/22"), vwo = data.share("vo_track_share_per_cohort", "vwo", "2021/22");
    const double general = (havo * nature_and_technology("havo") + vwo * nature_and_technology("vwo")) / (havo + vwo);
    const double girls_general = data.share("general_tech_girls_share", "girls among pupils with profile nature and technology (combinations counted half)");
    t.general_technical = {2 * general * (1 - girls_general), 2 * general * girls_general};
}

void read_next(Education& data, SchoolingTables& t) {
    const auto set = [&](Stage stage, Next next, double share) { t.next[index_of(stage)][index_of(next)] = share; };
    const auto step = [&](const std::string& what) { return data.share("next_step_share", what); };
    const double all = data.value("vmbo_exam_candidates", "all vmbo", "2021/22");
    const double basic = (data.value("vmbo_exam_candidates", "bb (incl lwt)", "2021/22") + data.value("vmbo_exam_candidates", "kb", "2021/22")) / all;
    const double to_mbo = basic * data.share("vmbo_to_mbo_rate", "bb and kb graduates", "2022") +
                          (1 - basic) * data.share("vmbo_to_mbo_rate", "gl and tl graduates, rest mainly havo", "2022");
    set(Stage::vmbo, Next::mbo, to_mbo);
    set(Stage::vmbo, Next::general, std::max(0.0, 1 - to_mbo - step("vmbo; leave")));
    set(Stage::havo, Next::hbo, data.share("havo_to_hbo_rate", "havo graduates direct to hbo", "2022"));
    set(Stage::havo, Next::mbo, step("havo; mbo"));
    set(Stage::vwo, Next::wo, data.share("vwo_to_wo_rate", "vwo graduates direct to university", "2022"));
    set(Stage::vwo, Next::hbo, data.share("vwo_to_hbo_rate", "vwo graduates directly to hbo", "2016"));
    set(Stage::mbo_two_years, Next::mbo, step("mbo two years; mbo"));
    set(Stage::mbo_three_years, Next::mbo, step("mbo three years; mbo"));
    set(Stage::mbo_three_years, Next::hbo, step("mbo three years; hbo"));
    set(Stage::mbo_four_years, Next::mbo, step("mbo four years; mbo"));
    set(Stage::mbo_four_years, Next::hbo, data.share("mbo_to_hbo_rate", "mbo-4 graduates direct to hbo", "2022"));
    set(Stage::hbo, Next::wo, step("hbo; wo"));
    for (auto& shares : t.next) {
        double sum = 0;
        for (std::size_t k = 0; k < index_of(Next::leave); ++k) sum += shares[k];
        shares[index_of(Next::leave)] = std::max(0.0, 1 - sum);
    }
}

void read_diplomas(Education& data, SchoolingTables& t) {
    const double vmbo = data.share("exam_pass_rate", "vmbo", "2022/23"), havo = data.share("exam_pass_rate", "havo", "2022/23"),
                 vwo = data.share("exam_pass_rate", "vwo", "2022/23");
    for (std::size_t y = 4; y < models::study_years; ++y) t.diploma[index_of(Track::vmbo)][y] = vmbo;
    // One track holds havo (five years) and vwo (six): after five years those on havo pass, with those who came from vmbo into its fourth year.
    const double of_havo = data.share("vo_track_share_per_cohort", "havo", "2021/22"), of_vwo = data.share("vo_track_share_per_cohort", "vwo", "2021/22");
    const double from_vmbo = data.share("vo_track_share_per_cohort", "vmbo", "2021/22") * vmbo * t.next[index_of(Stage::vmbo)][index_of(Next::general)];
    const double on_havo = (of_havo + from_vmbo) / (of_havo + from_vmbo + of_vwo);
    auto& general = t.diploma[index_of(Track::havo_vwo)];
    general[5] = on_havo * havo;
    const double repeat = on_havo * (1 - havo), on_vwo = 1 - on_havo;
    general[6] = (on_vwo * vwo + repeat * havo) / (on_vwo + repeat);
    for (std::size_t y = 7; y < models::study_years; ++y) general[y] = vwo;
    const auto years = [&](const std::string& name, Track track, int from, int to) {
        auto& row = t.diploma[index_of(track)];
        for (int y = from; y <= to; ++y) row[static_cast<std::size_t>(y)] = data.share("diploma_probability", name + "; completed years=" + std::to_string(y));
        for (std::size_t y = static_cast<std::size_t>(to) + 1; y < models::study_years; ++y) row[y] = row[static_cast<std::size_t>(to)];
    };
    years("mbo", Track::mbo_bol, 2, 5);
    t.diploma[index_of(Track::mbo_bbl)] = t.diploma[index_of(Track::mbo_bol)];
    years("hbo", Track::hbo, 2, 8);
    years("wo", Track::wo, 3, 8);
}

void read_fields(Education& data, SchoolingTables& t) {
    // Technical profiles among boys and girls of the nation, whatever regions run.
    const double girls = data.share("vmbo_year3_tech_girls_share", "girls among technical-profile pupils", "2022/23");
    const double national = data.share("vmbo_technical_share", "third-years with a technical profile", "2021");
    const double profile_of[2] = {2 * national * (1 - girls), 2 * national * girls};
    constexpr auto technical = index_of(Field::technical), ict = index_of(Field::ict), other = index_of(Field::other);
    for (std::size_t s = 0; s < 2; ++s) {
        const std::string sex(models::sex_labels[s]);
        const auto passage = [&](Passage p) -> auto& { return t.fields[index_of(p)][s]; };
        // Mbo: pupils with a technical profile, and the others so that the whole is the observed intake.
        auto& mbo = passage(Passage::to_mbo);
        mbo[technical] = data.fields("to mbo; " + sex + "; technical profile");
        mbo[other] = models::residual_shares(data.fields("to mbo; " + sex + "; all"), mbo[technical], profile_of[s]);
        mbo[ict] = data.fields("to mbo; all; ict before");
        auto& hbo = passage(Passage::to_hbo_from_general);
        const double hbo_ict = data.share("study_field_share", "to hbo; " + sex + "; all; ict");
        const FieldShares hbo_all = data.rest(data.share("hbo_intake_tech_share", sex, "2021/22") - hbo_ict, hbo_ict, "to hbo; " + sex);
        hbo[technical] = data.fields("to hbo; " + sex + "; technical profile");
        hbo[other] = models::residual_shares(hbo_all, hbo[technical], t.general_technical[s]);
        hbo[ict] = hbo[other];
        auto& after_mbo = passage(Passage::to_hbo_from_mbo);
        after_mbo[technical] = data.fields("to hbo after mbo; " + sex + "; technical");
        after_mbo[ict] = data.fields("to hbo after mbo; " + sex + "; ict");
        after_mbo[other] = data.fields("to hbo after mbo; " + sex + "; other");
        auto& wo = passage(Passage::to_wo);
        const double wo_ict = data.share("study_field_share", "to wo; " + sex + "; all; ict");
        const FieldShares wo_all = data.rest(data.share("wo_intake_tech_share", sex, "2021/22") - wo_ict, wo_ict, "to wo; " + sex);
        wo[technical] = data.fields("to wo; " + sex + "; technical profile");
        wo[other] = models::residual_shares(wo_all, wo[technical], t.general_technical[s]);
        wo[ict] = data.fields("to wo; all; ict before");
    }
}

void read_dropout(Education& data, SchoolingTables& t) {
    const auto set = [&](Track track, double first, double later) { t.dropout[index_of(track)] = {first, later}; };
    const double secondary = data.share("vsv_vo_rate", "share of vo pupils", "2018/19");
    set(Track::vmbo, secondary, secondary);
    set(Track::havo_vwo, secondary, secondary);
    set(Track::mbo_bol, data.share("dropout_rate", "mbo_bol; first year"), data.share("dropout_rate", "mbo_bol; later"));
    set(Track::mbo_bbl, data.share("dropout_rate", "mbo_bbl; first year"), data.share("dropout_rate", "mbo_bbl; later"));
    set(Track::hbo, (data.share("hbo_dropout_yr1", "bachelor, all", "2020") + data.share("hbo_dropout_yr1", "bachelor, all", "2021")) / 2,
        data.share("dropout_rate", "hbo; later"));
    set(Track::wo, data.share("wo_dropout_yr1", "technical programmes, leaves university", "2022"), data.share("dropout_rate", "wo; later"));
    for (std::size_t s = 0; s < 2; ++s) t.dropout_sex[s] = data.value("dropout_factor", std::string(models::sex_labels[s]));
    for (std::size_t f = 0; f < 3; ++f) t.dropout_field[f] = data.value("dropout_factor", std::string(models::field_labels[f]));
}

void read_learning(Education& data, SchoolingTables& t) {
    for (std::size_t f = 0; f < 3; ++f) t.bbl_share[f] = data.share("bbl_share", std::string(models::field_labels[f]));
    for (std::size_t e = 0; e < models::education_labels.size(); ++e) t.returns[e] = data.share("return_rate", std::string(models::education_labels[e]));
    for (std::size_t s = 0; s < static_cast<std::size_t>(models::sectors); ++s) {
        const std::string sector = "sector=" + std::string(models::sector_codes[s]);
        const double factor = data.value("recognised_factor", sector);
        for (std::size_t k = 0; k < models::size_class_labels.size(); ++k)
            t.recognised[s][k] = std::min(0.98, factor * data.share("recognised_share", "size=" + std::string(models::size_class_labels[k])));
        t.places_per_worker[s] = data.value("bbl_places_per_worker", sector);
    }
    t.recognition_lapse = data.value("learning_companies_lapsed", "recognitions withdrawn a year", "2024") /
                          data.value("learning_companies", "recognised learning companies", "2025");
}

}  // namespace

void read_schooling(DataFolder& folder, const std::vector<std::string>& regions, models::Tables& tables) {
    Education data(folder);
    SchoolingTables t;
    read_tracks(data, regions, t);
    read_profiles(data, regions, t);
    read_next(data, t);
    read_diplomas(data, t);
    read_fields(data, t);
    read_dropout(data, t);
    read_learning(data, t);
    tables.schooling = t;
}

}  // namespace regions
