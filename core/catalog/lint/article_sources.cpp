// Every KPI says where it comes from: an item of an article, or "ext"; what is not as an article states it says why.
#include "core/catalog/lint/lint.h"
#include "core/catalog/vocabulary.h"

namespace kpi::lint {

Status check_article_sources(const Catalog& catalog) {
  constexpr std::string_view kRule = "article_sources";
  for (const Kpi& kpi : catalog.kpis()) {
    bool has_article = false;
    for (const SourceReference& reference : kpi.sources) {
      if (!is_source_item(reference.source, reference.item)) return invalid(kpi.id, kRule, reference.source + "-" + reference.item);
      has_article = has_article || reference.source != "ext";
    }
    if (kpi.sources.empty()) return invalid(kpi.id, kRule, "none");
    if (!has_article && kpi.status != "composed") return invalid(kpi.id, kRule, "status");
    if (kpi.status != "as_stated" && kpi.status_reason.empty()) return invalid(kpi.id, kRule, "reason");
  }
  return Ok{};
}

}  // namespace kpi::lint
