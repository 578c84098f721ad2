#include "verify/book/claim_figure.hpp"

#include <fmt/format.h>

#include "verify/book/html.hpp"
#include "verify/book/pictures.hpp"
#include "verify/program/console.hpp"

namespace touchstone::inline v0::book {

Figure claim_figure(const Claim& claim) {
  const auto make = [&claim]() -> FigureData {
    const Pictures pictures = verify(claim, 1).pictures;
    if (!pictures.trajectories.empty()) {
      const FollowedRun& run = shown_run(pictures);
      const FollowedRun::Point& last = run.points.back();
      return {{chart_of(run)},
              1,
              csv_of(run),
              fmt::format("{}, iteration {}: {:.3g}, bound {:.3g}", run.quantity, last.iteration, last.measured,
                          last.bound)};
    }
    if (!pictures.laws.empty()) {
      const OutcomeTable& law = pictures.laws.front();
      return {{chart_of(law)}, 1, csv_of(law), fmt::format("{}: {} outcomes", law.compressor, law.outcomes.size())};
    }
    throw usage_error(
        fmt::format("figure: found {}, expected a claim whose check follows a run or shows a law", claim.id));
  };
  return {slug(claim.id), claim.title, "", claim.area(), make};
}

}  // namespace touchstone::inline v0::book
