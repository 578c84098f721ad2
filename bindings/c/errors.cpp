#include <cmath>
#include <limits>
#include <new>
#include <stdexcept>

#include "bindings/c/handles.hpp"
#include "verify/io/errors.hpp"
#include "verify/oracle/catalog/exact_text.hpp"

namespace touchstone::inline v0::bindings {

namespace {

std::string& last_error() noexcept {
  thread_local std::string message;
  return message;
}

/// One line, however long the text was.
touchstone_status fail(touchstone_status status, const char* message) noexcept {
  try {
    last_error() = message;
    for (char& c : last_error())
      if (c == '\n' || c == '\r') c = ' ';
  } catch (...) {
    last_error().clear();
  }
  return status;
}

}  // namespace

touchstone_status status_of_current_exception() noexcept {
  try {
    throw;
  } catch (const not_stated_error& error) {
    return fail(TOUCHSTONE_NOT_STATED, error.what());
  } catch (const oracle::spec_error& error) {
    return fail(TOUCHSTONE_INVALID_ARGUMENT, error.what());
  } catch (const transcript_error& error) {
    return fail(TOUCHSTONE_INVALID_ARGUMENT, error.what());
  } catch (const std::invalid_argument& error) {
    return fail(TOUCHSTONE_INVALID_ARGUMENT, error.what());
  } catch (const input_error& error) {
    return fail(TOUCHSTONE_BAD_FILE, error.what());
  } catch (const std::length_error& error) {
    return fail(TOUCHSTONE_TOO_MANY_OUTCOMES, error.what());
  } catch (const std::bad_alloc&) {
    return fail(TOUCHSTONE_OUT_OF_MEMORY, "out of memory");
  } catch (const std::exception& error) {
    return fail(TOUCHSTONE_INTERNAL_ERROR, error.what());
  } catch (...) {
    return fail(TOUCHSTONE_INTERNAL_ERROR, "an unknown error");
  }
}

void store(const Rational& number, Rounding rounding, std::string& kept, double* value, const char** exact) {
  if (value != nullptr)
    *value = rounding == Rounding::down ? oracle::double_below(number) : oracle::double_above(number);
  if (exact == nullptr) return;
  kept = oracle::exact_text(number);
  *exact = kept.c_str();
}

}  // namespace touchstone::inline v0::bindings

extern "C" {

const char* touchstone_version(void) {
  return TOUCHSTONE_VERSION;
}

const char* touchstone_last_error(void) {
  return touchstone::bindings::last_error().c_str();
}

}  // extern "C"
