#include "verify/book/subjects.hpp"

#include <algorithm>
#include <map>

#include "verify/book/html.hpp"
#include "verify/program/pages.hpp"

namespace touchstone::inline v0::book {

namespace subjects_of_the_book {

std::string stem_of(const std::string& header) {
  const std::size_t slash = header.rfind('/') + 1;
  return header.substr(slash, header.rfind('.') - slash);
}

const Chapter* chapter_of(const std::string& header) {
  for (const Chapter& chapter : chapters())
    if (header.starts_with(chapter.folder + "/")) return &chapter;
  return nullptr;
}

/// The header's name; with the chapter's before it where another chapter has a header of that name.
std::string id_of(const EmbeddedFile& header, const Chapter& chapter) {
  const std::string stem = stem_of(header.name);
  const auto same = std::ranges::count_if(headers(), [&stem](const EmbeddedFile& other) {
    return chapter_of(other.name) != nullptr && stem_of(other.name) == stem;
  });
  return (same > 1 ? chapter.id + "-" : "") + replaced(stem, "_", "-");
}

std::vector<Subject> found() {
  std::vector<Subject> all;
  for (const Chapter& chapter : chapters())
    for (const EmbeddedFile& header : headers()) {
      if (chapter_of(header.name) != &chapter) continue;
      Subject subject{id_of(header, chapter),
                      chapter.folder == "compressors",
                      &chapter,
                      &header,
                      docstring_of(comment_of(header.name)),
                      {}};
      if (subject.docstring.field(subject.is_compressor ? "Contract" : "Thesis").empty()) continue;
      for (const Claim& claim : claims())
        if (header_of(claim.area(), claim.subject()) == stem_of(header.name)) subject.claims.push_back(&claim);
      all.push_back(std::move(subject));
    }
  return all;
}

/// Claims that are not called as their header is.
const std::map<std::string, std::string> other_names = {{"error-feedback/parallel-top1-gd", "parallel_sgd"},
                                                        {"error-feedback/dianasr-dq-estimate", "dianasr_dq"},
                                                        {"error-feedback/dianasr-dq-difference", "dianasr_dq"},
                                                        {"error-feedback/dianasr", "d_sgd_diana"},
                                                        {"marina/joint-marina", "marina"},
                                                        {"marina/qgd", "dqgd"},
                                                        {"moshpit/sgd", "moshpit_sgd"},
                                                        {"moshpit/ring", "ring_all_reduce"},
                                                        {"moshpit/all-reduce", "all_reduce"},
                                                        {"compressor/powersgd-fixed", "power_sgd_fixed"},
                                                        {"compressor/terngrad", "tern_grad"},
                                                        {"compressor/independent", ""},
                                                        {"compressor/projected", "composed"},
                                                        {"compressor/svd-rank-r", "svd_rank_r"}};

}  // namespace subjects_of_the_book

const std::vector<Chapter>& chapters() {
  static const std::vector<Chapter> all = {
      {"compressors", "compressors", "Compressors", "compressor"},
      {"unified-sgd", "methods/unified_sgd", "One theorem for all of SGD", "unified-sgd"},
      {"error-feedback", "methods/error_feedback", "Error compensation and delays", "error-feedback"},
      {"local", "methods/local", "Local steps", "local"},
      {"marina", "methods/marina", "MARINA", "marina"},
      {"moshpit", "methods/moshpit", "Moshpit SGD", "moshpit"}};
  return all;
}

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> all = subjects_of_the_book::found();
  return all;
}

std::string Subject::path() const {
  return (is_compressor ? "compressors/" : "methods/") + id + ".html";
}

std::string comment_of(const std::string& header) {
  for (const Page& page : pages())
    if (page.header == header) return page.text;
  return "";
}

std::string header_of(const std::string& area, const std::string& claim_subject) {
  using namespace subjects_of_the_book;
  const auto other = other_names.find(area + "/" + claim_subject);
  if (other != other_names.end()) return other->second;
  // local/s-local-svrg-sharp is about s_local_svrg: the longest header that the name begins with
  std::string best;
  for (const EmbeddedFile& header : headers()) {
    const Chapter* chapter = chapter_of(header.name);
    if (chapter == nullptr || (chapter->area == "compressor") != (area == "compressor")) continue;
    const std::string stem = stem_of(header.name);
    const std::string name = replaced(stem, "_", "-");
    if ((claim_subject == name || claim_subject.starts_with(name + "-")) && stem.size() > best.size()) best = stem;
  }
  return best;
}

}  // namespace touchstone::inline v0::book
