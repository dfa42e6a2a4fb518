#include "experiments/exploration/slurm.hpp"

#include <catch2/catch.hpp>

#include "tests/support/files.hpp"

using Catch::Matchers::Contains;

TEST_CASE("the size of an array is what the cluster says", "[experiments][unit]") {
    CHECK(experiments::most_array_tasks("MailProg                = /bin/mail\nMaxArraySize            = 30001\nMaxBatchRequeue = 5\n") == 30001);
    CHECK(experiments::most_array_tasks("MaxArraySize = 0\n") == 1);
    CHECK(experiments::most_array_tasks("nothing of the kind\n") == 1001);
}

TEST_CASE("a batch script asks for what a task of the plan takes", "[experiments][unit]") {
    const tests::TemporaryFolder folder;
    experiments::SweepPlan plan;
    plan.sweep.name = "try";
    plan.points.assign(40, {0.5});
    plan.points_a_task = 10;
    plan.processors_a_task = 4;
    plan.cost = {600, std::uint64_t{1} << 30, std::uint64_t{512} << 20, 100};
    experiments::write_batch_scripts(folder.path(), plan);
    std::ifstream stream(folder / "tasks.sbatch");
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    CHECK_THAT(text, Contains("#SBATCH --cpus-per-task=4\n"));
    CHECK_THAT(text, Contains("#SBATCH --mem=3201M\n"));        // 1 GiB, and 512 MiB for each of three more, with a quarter of room
    CHECK_THAT(text, Contains("#SBATCH --time=0-01:15:00\n"));  // 10 points of ten minutes on four processors, with threefold room
    CHECK_THAT(text, Contains("--task \"$SLURM_ARRAY_TASK_ID\" --of \"$1\""));
    CHECK(folder.names().size() == 2);
}
