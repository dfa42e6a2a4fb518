#pragma once
/// Errors that a person may meet. One line each: the problem, the reason, the way out.

#include <stdexcept>
#include <string>

namespace sim {

/// Base of all errors that Instroom throws itself.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
    /// Exit code of a program that ends with this error.
    [[nodiscard]] virtual int exit_code() const noexcept { return 1; }
};

/// Bad input: a file, a key, a value or an option that a person can mend. Exit code 2.
class InputError : public Error {
public:
    using Error::Error;
    [[nodiscard]] int exit_code() const noexcept override { return 2; }
};

/// Input or output that the system refused. The message names the path and the system's cause. Exit code 3.
class FileError : public Error {
public:
    using Error::Error;
    [[nodiscard]] int exit_code() const noexcept override { return 3; }
};

/// A broken promise of the program itself. Exit code 1.
class Bug : public Error {
public:
    using Error::Error;
};

}  // namespace sim
