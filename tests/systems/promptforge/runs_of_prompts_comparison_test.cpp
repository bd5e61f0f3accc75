// SPDX-License-Identifier: MIT
// The runs of one prompt, and titles, against SQL that was written without ForgeDB, over 20,000 rows.
#include "support/catch.hpp"
#include "systems/id_of.hpp"
#include "systems/promptforge/filled_runs.hpp"
#include "systems/promptforge/row_text.hpp"

#include <optimizations.hpp>
#include <optional>
#include <string>
#include <vector>

using namespace promptforge;
using tests::filled_runs;
using tests::id_of;
using tests::row_text;

namespace {

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("OptimizationRepository.get_by_prompt_id: agrees with plain SQL over 20,000 rows, with and without a text") {
  auto& plain = filled_runs().plain;
  struct asked {
    std::string content, project;
    int limit, offset;
  };
  auto ids = plain.rows("select id from prompts order by id limit 12 offset 20");
  ids.push_back(forge_db::uuid_text(forge_db::uuid_v4()));
  std::size_t loose = 0;
  filled_runs().system->read([&](auto& s) {
    for (auto const& id : ids) {
      auto const content = plain.rows("select content from prompts where id = ?", {id});
      std::string const text = content.empty() ? "Prompt 30" : content.front();
      for (auto const& [words, project, limit, offset] :
           {asked{"", "", 20, 0}, asked{text, "Proj 4", 200, 0}, asked{text, "Proj 11", 7, 3}, asked{text, "", 20, 0},
            asked{"", "Proj 4", 20, 0}, asked{"nothing", "Proj 4", 3, 60}, asked{text, "proj 4", 50, 1}}) {
        INFO(id << ' ' << words << ' ' << project);
        lines found;
        auto const answered =
            app::optimizations{s}.get_by_prompt_id(id_of<PromptId>(id), limit, offset, words, project);
        for (auto const& row : answered.rows) {
          found.push_back(row_text(row.id, row.raw_prompt, row.status, row.overall_score, row.created_at));
          if (!row.prompt_id) ++loose;
        }
        std::string const where =
            " from optimizations where (prompt_id = ?1 or (?2 <> '' and ?3 <> '' and prompt_id is null and raw_prompt "
            "= "
            "?2 and project = ?3))";
        CHECK(row_text(answered.total) == plain.value("select count(*)" + where, {id, words, project}));
        CHECK(found == plain.rows("select id, raw_prompt, status, iif(overall_score is null, null, printf('%.6f', "
                                  "overall_score)), strftime('%Y-%m-%d "
                                  "%H:%M:%f', created_at)" +
                                      where + " order by created_at desc, id desc limit ?4 + 0 offset ?5 + 0",
                                  {id, words, project, std::to_string(limit), std::to_string(offset)}));
      }
    }
  });
  CHECK(loose > 0);
}

TEST_CASE("OptimizationRepository.title_exists: agrees with plain SQL over 20,000 rows, in any case and project") {
  auto& plain = filled_runs().plain;
  auto const only = plain.value("select id from optimizations where title = 'Only One'");
  int there = 0, missing = 0;
  filled_runs().system->read([&](auto& s) {
    for (std::string const title : {"title 7", "TITLE 7", "title 50", "Title \xc3\x89", "title \xc3\x89",
                                    "Title \xc3\xa9", "", "%", "title _", " title 7", "oNLY oNE"}) {
      for (auto const& project : std::vector<std::optional<std::string>>{std::nullopt, "Proj 4", "proj 4", "no such"}) {
        for (auto const& except : std::vector<std::optional<std::string>>{std::nullopt, only}) {
          INFO(title << ' ' << project.value_or("~") << ' ' << except.value_or("~"));
          auto const wanted = plain.value(
              "select count(*) > 0 from optimizations where lower(title) = lower(?1) and (?2 is null or project = ?2) "
              "and (?3 is null or id <> ?3)",
              {title, project, except});
          (wanted == "1" ? there : missing) += 1;
          CHECK(row_text(app::optimizations{s}.title_exists(
                    title, project, except ? std::optional(id_of<OptimizationId>(*except)) : std::nullopt)) == wanted);
        }
      }
    }
  });
  CHECK(there > 10);
  CHECK(missing > 10);
}
