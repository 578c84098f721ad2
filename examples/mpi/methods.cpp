#include "methods.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace {

std::size_t at(int c) {
  return static_cast<std::size_t>(c);
}

}  // namespace

Run::Run(const Options& options, const Shards& f, Exchange& exchange)
    : x(at(f.features)),
      h(x.size() * at(exchange.held())),
      options_(options),
      f_(f),
      exchange_(exchange),
      d_(x.size()),
      n_(options.workers),
      fault_(options.fault_rank == exchange.rank() ? options.fault : Fault::none),
      for_model_(options.method == Method::diana ? options.rand_k : options.top_k),
      for_shifts_(options.method == Method::diana ? 0 : options.rand_k),
      mean_h_(d_),
      g_(d_),
      other_(d_),
      order_(d_),
      received_(at(exchange.workers()) * at(entries_per_worker())) {
  if (options.method != Method::diana) e.resize(h.size());
  if (options.method != Method::ec_lsvrg_diana) return;
  w.resize(h.size());
  reference_gradients_.resize(h.size());
  for (int i = 0; i < exchange.held(); ++i) f.gradient(i, of(w, i), of(reference_gradients_, i));
}

void Run::step(int k) {
  own_.clear();
  if (x_before_.empty()) x_before_ = x;
  const bool diana = options_.method == Method::diana;
  for (int i = 0; i < exchange_.held(); ++i) diana ? diana_worker(i, k) : ec_worker(i, k);
  exchange_.gather_everywhere(own_, entries_per_worker(), received_);
  if (mistaken(Fault::stale_iterate)) x_before_ = x;
  diana ? diana_server() : ec_server();
}

/// m_i = Q(grad f_i(x) - h_i);  h_i <- h_i + alpha m_i
void Run::diana_worker(int i, int k) {
  Draws draws(options_.seed, k, exchange_.first() + i);
  const std::span<double> h_i = of(h, i);
  f_.gradient(i, mistaken(Fault::stale_iterate) ? x_before_ : x, g_);
  for (std::size_t c = 0; c < d_; ++c) g_[c] -= h_i[c];
  rand_k(k, draws);
  for (const Entry& m : compressed_) h_i[at(m.index)] += options_.alpha.value * m.value;
  own_.insert(own_.end(), compressed_.begin(), compressed_.end());
}

/// x <- x - gamma (1/n) sum_i (h_i + m_i), with the h_i from before; of the h_i only the mean is needed
void Run::diana_server() {
  std::vector<double>& sum = other_;
  std::fill(sum.begin(), sum.end(), 0.0);
  for (const Entry& m : received_) sum[at(m.index)] += m.value;
  const double gamma = options_.gamma.value;
  const double alpha = options_.alpha.value;
  for (std::size_t c = 0; c < d_; ++c) {
    const double mean_m = sum[c] / n_;
    const double mean_h = mistaken(Fault::shift_first) ? mean_h_[c] + alpha * mean_m : mean_h_[c];
    x[c] -= gamma * (mean_h + mean_m);
    mean_h_[c] += alpha * mean_m;
  }
}

/// m_i = Q(ghat_i - h_i);  y_i = e_i + gamma (ghat_i - h_i + (1/n) sum_l h_l);  v_i = C(y_i);  e_i <- y_i - v_i;
/// h_i <- h_i + alpha m_i
void Run::ec_worker(int i, int k) {
  Draws draws(options_.seed, k, exchange_.first() + i);
  const std::span<double> h_i = of(h, i);
  const std::span<double> e_i = of(e, i);
  estimate(i, draws);
  for (std::size_t c = 0; c < d_; ++c) g_[c] -= h_i[c];
  rand_k(k, draws);
  for (const Entry& m : compressed_) h_i[at(m.index)] += options_.alpha.value * m.value;
  if (mistaken(Fault::shift_first))
    for (const Entry& m : compressed_) g_[at(m.index)] -= options_.alpha.value * m.value;
  for (std::size_t c = 0; c < d_; ++c) e_i[c] += options_.gamma.value * (g_[c] + mean_h_[c]);
  top_k(e_i);
  for (const int c : kept_) e_i[at(c)] = 0;
  if (mistaken(Fault::no_memory)) std::fill(e_i.begin(), e_i.end(), 0.0);
  own_.insert(own_.end(), compressed_.begin(), compressed_.end());
  if (w.empty()) return;
  Draws nobodys(options_.seed, k, Draws::nobody);
  if ((mistaken(Fault::shared_coin) ? nobodys : draws).bernoulli(options_.p.value)) {
    std::ranges::copy(x, of(w, i).begin());
    f_.gradient(i, x, of(reference_gradients_, i));
  }
}

/// ghat_i = grad f_ij(x) with a random j, or grad f_ij(x) - grad f_ij(w_i) + grad f_i(w_i)
void Run::estimate(int i, Draws& draws) {
  const int j = draws.choose(f_.components(i));
  f_.component_gradient(i, j, mistaken(Fault::stale_iterate) ? x_before_ : x, g_);
  if (w.empty()) return;
  f_.component_gradient(i, j, of(w, i), other_);
  const std::span<const double> full = of(reference_gradients_, i);
  for (std::size_t c = 0; c < d_; ++c) g_[c] = (g_[c] - other_[c]) + full[c];  // exact where w_i = x
}

/// x <- x - (1/n) sum_i v_i
void Run::ec_server() {
  for (std::size_t at_entry = 0; at_entry < received_.size();) {
    for (int c = 0; c < for_model_; ++c, ++at_entry)
      x[at(received_[at_entry].index)] -= received_[at_entry].value / n_;
    for (int c = 0; c < for_shifts_; ++c, ++at_entry)
      mean_h_[at(received_[at_entry].index)] += options_.alpha.value * received_[at_entry].value / n_;
  }
}

/// compressed = (d/K) g on a random K-subset
void Run::rand_k(int k, Draws& draws) {
  draws.subset(static_cast<int>(d_), options_.rand_k, kept_);
  if (mistaken(Fault::shared_subset))
    Draws(options_.seed, k, Draws::nobody).subset(static_cast<int>(d_), options_.rand_k, kept_);
  const double scale = mistaken(Fault::forgotten_scale) ? 1 : static_cast<double>(d_) / options_.rand_k;
  compressed_.clear();
  for (const int c : kept_) compressed_.push_back({c, scale * g_[at(c)]});
}

/// Sends the K largest |y_c|, ties to the lower index.
void Run::top_k(std::span<const double> y) {
  std::iota(order_.begin(), order_.end(), 0);
  std::nth_element(order_.begin(), order_.begin() + options_.top_k - 1, order_.end(), [y](int a, int b) {
    const double of_a = std::abs(y[at(a)]);
    const double of_b = std::abs(y[at(b)]);
    return of_a != of_b ? of_a > of_b : a < b;
  });
  kept_.assign(order_.begin(), order_.begin() + options_.top_k);
  for (const int c : kept_) own_.push_back({c, y[at(c)]});
}
