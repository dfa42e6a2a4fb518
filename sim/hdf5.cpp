#include "sim/hdf5.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/whole_file.hpp"

namespace sim::hdf5 {

namespace {

// The driver ---------------------------------------------------------------------------------------------------------

using Sink = OutputFile::Sink;

/// HDF5's view of an open file; its public part comes first.
struct DriverFile {
    H5FD_t pub{};
    Sink* sink = nullptr;
    haddr_t end_of_allocation = 0;
    haddr_t end_of_file = 0;
};

struct DriverInfo {
    Sink* sink;
};

DriverFile& file_of(H5FD_t* file) { return *reinterpret_cast<DriverFile*>(file); }
const DriverFile& file_of(const H5FD_t* file) { return *reinterpret_cast<const DriverFile*>(file); }

H5FD_t* driver_open(const char*, unsigned, hid_t access, haddr_t) {
    const auto* info = static_cast<const DriverInfo*>(H5Pget_driver_info(access));
    if (info == nullptr) return nullptr;
    auto* file = new DriverFile;
    file->sink = info->sink;
    return &file->pub;
}

herr_t driver_close(H5FD_t* file) {
    delete &file_of(file);
    return 0;
}

herr_t driver_query(const H5FD_t*, unsigned long* flags) {
    if (flags) *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA;
    return 0;
}

haddr_t driver_get_eoa(const H5FD_t* file, H5FD_mem_t) { return file_of(file).end_of_allocation; }

herr_t driver_set_eoa(H5FD_t* file, H5FD_mem_t, haddr_t address) {
    file_of(file).end_of_allocation = address;
    return 0;
}

haddr_t driver_get_eof(const H5FD_t* file, H5FD_mem_t) { return file_of(file).end_of_file; }

herr_t driver_read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
    auto* to = static_cast<char*>(buffer);
    while (size > 0) {
        const ssize_t got = ::pread(file_of(file).sink->descriptor, to, size, static_cast<off_t>(address));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) {  // beyond the end, HDF5 expects zeros
            std::memset(to, 0, size);
            return 0;
        }
        to += got;
        address += static_cast<haddr_t>(got);
        size -= static_cast<std::size_t>(got);
    }
    return 0;
}

herr_t driver_write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer) {
    auto& open = file_of(file);
    const auto* from = static_cast<const char*>(buffer);
    open.end_of_file = std::max(open.end_of_file, address + size);
    while (size > 0 && open.sink->error == 0) {
        const ssize_t put = ::pwrite(open.sink->descriptor, from, size, static_cast<off_t>(address));
        if (put < 0) {
            if (errno != EINTR) open.sink->error = errno;
            continue;
        }
        from += put;
        address += static_cast<haddr_t>(put);
        size -= static_cast<std::size_t>(put);
    }
    return 0;
}

herr_t driver_truncate(H5FD_t* file, hid_t, hbool_t) {
    auto& open = file_of(file);
    if (open.end_of_allocation != open.end_of_file) {
        if (open.sink->error == 0 && ::ftruncate(open.sink->descriptor, static_cast<off_t>(open.end_of_allocation)) != 0) open.sink->error = errno;
        open.end_of_file = open.end_of_allocation;
    }
    return 0;
}

/// HDF5 keeps a pointer to this for the life of the process.
const H5FD_class_t& driver_class() {
    static const H5FD_class_t driver = [] {
        H5FD_class_t d{};
        d.name = "instroom output";
        d.maxaddr = static_cast<haddr_t>(INT64_MAX);
        d.fc_degree = H5F_CLOSE_STRONG;
        d.fapl_size = sizeof(DriverInfo);
        d.open = driver_open;
        d.close = driver_close;
        d.query = driver_query;
        d.get_eoa = driver_get_eoa;
        d.set_eoa = driver_set_eoa;
        d.get_eof = driver_get_eof;
        d.read = driver_read;
        d.write = driver_write;
        d.truncate = driver_truncate;
        const H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
        std::memcpy(d.fl_map, map, sizeof(map));
        return d;
    }();
    return driver;
}

/// What HDF5 itself says of its last failure: the innermost entry of its stack.
std::string words_of_hdf5() {
    std::string words;
    const auto look = [](unsigned, const H5E_error2_t* entry, void* context) -> herr_t {
        auto& result = *static_cast<std::string*>(context);
        if (result.empty() && entry->desc) result = entry->desc;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, look, &words);
    return "HDF5: " + (words.empty() ? std::string("unknown cause") : words);
}

}  // namespace

// The file -----------------------------------------------------------------------------------------------------------

void be_quiet() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

OutputFile::OutputFile(std::filesystem::path path, bool latest) : path_(std::move(path)) {
    be_quiet();
    temporary_ = partial_name(path_);
    sink_.descriptor = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (sink_.descriptor < 0) throw FileError(fmt::format("cannot write {}: {}", path_.string(), std::strerror(errno)));

    const Handle driver(H5FDregister(&driver_class()), H5FDunregister);
    const DriverInfo info{&sink_};
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
    H5Pset_driver(access.get(), driver.get(), &info);
    H5Pset_libver_bounds(access.get(), latest ? H5F_LIBVER_LATEST : H5F_LIBVER_V18, latest ? H5F_LIBVER_LATEST : H5F_LIBVER_V18);
    H5Pset_link_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_attr_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    H5Pset_obj_track_times(creation.get(), false);  // of the root group: the same content gives the same bytes at any hour
    file_ = H5Fcreate(temporary_.c_str(), H5F_ACC_TRUNC, creation.get(), access.get());
    if (file_ < 0) {
        const std::string words = words_of_hdf5();
        ::close(sink_.descriptor);
        ::unlink(temporary_.c_str());
        throw FileError(fmt::format("cannot write {}: {}", path_.string(), words));
    }
}

OutputFile::~OutputFile() {
    if (file_ >= 0) {
        if (sink_.error == 0) sink_.error = ECANCELED;  // nothing more needs to reach the disk
        H5Fclose(file_);
    }
    if (sink_.descriptor >= 0) ::close(sink_.descriptor);
    if (!committed_) ::unlink(temporary_.c_str());
}

Handle OutputFile::own(hid_t id, Handle::Close close) {
    if (id < 0 || sink_.error != 0) {
        Handle closes_it(id, close);
        fail();
    }
    return {id, close};
}

void OutputFile::check(herr_t status) {
    if (status < 0 || sink_.error != 0) fail();
}

void OutputFile::fail() {
    const std::string cause = sink_.error != 0 ? std::string(std::strerror(sink_.error)) : words_of_hdf5();
    throw FileError(fmt::format("cannot write {}: {}", path_.string(), cause));
}

void OutputFile::commit(bool replace) {
    check(H5Fflush(file_, H5F_SCOPE_GLOBAL));
    const herr_t closed = H5Fclose(file_);
    file_ = H5I_INVALID_HID;
    check(closed);

    sink_.error = finish_file(std::exchange(sink_.descriptor, -1), temporary_, path_, replace);
    if (sink_.error != 0) fail();
    committed_ = true;
}

}  // namespace sim::hdf5
