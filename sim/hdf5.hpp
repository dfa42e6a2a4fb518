#pragma once
/// What trajectory files and checkpoints share: handles that close themselves, and a file that is whole or absent.
/// Only .cpp files of this room include this header.

#include <filesystem>
#include <string>
#include <utility>

#include <hdf5.h>

namespace sim::hdf5 {

/// An HDF5 identifier that is closed with the scope. An invalid one (negative) is not closed.
class Handle {
public:
    using Close = herr_t (*)(hid_t);
    Handle() = default;
    Handle(hid_t id, Close close) : id_(id), close_(close) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
    Handle& operator=(Handle&& other) noexcept {
        if (this != &other) {
            reset();
            id_ = std::exchange(other.id_, H5I_INVALID_HID);
            close_ = other.close_;
        }
        return *this;
    }
    ~Handle() { reset(); }
    void reset() {
        if (id_ >= 0) close_(id_);
        id_ = H5I_INVALID_HID;
    }
    [[nodiscard]] hid_t get() const { return id_; }
    [[nodiscard]] bool valid() const { return id_ >= 0; }

private:
    hid_t id_ = H5I_INVALID_HID;
    Close close_ = nullptr;
};

/// Keeps HDF5 from printing its error stack; every failure is turned into one of our errors instead.
void be_quiet();

/// A file that is written under a temporary name in the folder of its final name and renamed at `commit`.
/// Destroyed without a commit it leaves nothing; an older file under the final name is untouched until the rename.
/// HDF5 cannot close a file whose writes fail (a full disk) and crashes at exit, so a driver of our own takes every write
/// as done, keeps the first failure of the system, and `check` and `commit` throw it.
class OutputFile {
public:
    /// `latest` asks for HDF5's newest layout, whose metadata carry checksums (checkpoints); else any HDF5 from 1.8 on can read it.
    OutputFile(std::filesystem::path path, bool latest);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    [[nodiscard]] hid_t id() const { return file_; }
    /// Takes a new identifier; throws FileError with the cause where it is not valid.
    [[nodiscard]] Handle own(hid_t id, Handle::Close close);
    /// Throws FileError with the cause where the status is negative.
    void check(herr_t status);
    /// Flush, close, fsync, rename. With replace = false an existing file is a FileError and stays.
    void commit(bool replace);

    /// What the driver needs: the descriptor and the first error of the system (0 = none).
    struct Sink {
        int descriptor = -1;
        int error = 0;
    };

private:
    [[noreturn]] void fail();

    std::filesystem::path path_;
    std::filesystem::path temporary_;
    Sink sink_;
    hid_t file_ = H5I_INVALID_HID;
    bool committed_ = false;
};

}  // namespace sim::hdf5
