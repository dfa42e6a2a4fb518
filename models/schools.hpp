#pragma once
/// Schools: where they stand, what they teach and how many places they have.

#include <cstdint>
#include <vector>

#include "models/labels.hpp"

namespace models {

struct School {
    std::uint16_t municipality = 0;
    std::uint8_t region = 0;
    Track track = Track::vmbo;
    float capacity[3] = {};           ///< intake places a year by field, at the teaching staff of the start
    float posts[2] = {};              ///< posts of technical and ICT teachers that its pupils ask for (full-time equivalents, for persons whatever the scale)
    float teachers[2] = {};           ///< of these, held by teachers; hybrid teachers not counted
    float teacher_vacancies[2] = {};  ///< of these, neither held nor taught by hybrid teachers (process 8)
    float filled_at_rest[2] = {};     ///< share of its open posts filled a month at normal tightness: keeps the open posts of the start
    std::uint8_t partnership = 0;     ///< member of a public-private partnership
    std::uint8_t spare[3] = {};
};

struct Schools {
    std::vector<School> school;
    template <class Archive>
    void archive(Archive& a) {
        a("school", school);
    }
};

}  // namespace models
