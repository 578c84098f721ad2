#pragma once
/// \file
/// Reader of the LIBSVM text format. One row a line:
///
///     LABEL INDEX:VALUE INDEX:VALUE ...            # comment
///
/// Indices count from 1 and ascend strictly. Blanks may trail; a row may have no feature at all; a line that holds
/// only a comment is no row, but an empty line is an error, because it is a row whose label is missing. Entries
/// that are given as zero are not stored. The last line may lack its end of line, provided that its last token is
/// complete: `3:` or `3` is an error on any line. (That `3:0.2` was cut from `3:0.25` cannot be seen.)
///
/// A value becomes the nearest double, whatever the locale. The file must hold exactly two distinct labels; the
/// smaller becomes -1, the larger +1 (so -1/+1, 0/1 and 1/2 all mean what they should).

#include <optional>
#include <string>

#include "touchstone/problems/sparse_data.hpp"
#include "verify/io/errors.hpp"

namespace touchstone::inline v0 {

/// `features` is the dimension d >= 1 (a1a has 123 features of which its rows use 119); without it, d is the
/// largest index in the file. Throws input_error for a file that cannot be read, has no row, no feature, fewer or
/// more than two distinct labels, or a malformed line, and precondition_error for features < 1.
[[nodiscard]] SparseData read_libsvm(const std::string& path, std::optional<Index> features = std::nullopt);

}  // namespace touchstone::inline v0
