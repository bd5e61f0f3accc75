// expect: forge_db: where() requires to be the only one; join conditions by &&
// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

constexpr auto relation = books::loans.where(loans::number == 1).where(loans::number < 3);
