#pragma once
/// Employers with staff and their posts. One post is one employer's jobs of one occupation.

#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/person.hpp"

namespace models {

/// Number of an employer: its identity.
enum class EmployerId : std::uint32_t {};

/// An employer. Outside jobs stand at employers whose region is rest_nl or abroad; they are in no series of employers.
struct Employer {
    std::uint32_t first_post = 0;
    std::uint16_t posts = 0;
    std::uint8_t region = 0;  ///< where the jobs are: region of the run, rest_nl or abroad
    std::uint8_t gate = 0;    ///< of an outside employer: the region next to which it stands; else its own region
    Sector sector = Sector::agriculture;
    std::uint8_t learning_company = 0;  ///< 1 = recognised (leerbedrijf)
    std::uint8_t fossil = 0;            ///< 1 = exposed to the fossil phase-out
    std::uint8_t innovation = 0;        ///< 1 = has adopted process innovation (process 9)
    std::uint16_t municipality = 0;
    StoredMonth born = 0;    ///< 0 = before the run
    StoredMonth closed = 0;  ///< month of closure; 0 = open
    std::uint16_t bbl_places = 0;
    std::uint16_t bbl_taken = 0;
    float wage_level = 1.0F;         ///< factor on the market wage
    float output_per_worker = 1.0F;  ///< relative to what the path of demand already holds (process 9)
    std::int32_t start_staff = 0;    ///< filled main jobs at the start or birth
    [[nodiscard]] bool open() const { return closed == 0; }
};

struct Post {
    std::uint32_t employer = 0;
    Occupation occupation = 0;
    std::uint8_t rounding_drawn = 0;  ///< 1 = `rounding` is known (step_employers draws it at first sight)
    std::uint16_t rounding = 0;       ///< u x 2^16 of models/demand.hpp, whole_staff
    std::int32_t staff = 0;           ///< workers who point to this post
    std::int32_t posted = 0;          ///< open vacancies
    std::int32_t direct = 0;          ///< openings that are filled without a vacancy
    std::int32_t latent = 0;          ///< lapsed vacancies that may be posted again
    float desired = 0;                ///< D(0): desired staff at the start or birth
};

struct Employers {
    std::vector<Employer> employer;
    std::vector<Post> post;
    [[nodiscard]] std::size_t size() const { return employer.size(); }
    template <class Archive>
    void archive(Archive& a) {
        a("employer", employer);
        a("post", post);
    }
};

}  // namespace models
