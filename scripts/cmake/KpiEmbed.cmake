# Turns every core/**/data/**/*.json into one generated source that core/base/embedded.cpp looks up.

function(kpi_embed_json out_source)
  file(GLOB_RECURSE candidates RELATIVE "${CMAKE_SOURCE_DIR}" CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/core/*.json")
  list(FILTER candidates INCLUDE REGEX "^core/.*/?data/")
  list(SORT candidates)
  set(list_file "${CMAKE_BINARY_DIR}/embedded/files.txt")
  set(source "${CMAKE_BINARY_DIR}/embedded/embedded_data.cpp")
  string(JOIN "\n" names ${candidates})
  file(CONFIGURE OUTPUT "${list_file}" CONTENT "${names}" @ONLY)  # written only when it changed
  list(TRANSFORM candidates PREPEND "${CMAKE_SOURCE_DIR}/" OUTPUT_VARIABLE inputs)
  add_custom_command(
    OUTPUT "${source}"
    COMMAND "${CMAKE_COMMAND}" "-DROOT=${CMAKE_SOURCE_DIR}" "-DLIST=${list_file}" "-DOUT=${source}"
            "-DVERSION=${PROJECT_VERSION}" -P "${CMAKE_SOURCE_DIR}/scripts/cmake/embed_json.cmake"
    DEPENDS ${inputs} "${list_file}" "${CMAKE_SOURCE_DIR}/scripts/cmake/embed_json.cmake"
            "${CMAKE_SOURCE_DIR}/CMakeLists.txt"
    COMMENT "Embedding the catalogue data" VERBATIM)
  set(${out_source} "${source}" PARENT_SCOPE)
endfunction()
