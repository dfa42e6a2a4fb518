#include "sim/checkpoint.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <string>

#include <unistd.h>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/hdf5.hpp"

namespace sim {

namespace {

constexpr hsize_t chunk_bytes = hsize_t{1} << 20;
constexpr const char* schema_attribute = "instroom_checkpoint";
constexpr const char* item_attribute = "item";
constexpr const char* digest_attribute = "digest";

constexpr std::uint64_t mixed(std::uint64_t h, std::uint64_t word) {
    h = (h ^ word) * 0x9E3779B97F4A7C15ULL;  // odd, so no step loses information
    return h ^ (h >> 32);
}

/// Digest of a value and its name, so that two datasets that changed places are found, too. Four lanes keep up with memory.
std::uint64_t digest_of(std::string_view name, const void* data, std::size_t bytes) {
    std::uint64_t h = bytes;
    for (const char c : name) h = mixed(h, static_cast<unsigned char>(c));
    std::array<std::uint64_t, 4> lane{h, h + 1, h + 2, h + 3};
    const auto* from = static_cast<const unsigned char*>(data);
    std::size_t at = 0;
    for (; at + 32 <= bytes; at += 32) {
        std::array<std::uint64_t, 4> words;
        std::memcpy(words.data(), from + at, 32);
        for (std::size_t i = 0; i < 4; ++i) lane[i] = mixed(lane[i], words[i]);
    }
    for (const auto l : lane) h = mixed(h, l);
    for (; at < bytes; ++at) h = mixed(h, from[at]);
    return h;
}

}  // namespace

// Writing ------------------------------------------------------------------------------------------------------------

struct CheckpointWriter::File {
    explicit File(const std::filesystem::path& path) : output(path, true) {}
    hdf5::OutputFile output;
    std::set<std::string> groups;

    /// The groups above a dataset, without times of creation: the same state gives the same bytes at any hour.
    void make_groups(const std::string& name) {
        for (auto slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1)) {
            const std::string group = name.substr(0, slash);
            if (!groups.insert(group).second) continue;
            const auto creation = output.own(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
            output.check(H5Pset_obj_track_times(creation.get(), false));
            (void)output.own(H5Gcreate2(output.id(), group.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), H5Gclose);
        }
    }

    template <class Number>
    void attribute(hid_t object, const char* name, hid_t type, Number value) {
        const auto space = output.own(H5Screate(H5S_SCALAR), H5Sclose);
        const auto a = output.own(H5Acreate2(object, name, type, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
        output.check(H5Awrite(a.get(), type, &value));
    }
};

CheckpointWriter::CheckpointWriter(const std::filesystem::path& path, int schema) : file_(std::make_unique<File>(path)) {
    file_->attribute(file_->output.id(), schema_attribute, H5T_STD_I64LE, static_cast<std::int64_t>(schema));
}

CheckpointWriter::~CheckpointWriter() = default;

void CheckpointWriter::save(const void* data, std::size_t bytes, std::size_t item) {
    auto& output = file_->output;
    const hsize_t size = bytes;
    const hsize_t chunk = std::clamp<hsize_t>(size, 1, chunk_bytes);
    file_->make_groups(name_);
    const auto creation = output.own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    output.check(H5Pset_chunk(creation.get(), 1, &chunk));
    output.check(H5Pset_fletcher32(creation.get()));
    output.check(H5Pset_fill_time(creation.get(), H5D_FILL_TIME_ALLOC));  // what a last chunk holds beyond the end is zero, not old memory
    output.check(H5Pset_obj_track_times(creation.get(), false));
    const auto space = output.own(H5Screate_simple(1, &size, nullptr), H5Sclose);
    const auto set = output.own(H5Dcreate2(output.id(), name_.c_str(), H5T_STD_U8LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), H5Dclose);
    if (bytes > 0) output.check(H5Dwrite(set.get(), H5T_STD_U8LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, data));
    file_->attribute(set.get(), item_attribute, H5T_STD_U64LE, static_cast<std::uint64_t>(item));
    file_->attribute(set.get(), digest_attribute, H5T_STD_U64LE, digest_of(name_, data, bytes));
}

void CheckpointWriter::commit() { file_->output.commit(true); }

// Reading ------------------------------------------------------------------------------------------------------------

struct CheckpointReader::File {
    std::filesystem::path path;
    hdf5::Handle file;
    hdf5::Handle set;

    template <class Number>
    static bool attribute(hid_t object, const char* name, hid_t type, Number& value) {
        const hdf5::Handle a(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
        if (!a.valid()) return false;
        const hdf5::Handle space(H5Aget_space(a.get()), H5Sclose);
        return space.valid() && H5Sget_simple_extent_npoints(space.get()) == 1 && H5Aread(a.get(), type, &value) >= 0;
    }
};

CheckpointReader::CheckpointReader(const std::filesystem::path& path, int schema) : file_(std::make_unique<File>()) {
    hdf5::be_quiet();
    file_->path = path;
    if (::access(path.c_str(), R_OK) != 0) throw FileError(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
    file_->file = {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose};
    if (!file_->file.valid()) throw InputError(fmt::format("{} is not a checkpoint, or is damaged at its head; resume from an older one", path.string()));
    std::int64_t found = 0;
    if (!File::attribute(file_->file.get(), schema_attribute, H5T_STD_I64LE, found))
        throw InputError(fmt::format("{} is not a checkpoint (no attribute {})", path.string(), schema_attribute));
    if (found != schema)
        throw InputError(fmt::format("{}: checkpoint schema {}, this version reads {}; resume with the version that wrote it", path.string(), found, schema));
}

CheckpointReader::~CheckpointReader() = default;

void CheckpointReader::refuse(std::string_view why) const {
    throw InputError(fmt::format("{}: dataset {} is damaged or of another version: {}; resume from an older checkpoint", file_->path.string(), name_, why));
}

std::size_t CheckpointReader::open(std::size_t item) {
    file_->set = {H5Dopen2(file_->file.get(), name_.c_str(), H5P_DEFAULT), H5Dclose};
    if (!file_->set.valid()) refuse("it cannot be opened");
    const hdf5::Handle space(H5Dget_space(file_->set.get()), H5Sclose);
    const hssize_t bytes = space.valid() ? H5Sget_simple_extent_npoints(space.get()) : -1;
    std::uint64_t found = 0;
    if (bytes < 0 || !File::attribute(file_->set.get(), item_attribute, H5T_STD_U64LE, found)) refuse("its header cannot be read");
    if (found != item || static_cast<std::size_t>(bytes) % item != 0) refuse("it has another size than this version expects");
    return static_cast<std::size_t>(bytes);
}

void CheckpointReader::load(void* data, std::size_t bytes) {
    if (bytes > 0 && H5Dread(file_->set.get(), H5T_STD_U8LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0) refuse("its checksum does not match");
    std::uint64_t digest = 0;
    if (!File::attribute(file_->set.get(), digest_attribute, H5T_STD_U64LE, digest) || digest != digest_of(name_, data, bytes))
        refuse("its digest does not match");
}

}  // namespace sim
