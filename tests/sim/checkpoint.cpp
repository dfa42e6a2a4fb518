#include "sim/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "sim/error.hpp"
#include "tests/support/files.hpp"

using Catch::Matchers::Contains;

namespace {

struct Pair {
    std::uint32_t row;
    std::uint32_t post;
    bool operator==(const Pair&) const = default;
};

enum class Colour : std::uint8_t { red, green };

struct Room {
    std::string name;
    std::vector<Pair> pairs;
    bool operator==(const Room&) const = default;
    template <class Archive>
    void archive(Archive& a) {
        a("name", name);
        a("pairs", pairs);
    }
};

struct House {
    int number = 0;
    double height = 0;
    Colour colour = Colour::red;
    std::array<double, 3> corner{};
    std::array<std::string, 2> names{};
    std::vector<std::uint8_t> bytes;
    std::vector<std::vector<std::int32_t>> lists;
    std::vector<std::string> words;
    std::vector<Room> rooms;
    Room cellar;
    bool operator==(const House&) const = default;
    template <class Archive>
    void archive(Archive& a) {
        a("number", number);
        a("height", height);
        a("colour", colour);
        a("corner", corner);
        a("names", names);
        a("bytes", bytes);
        a("lists", lists);
        a("words", words);
        a("rooms", rooms);
        a("cellar", cellar);
    }
};

House a_house() {
    House h;
    h.number = 7;
    h.height = 0.1;
    h.colour = Colour::green;
    h.corner = {1, 2, 1e-300};
    h.names = {"north", ""};
    for (int i = 0; i < 3'000'000; ++i) h.bytes.push_back(static_cast<std::uint8_t>(i * 7919));
    h.lists = {{1, 2, 3}, {}, {-4}};
    h.words = {"", "staircase"};
    h.rooms = {{"kitchen", {{1, 2}}}, {"attic", {}}};
    h.cellar = {"cellar", {{3, 4}, {5, 6}}};
    return h;
}

void save(const std::filesystem::path& path, House house, int schema = 3) {
    sim::CheckpointWriter out(path, schema);
    out("house", house);
    out.commit();
}

House load(const std::filesystem::path& path, int schema = 3) {
    House house;
    sim::CheckpointReader in(path, schema);
    in("house", house);
    return house;
}

std::string refusal(const std::filesystem::path& path, int schema = 3) {
    try {
        (void)load(path, schema);
    } catch (const sim::InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("a checkpoint gives back what was saved", "[sim][unit][sanitize]") {
    const tests::TemporaryFolder folder;
    const House before = a_house();
    save(folder / "house.h5", before);
    CHECK(load(folder / "house.h5") == before);
    CHECK(folder.names() == std::vector<std::string>{"house.h5"});
    SECTION("also where everything is empty") {
        save(folder / "empty.h5", House{});
        CHECK(load(folder / "empty.h5") == House{});
    }
    SECTION("and the same state gives the same bytes, a second later too") {
        ::sleep(1);
        save(folder / "again.h5", before);
        CHECK(tests::contents(folder / "again.h5") == tests::contents(folder / "house.h5"));
    }
}

TEST_CASE("a checkpoint that was not finished leaves nothing", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    save(folder / "house.h5", a_house());
    const auto old = tests::contents(folder / "house.h5");
    {
        House other;
        sim::CheckpointWriter out(folder / "house.h5", 3);
        out("house", other);
    }
    CHECK(folder.names() == std::vector<std::string>{"house.h5"});
    CHECK(tests::contents(folder / "house.h5") == old);
}

TEST_CASE("a damaged checkpoint is refused by the name of its dataset", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    const auto path = folder / "house.h5";
    save(path, a_house());
    const std::string whole = tests::contents(path);

    SECTION("one byte of the data") {
        std::string damaged = whole;
        const auto at = damaged.find(std::string{"\x00\xef\xde\xcd\xbc", 5});  // the first bytes of house/bytes: i * 7919 modulo 256
        REQUIRE(at != std::string::npos);
        damaged[at + 1000] = static_cast<char>(damaged[at + 1000] ^ 1);
        tests::write_contents(path, damaged);
        CHECK_THAT(refusal(path), Contains(path.string() + ": dataset house/bytes is damaged"));
    }
    SECTION("a byte anywhere: refused, or without effect") {
        int refused = 0;
        for (std::size_t at = 0; at < 6000; at += 61) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
            tests::write_contents(path, damaged);
            try {
                if (!(load(path) == a_house())) FAIL("damage at byte " << at << " went unseen");
            } catch (const sim::InputError&) {
                ++refused;
            }
        }
        CHECK(refused > 10);
    }
    SECTION("a file that was cut short") {
        tests::write_contents(path, whole.substr(0, whole.size() / 2));
        CHECK_THAT(refusal(path), Contains("house.h5"));
    }
    SECTION("no checkpoint at all") {
        tests::write_contents(path, "month,persons\n");
        CHECK_THAT(refusal(path), Contains("is not a checkpoint"));
    }
}

TEST_CASE("a checkpoint of another schema or shape is refused", "[sim][unit]") {
    const tests::TemporaryFolder folder;
    const auto path = folder / "house.h5";
    save(path, House{}, 2);
    CHECK_THAT(refusal(path, 3), Contains("checkpoint schema 2, this version reads 3"));

    std::int32_t narrow = 1;
    {
        sim::CheckpointWriter out(path, 3);
        out("number", narrow);
        out.commit();
    }
    sim::CheckpointReader in(path, 3);
    std::int64_t wide = 0;
    CHECK_THROWS_AS(in("number", wide), sim::InputError);
    CHECK_THROWS_AS(in("colour", wide), sim::InputError);
    CHECK_THROWS_AS(sim::CheckpointReader(folder / "absent.h5", 3), sim::FileError);
}

TEST_CASE("a checkpoint on a full disk leaves the old one", "[sim][unit]") {
    const tests::SmallDisk disk(5'000'000);
    if (!disk.mounted()) {
        WARN("needs root to mount a small file system");
        SUCCEED();
        return;
    }
    const auto path = disk.folder() / "house.h5";
    save(path, a_house());  // 3 MB fit once, not twice
    CHECK_THROWS_WITH(save(path, a_house()), "cannot write " + path.string() + ": No space left on device");
    CHECK(disk.folder().names() == std::vector<std::string>{"house.h5"});
    CHECK(load(path) == a_house());
}
