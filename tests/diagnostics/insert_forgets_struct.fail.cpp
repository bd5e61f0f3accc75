// expect: forge_db: insert requires a value for every column without a default; name it in the initialiser
// SPDX-License-Identifier: MIT
#include <shop/people.hpp>

shop::NewPerson made() { return {.name = "Ann"}; }
