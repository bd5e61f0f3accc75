// SPDX-License-Identifier: MIT
#include <shop/people.hpp>

shop::NewPerson made() { return {.name = "Ann", .home = {.street = "Elm 1", .city = "Ulm"}}; }
