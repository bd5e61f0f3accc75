# SPDX-License-Identifier: MIT

# The generator: codegen/forge of this tree; the installed package sets its own before it includes this file.
if(NOT DEFINED FORGE_DB_FORGE)
  set(FORGE_DB_FORGE "${CMAKE_CURRENT_LIST_DIR}/../codegen/forge")
endif()
cmake_path(NORMAL_PATH FORGE_DB_FORGE)
# Functions see the variables of their caller's scope, and a subproject's are gone there.
set_property(GLOBAL PROPERTY FORGE_DB_FORGE "${FORGE_DB_FORGE}")

# forge_db_generate(TARGET target SPECS spec.yaml... [OUT folder])
#
# Generates C++ from the specs before `target` is compiled, and puts the output folder (default: generated/ in the build
# folder) on its include path. Runs again after an edit of a spec, of a spec that it uses, of one of its migration files,
# of the list of migration files, or of the generator itself, and only then; files whose text did not change are not
# touched, so that nothing is compiled in vain. The specs may use each other (`uses: [name]`), so they are generated
# together; of a spec that is used by its path (`uses: {name: path}`) nothing is generated here.
#
# The target's kind decides the visibility: PUBLIC, or INTERFACE for an interface library.
function(forge_db_generate)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;OUT" "SPECS")
  if(NOT arg_TARGET OR NOT arg_SPECS OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "forge_db_generate: usage: forge_db_generate(TARGET target SPECS spec.yaml... [OUT folder])")
  endif()
  get_property(forge GLOBAL PROPERTY FORGE_DB_FORGE)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/generated")
  if(arg_OUT)
    set(out "${arg_OUT}")
    cmake_path(ABSOLUTE_PATH out BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
  endif()

  # Inputs. The migration files of spec a/b.yaml are a/migrations/<schema>/*.yaml, its seed files a/seeds/<schema>/*.yaml;
  # a new one configures again.
  set(inputs "")
  foreach(spec IN LISTS arg_SPECS)
    cmake_path(ABSOLUTE_PATH spec BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE spec)
    cmake_path(GET spec PARENT_PATH folder)
    file(GLOB_RECURSE parts CONFIGURE_DEPENDS "${folder}/migrations/*.yaml" "${folder}/seeds/*.yaml")
    list(APPEND specs "${spec}")
    list(APPEND inputs "${spec}" ${parts})
  endforeach()
  list(REMOVE_DUPLICATES inputs)
  cmake_path(GET forge PARENT_PATH generator)
  file(GLOB_RECURSE generator_files "${generator}/forge_codegen/*.py" "${generator}/forge_codegen/*.j2")

  # A spec's edit can change which files come out: configure again, because the list stands in the build files.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${specs})
  execute_process(COMMAND "${forge}" list-outputs ${specs} --out "${out}"
    OUTPUT_VARIABLE outputs RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(failed)
    message(FATAL_ERROR "forge_db_generate: the specs have errors, see the lines above")
  endif()
  string(REPLACE "\n" ";" outputs "${outputs}")

  # Specs that these use, by the path in their `uses`, are read as well.
  execute_process(COMMAND "${forge}" list-outputs --inputs ${specs}
    OUTPUT_VARIABLE used COMMAND_ERROR_IS_FATAL ANY OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REPLACE "\n" ";" used "${used}")
  list(FILTER used INCLUDE REGEX "[.]yaml$")
  list(REMOVE_ITEM used ${inputs})
  list(APPEND inputs ${used})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${used})

  set(stamp "${CMAKE_CURRENT_BINARY_DIR}/${arg_TARGET}.forge.stamp")
  add_custom_command(OUTPUT "${stamp}" BYPRODUCTS ${outputs}
    COMMAND "${forge}" generate ${specs} --out "${out}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
    DEPENDS ${inputs} ${generator_files}
    COMMENT "forge: generating for ${arg_TARGET}" VERBATIM)
  add_custom_target(${arg_TARGET}_forge DEPENDS "${stamp}")
  add_dependencies(${arg_TARGET} ${arg_TARGET}_forge)

  get_target_property(kind ${arg_TARGET} TYPE)
  set(visibility PUBLIC)
  if(kind STREQUAL "INTERFACE_LIBRARY")
    set(visibility INTERFACE)
  endif()
  target_include_directories(${arg_TARGET} SYSTEM ${visibility} "${out}")
  target_link_libraries(${arg_TARGET} ${visibility} forge_db::forge_db)
endfunction()
