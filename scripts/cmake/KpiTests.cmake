# GoogleTest, unit tests and fuzz targets, natively and as WASM under Node.

# GoogleTest is compiled from its two umbrella sources: its own CMake files force exceptions on.
function(kpi_add_gtest)
  find_package(Threads)
  add_library(kpi_gtest STATIC
    "${KPI_GTEST_DIR}/googletest/src/gtest-all.cc" "${KPI_GTEST_DIR}/googletest/src/gtest_main.cc")
  target_include_directories(kpi_gtest SYSTEM PUBLIC "${KPI_GTEST_DIR}/googletest/include")
  target_include_directories(kpi_gtest PRIVATE "${KPI_GTEST_DIR}/googletest")
  target_compile_options(kpi_gtest PRIVATE -fno-exceptions)
  if(EMSCRIPTEN)
    target_compile_definitions(kpi_gtest PUBLIC GTEST_HAS_PTHREAD=0)
  elseif(Threads_FOUND)
    target_link_libraries(kpi_gtest PUBLIC Threads::Threads)
  endif()
endfunction()

# Programs that run under Node: synchronous start (Node has fetch, so the glue of 3.1.6 would ask it for a bare path),
# the real file system for goldens and shared data, the exit code of main, and the variables of the environment.
function(kpi_link_for_node target)
  # The package.json at the top makes every .js below it a module; what em++ writes for Node is not one.
  file(WRITE "${CMAKE_BINARY_DIR}/package.json" "{ \"type\": \"commonjs\" }\n")
  target_link_options(${target} PRIVATE
    -fno-exceptions -sENVIRONMENT=node -sWASM_ASYNC_COMPILATION=0 -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
    -sMAXIMUM_MEMORY=4GB -s${KPI_STACK_SETTING}=4MB "SHELL:--pre-js ${CMAKE_SOURCE_DIR}/scripts/cmake/node_environment.js")
endfunction()

function(kpi_add_unit_tests target)
  if(NOT ARGN)
    return()
  endif()
  add_executable(${target} ${ARGN})
  target_link_libraries(${target} PRIVATE kpi_core kpi_gtest)
  # The core is tested as it ships; its tests need only compile quickly.
  if(KPI_SANITIZE)
    target_compile_options(${target} PRIVATE -O0)
  elseif(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_compile_options(${target} PRIVATE -O1)
  endif()
  # One file alone knows where the sources are, so that the others compile alike in every folder.
  set_source_files_properties("${CMAKE_SOURCE_DIR}/tests/support/paths.cpp" PROPERTIES COMPILE_DEFINITIONS "KPI_SOURCE_DIR=\"${CMAKE_SOURCE_DIR}\"")
  if(EMSCRIPTEN)
    kpi_link_for_node(${target})
  endif()
  if(EMSCRIPTEN OR KPI_SANITIZE)  # a start costs 0.1 to 0.5 s there: two processes for all tests
    foreach(shard 0 1)
      add_test(NAME ${target}_${shard} COMMAND ${target} --gtest_brief=1 --gtest_color=no)
      set_tests_properties(${target}_${shard} PROPERTIES ENVIRONMENT "GTEST_TOTAL_SHARDS=2;GTEST_SHARD_INDEX=${shard}")
    endforeach()
  else()
    include(GoogleTest)
    gtest_discover_tests(${target} DISCOVERY_TIMEOUT 120 DISCOVERY_MODE PRE_TEST)
  endif()
endfunction()

# tests/fuzz/**/<name>_fuzz.cpp becomes <name>_fuzz (libFuzzer, with KPI_FUZZ) or <name>_fuzz_replay, a test that runs
# every file of tests/fuzz/corpus/<name> and tests/fuzz/regressions/<name> once.
function(kpi_add_fuzz_target source)
  get_filename_component(name "${source}" NAME_WE)
  string(REGEX REPLACE "_fuzz$" "" subject "${name}")
  if(KPI_FUZZ)
    add_executable(${name} "${source}")
    target_link_libraries(${name} PRIVATE kpi_core)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  endif()
  if(KPI_BUILD_TESTS)
    add_executable(${name}_replay "${source}" "${CMAKE_SOURCE_DIR}/tests/fuzz/replay_main.cpp")
    target_link_libraries(${name}_replay PRIVATE kpi_core)
    if(EMSCRIPTEN)
      kpi_link_for_node(${name}_replay)
    endif()
    add_test(NAME ${name}_replay COMMAND ${name}_replay
      "${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${subject}" "${CMAKE_SOURCE_DIR}/tests/fuzz/regressions/${subject}")
  endif()
endfunction()
