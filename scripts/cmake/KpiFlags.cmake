# Flags that every part of the product is compiled with, on every target.

add_library(kpi_flags INTERFACE)
target_compile_options(kpi_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Werror
  -fno-exceptions     # the same error model natively and in WASM
  -ffp-contract=off)  # no fused multiply-add: the same digits on every target
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms in the string functions of libstdc++ 12 when they are inlined (GCC bugs 105329 and 105651).
  target_compile_options(kpi_flags INTERFACE -Wno-restrict)
endif()
if(EMSCRIPTEN)
  target_compile_options(kpi_flags INTERFACE -msimd128 -msign-ext -mnontrapping-fptoint)
  # STACK_SIZE is the name since 3.1.27, TOTAL_STACK before. The default shrank from 5 MB to 64 KB then, so it is always set.
  file(STRINGS "${EMSCRIPTEN_ROOT_PATH}/emscripten-version.txt" emscripten_version LIMIT_COUNT 1)
  string(REGEX REPLACE "[^0-9.]" "" emscripten_version "${emscripten_version}")
  if(emscripten_version VERSION_LESS 3.1.27)
    set(KPI_STACK_SETTING TOTAL_STACK)
  else()
    set(KPI_STACK_SETTING STACK_SIZE)
  endif()
endif()

if(KPI_SANITIZE)
  set(sanitize_flags -fsanitize=${KPI_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(kpi_flags INTERFACE ${sanitize_flags})
  target_link_options(kpi_flags INTERFACE ${sanitize_flags})
endif()
if(KPI_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang" OR EMSCRIPTEN)
    message(FATAL_ERROR "KPI_FUZZ needs clang with libFuzzer")
  endif()
  target_compile_options(kpi_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# nlohmann/json through a link in the build tree: -isystem /usr/include breaks em++.
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/include")
file(CREATE_LINK "${KPI_JSON_DIR}" "${CMAKE_BINARY_DIR}/include/nlohmann" SYMBOLIC)
add_library(kpi_json INTERFACE)
target_include_directories(kpi_json SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/include")
# One inline namespace and no throwing macros, whatever the compiler says about exceptions.
target_compile_definitions(kpi_json INTERFACE JSON_NOEXCEPTION=1 JSON_HAS_RANGES=0)

# Boost.Math and Eigen, for core/models alone. Both are headers; links for the same reason, in a folder of their own.
set(mathematics_include "${CMAKE_BINARY_DIR}/mathematics")
file(MAKE_DIRECTORY "${mathematics_include}")
file(CREATE_LINK "${KPI_BOOST_DIR}" "${mathematics_include}/boost" SYMBOLIC)
file(CREATE_LINK "${KPI_EIGEN_DIR}" "${mathematics_include}/Eigen" SYMBOLIC)
add_library(kpi_mathematics INTERFACE)
target_include_directories(kpi_mathematics SYSTEM INTERFACE "${mathematics_include}")
# Without vectors of the machine's own width: sums in one order, the same digits on every target.
target_compile_definitions(kpi_mathematics INTERFACE EIGEN_MPL2_ONLY EIGEN_DONT_PARALLELIZE EIGEN_DONT_VECTORIZE EIGEN_NO_IO)

# The page counts bytes, so WASM is built for size except for the loops that touch every byte, cell or row.
function(kpi_optimise_hot_sources)
  if(NOT EMSCRIPTEN OR CMAKE_BUILD_TYPE STREQUAL "Debug")
    return()
  endif()
  # em++ adds -fno-inline-functions to -Oz, which leaves every one-line accessor of the library a function: twice the code.
  target_compile_options(kpi_core PRIVATE -Oz -finline-functions -fno-rtti -flto)
  target_link_options(kpi_core INTERFACE -flto)
  foreach(name
      ingest/scanner ingest/tile ingest/column_reader ingest/column_reader_date ingest/column_reader_number
      ingest/column_reader_text engine/segment_task)
    set_source_files_properties("${CMAKE_SOURCE_DIR}/core/${name}.cpp" PROPERTIES COMPILE_OPTIONS "-O2")
  endforeach()
endfunction()
