#include "sim/math.hpp"

#include <boost/math/distributions/normal.hpp>

namespace sim {

double normal_quantile(double probability) { return boost::math::quantile(boost::math::normal(), probability); }

}  // namespace sim
