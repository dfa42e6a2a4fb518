#pragma once
/// The state of a run in a file, so that run = checkpoint + resume.
///
/// A type says once what it consists of, for saving and loading alike:
///     template <class Archive> void archive(Archive& a) { a("month", month_); a("persons", persons_); }
/// and a("name", value) takes numbers, enumerations and other trivially copyable types, strings, arrays and vectors of any
/// of these (also nested) and objects with an `archive` of their own, whose names then stand below "name/".
///
/// The file is HDF5 with metadata checksums; each value is a dataset of bytes with fletcher32 and a digest. It is for the
/// machine and the version that wrote it, not an exchange format.

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sim {

namespace detail {

/// What saving and loading share: names of nested values, and the way from a type to bytes.
template <class Derived>
class CheckpointArchive {
public:
    template <class Value>
    void operator()(std::string_view name, Value& value) {
        const std::size_t above = name_.size();
        if (!name_.empty()) name_ += '/';
        name_ += name;
        treat(value);
        name_.resize(above);
    }

protected:
    std::string name_;  ///< full name of the value being treated

private:
    Derived& self() { return static_cast<Derived&>(*this); }

    template <class Value>
    static constexpr bool has_archive = requires(Value& v, Derived& a) {
        v.archive(a);
    };

    template <class Value>
    static constexpr bool plain = std::is_trivially_copyable_v<Value> && !std::is_pointer_v<Value> && !has_archive<Value>;

    template <class Value>
    void treat(Value& value) {
        if constexpr (has_archive<Value>) {
            value.archive(self());
        } else {
            static_assert(plain<Value>, "a checkpoint cannot hold this type: give it a member function archive(a)");
            self().fixed(&value, sizeof(Value));
        }
    }

    void treat(std::string& value) { self().sized(value, sizeof(char)); }

    template <class Item, std::size_t count>
    void treat(std::array<Item, count>& values) {
        if constexpr (plain<Item> && count > 0) {
            self().fixed(values.data(), sizeof(Item) * count);
        } else {
            for (std::size_t i = 0; i < count; ++i) (*this)(std::to_string(i), values[i]);
        }
    }

    template <class Item>
    void treat(std::vector<Item>& values) {
        static_assert(!std::is_same_v<Item, bool>, "a checkpoint cannot hold std::vector<bool>: use bytes");
        if constexpr (plain<Item>) {
            self().sized(values, sizeof(Item));
        } else {
            std::uint64_t size = values.size();
            (*this)("size", size);
            values.resize(static_cast<std::size_t>(size));
            for (std::size_t i = 0; i < values.size(); ++i) (*this)(std::to_string(i), values[i]);
        }
    }

    /// Lists of lists as two datasets: their lengths, and all values in a row.
    template <class Item>
    requires plain<Item>
    void treat(std::vector<std::vector<Item>>& lists) {
        std::vector<std::uint64_t> lengths;
        std::vector<Item> all;
        for (const auto& list : lists) {
            lengths.push_back(list.size());
            all.insert(all.end(), list.begin(), list.end());
        }
        (*this)("lengths", lengths);
        (*this)("values", all);
        if constexpr (Derived::loading) {
            lists.assign(lengths.size(), {});
            auto from = all.begin();
            for (std::size_t i = 0; i < lengths.size(); ++i) {
                if (lengths[i] > static_cast<std::uint64_t>(all.end() - from)) self().refuse("its lengths do not fit its values");
                const auto to = from + static_cast<std::ptrdiff_t>(lengths[i]);
                lists[i].assign(from, to);
                from = to;
            }
        }
    }
};

}  // namespace detail

/// Writes a checkpoint. Whole or absent: without `commit` the destructor removes everything, and an older file of the name stays.
class CheckpointWriter : public detail::CheckpointArchive<CheckpointWriter> {
public:
    static constexpr bool loading = false;
    /// `schema` is the number of the state's layout; a reader accepts that number alone. Throws FileError.
    CheckpointWriter(const std::filesystem::path& path, int schema);
    ~CheckpointWriter();
    /// Flush, close, rename. Throws FileError with the path and the system's cause.
    void commit();

private:
    friend class detail::CheckpointArchive<CheckpointWriter>;
    void fixed(const void* data, std::size_t bytes) { save(data, bytes, bytes); }
    template <class Values>
    void sized(const Values& values, std::size_t item) {
        save(values.data(), values.size() * item, item);
    }
    void save(const void* data, std::size_t bytes, std::size_t item);

    struct File;
    std::unique_ptr<File> file_;
};

/// Reads a checkpoint. Throws InputError that names the file and the dataset where it is damaged or of another schema,
/// and FileError where the system refuses to read it.
class CheckpointReader : public detail::CheckpointArchive<CheckpointReader> {
public:
    static constexpr bool loading = true;
    CheckpointReader(const std::filesystem::path& path, int schema);
    ~CheckpointReader();
    [[noreturn]] void refuse(std::string_view why) const;  ///< InputError about the value being read

private:
    friend class detail::CheckpointArchive<CheckpointReader>;
    void fixed(void* data, std::size_t bytes) {
        if (open(bytes) != bytes) refuse("it has another size than this version expects");
        load(data, bytes);
    }
    template <class Values>
    void sized(Values& values, std::size_t item) {
        const std::size_t bytes = open(item);
        values.resize(bytes / item);
        load(values.data(), bytes);
    }
    std::size_t open(std::size_t item);        ///< bytes of the present value; refuses another size of item
    void load(void* data, std::size_t bytes);  ///< reads it and compares the digest

    struct File;
    std::unique_ptr<File> file_;
};

}  // namespace sim
