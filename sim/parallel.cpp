#include "sim/parallel.hpp"

#include <algorithm>
#include <mutex>
#include <thread>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "sim/error.hpp"

#if defined(__SANITIZE_THREAD__)
extern "C" void __tsan_acquire(void*);
extern "C" void __tsan_release(void*);
#endif

namespace sim {

struct Threads::Arena {
    explicit Arena(int threads) : control(oneapi::tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)), arena(threads) {}
    oneapi::tbb::global_control control;
    oneapi::tbb::task_arena arena;
};

int threads_of(int asked) { return asked > 0 ? asked : std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

Threads::Threads(int threads) : count_(threads) {
    if (threads < 1) throw InputError("--threads must be at least 1");
    arena_ = std::make_unique<Arena>(threads);
}

Threads::~Threads() = default;

void Threads::run(const std::function<void()>& work) { arena_->arena.execute(work); }

void alone(const std::function<void()>& work) {
    oneapi::tbb::task_arena arena(1);  // without a global_control, which would hold back the threads outside too
    arena.execute(work);
}

namespace detail {
namespace {

struct Failures {
    std::mutex mutex;
    std::size_t lowest = ~std::size_t{0};
    std::exception_ptr error;
};

struct Job {
    Body body;
    void* context;
    Failures failures;
    int start = 0;  ///< addresses that tell the thread sanitizer what happens before what
    int finish = 0;
};

void run_task(Job& job, std::size_t task) {
    try {
        job.body(job.context, task);
    } catch (...) {
        const std::lock_guard lock(job.failures.mutex);
        if (task < job.failures.lowest) {
            job.failures.lowest = task;
            job.failures.error = std::current_exception();
        }
    }
}

/// Debian's TBB is not instrumented, so the thread sanitizer does not see that a task starts after its parent's writes.
/// This call operator is not instrumented either; it states the order, and everything inside `run_task` is watched.
struct Trampoline {
    Job* job;
#if defined(__SANITIZE_THREAD__)
    __attribute__((no_sanitize_thread))
#endif
    void
    operator()(std::size_t task) const {
#if defined(__SANITIZE_THREAD__)
        __tsan_acquire(&job->start);
#endif
        run_task(*job, task);
#if defined(__SANITIZE_THREAD__)
        __tsan_release(&job->finish);
#endif
    }
};

}  // namespace

void parallel_tasks(std::size_t tasks, Body body, void* context) {
    Job job{body, context, {}};
    if (tasks == 1) {
        run_task(job, 0);
    } else if (tasks > 1) {
#if defined(__SANITIZE_THREAD__)
        __tsan_release(&job.start);
#endif
        oneapi::tbb::parallel_for(std::size_t{0}, tasks, Trampoline{&job});
#if defined(__SANITIZE_THREAD__)
        __tsan_acquire(&job.finish);
#endif
    }
    if (job.failures.error) std::rethrow_exception(job.failures.error);
}

}  // namespace detail
}  // namespace sim
