// SPDX-License-Identifier: MIT
#include <forge_db/session/session.hpp>
#include <library/books_relations.hpp>
#include <library/books_repository.hpp>
#include <library/loans_relations.hpp>

using namespace library;

auto const relation = books::loans.where(loans::number == 1);
