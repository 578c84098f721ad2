#include "verify/oracle/vectors/suite.hpp"

#include "verify/io/sha256.hpp"
#include "verify/oracle/vectors/constants_vectors.hpp"
#include "verify/oracle/vectors/embedded.hpp"
#include "verify/oracle/vectors/exports.hpp"
#include "verify/oracle/vectors/law_vectors.hpp"
#include "verify/oracle/vectors/step_vectors.hpp"
#include "verify/oracle/vectors/trajectory_vectors.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

std::vector<VectorFile> all_files() {
  std::vector<VectorFile> files;
  for (const auto& make : {law_files, step_files, trajectory_files, constants_files})
    for (VectorFile& file : make()) files.push_back(std::move(file));
  return files;
}

Json entry_of(const TextFile& file) {
  return {{"path", file.path}, {"bytes", file.text.size()}, {"sha256", sha256_of_text(file.text)}};
}

}  // namespace

Suite make_suite(Preset preset, const SuiteExports& exports) {
  Suite suite;
  std::vector<Json> documents;
  Json entries = Json::array();
  const auto add = [&](TextFile file, const Json& more) {
    Json entry = entry_of(file);
    entry.update(more);
    entries.push_back(entry);
    suite.files.push_back(std::move(file));
  };
  for (const EmbeddedFile& page : vector_pages())
    add({page.name.ends_with(".json") ? "schemas/" + page.name : page.name, page.text}, Json::object());
  for (const VectorFile& file : all_files()) {
    Json document = document_of(file, preset);
    const Json& counts = document["counts"];
    if (counts["vectors"] == 0) continue;
    ++suite.counts.files;
    suite.counts.valid += counts["valid"].get<std::size_t>();
    suite.counts.acceptable += counts["acceptable"].get<std::size_t>();
    suite.counts.invalid += counts["invalid"].get<std::size_t>();
    for (const Json& vector : document["vectors"]) suite.ids.push_back(vector["id"]);
    add({file.kind + "/" + file.subject + ".json", text_of(document)},
        {{"kind", file.kind}, {"subject", file.subject}, {"vectors", counts["vectors"]}});
    documents.push_back(std::move(document));
  }
  if (exports.cpp)
    for (TextFile& file : cpp_export(documents)) add(std::move(file), Json::object());
  if (exports.numpy)
    for (TextFile& file : numpy_export(documents)) add(std::move(file), Json::object());
  const SuiteCounts& counts = suite.counts;
  const Json manifest = {{"format", std::string(vectors_format) + "/1"},
                         {"generator", {{"program", "touchstone"}, {"version", TOUCHSTONE_VERSION}}},
                         {"preset", to_string(preset)},
                         {"counts",
                          {{"files", counts.files},
                           {"vectors", suite.ids.size()},
                           {"valid", counts.valid},
                           {"acceptable", counts.acceptable},
                           {"invalid", counts.invalid}}},
                         {"files", entries}};
  suite.files.push_back({vectors_manifest, manifest.dump(1) + "\n"});
  return suite;
}

}  // namespace touchstone::inline v0::oracle::vectors
