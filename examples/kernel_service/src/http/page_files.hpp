// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace kernel::http {

/// The files of web/, as they were when the service was built.
extern std::string_view const page_html, page_script, page_style;

}  // namespace kernel::http
