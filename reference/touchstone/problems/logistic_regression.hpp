#pragma once
/// \file
/// l2-regularized logistic regression on sparse data: the generalized linear model with l(z) = log(1 + exp(-z)). The second
/// derivative of the loss is at most 1/4, attained at 0; mu = lambda > 0.

#include "touchstone/problems/generalized_linear_model.hpp"

namespace touchstone::inline v0 {

template <FieldWithSqrt S>
using LogisticRegression = GeneralizedLinearModel<S, LogisticLoss>;

}  // namespace touchstone::inline v0
