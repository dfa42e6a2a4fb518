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
    float capacity[3] = {};        ///< intake places a year by field, at the teaching staff present
    float teachers = 0;            ///< posts of technical and ICT teachers (fte)
    float teacher_vacancies = 0;   ///< open posts (process 8)
    std::uint8_t partnership = 0;  ///< member of a public-private partnership
};

struct Schools {
    std::vector<School> school;
    template <class Archive>
    void archive(Archive& a) {
        a("school", school);
    }
};

}  // namespace models
