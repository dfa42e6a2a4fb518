#pragma once
/// The labour market's core as a textbook would write it: one object a person, a virtual step, one Mersenne Twister.
///
/// An oracle for the real program and nothing else: decisions are written anew from models/README.md and the headers of processes 4 to 7, with the values of
/// parameters and tables; no decision of the model is called. Factors of age, tenure and distance that are no parameters are repeated here. What belongs to
/// the core: tests/naive/core_world.hpp.

#include <cstddef>
#include <memory>
#include <random>
#include <vector>

#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "tests/naive/observed.hpp"

namespace naive {

using Engine = std::mt19937_64;
class Employer;
class Market;
class Person;

/// One employer's jobs of one occupation.
struct Post {
    Employer* employer = nullptr;
    std::size_t occupation = 0;
    double desired = 0;  ///< staff
    int target = 0;      ///< the same in whole workers
    int staff = 0, posted = 0, direct = 0, latent = 0;
    int left = 0;        ///< jobs left since the employer looked last
    int surplus = 0;     ///< staff and openings above the target
    double lay_off = 0;  ///< monthly probability to be laid off from excess staff
};

/// A place for an opening in the table of a submarket; empty without a post.
struct Slot {
    Post* post = nullptr;
    int opened = 0;  ///< month
    bool posted = true;
    double wage_factor = 1;  ///< on the market wage, the employer's level in it
};

class Agent {
public:
    virtual ~Agent() = default;
    /// One month.
    virtual void step(Market& market, Engine& engine) = 0;
};

class Employer : public Agent {
public:
    int region = 0;
    std::size_t sector = 0;
    double wage_level = 1;
    std::vector<Post> posts;
    void step(Market& market, Engine& engine) override;
};

struct Application {
    Person* person;
    Slot* slot;
    double suitability, value;
    int wage;  ///< cents an hour
};

class Person : public Agent {
public:
    int birth = 0, since = 0, ends = 0;  ///< months; `ends` 0 = no end
    int region = 0, wage = 0, distance = 0;
    models::Education education{};
    models::Field field{};
    std::size_t occupation = models::no_occupation, previous = models::no_occupation, earlier = models::no_occupation;
    models::LabourStatus status{};
    bool temporary = false;
    Post* post = nullptr;

    void step(Market& market, Engine& engine) override;
    void hire(Market& market, const Application& application, Engine& engine);

private:
    [[nodiscard]] int age(const Market& market) const;
    bool may_lose_job(Market& market, Engine& engine);  ///< whether it happened
    bool may_change_status(Market& market, Engine& engine);
    void leave(Market& market, double to_unemployment, bool far, Engine& engine);
    void search(Market& market, Engine& engine);
    [[nodiscard]] double experience(std::size_t in) const;
    [[nodiscard]] double lowest_value(const Market& market) const;
};

class Market {
public:
    /// Copies the persons, employers and openings of a world; reads figures from the tables and parameters.
    Market(const models::World& start, const models::Tables& tables, const models::Parameters& parameters);
    Market(const Market&) = delete;
    Market& operator=(const Market&) = delete;

    void step(Engine& engine);
    /// So many months with a seed.
    History run(std::uint64_t seed, int months);

    // What agents see and do.
    [[nodiscard]] std::size_t submarket(int region, std::size_t occupation) const {
        return static_cast<std::size_t>(region) * models::occupations + occupation;
    }
    [[nodiscard]] double tightness(int region, std::size_t occupation) const { return tightness_[submarket(region, occupation)]; }
    [[nodiscard]] double mean_tightness(int region) const;
    [[nodiscard]] double minutes(int from, int to) const { return tables.regions.travel_minutes(from, to); }
    /// Euro an hour that an occupation usually pays, at least the minimum of the age.
    [[nodiscard]] double usual_wage(std::size_t occupation, models::Education education, int age) const;
    [[nodiscard]] double minimum_wage(int age) const;
    void open(const Slot& opening) { fresh_.push_back(opening); }
    /// The slot with an opening that one application finds, if any; those in `seen` count as empty.
    Slot* look(const Person& person, const std::vector<Slot*>& seen, Engine& engine);
    void apply(const Application& application) { applications_.push_back(application); }

    const models::Tables& tables;
    const models::Parameters& parameters;
    int month;
    MonthSeen seen;  ///< this month

private:
    void renew_tightness();
    void end_old_openings(Engine& engine);
    void place_openings(Engine& engine);
    void match(Engine& engine);
    void count();
    std::discrete_distribution<std::size_t>& where(const Person& person);

    int regions_;
    std::vector<std::unique_ptr<Employer>> employers_;
    std::vector<std::unique_ptr<Person>> persons_;
    std::vector<std::vector<Slot>> slots_;  ///< by submarket
    std::vector<double> beside_;            ///< by occupation: slots beside which those of the occupation weigh
    std::vector<double> tightness_, reference_;
    std::vector<Slot> fresh_;  ///< openings of this month that have no slot yet
    std::vector<Application> applications_;
    std::vector<std::discrete_distribution<std::size_t>> where_;  ///< submarkets by home, last occupation or none, field and education
};

}  // namespace naive
