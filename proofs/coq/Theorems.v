(** Every main theorem in full.

    Nothing here is proved afresh: each theorem is a statement and the name of its proof. To believe one, read it and the
    definitions that it mentions:

      sum, mean                                              Sums.v
      law, E[ . | . <- . ], draw, independent, iterate       Probability.v
      space, ⟨a, b⟩, ‖a‖², vector_mean, Rd                    Space.v
      problem, convex, smooth, quasi_strongly_convex, ...    Problem.v
      unbiased, variance_at_most, contractive, rand_k, ...   Compressors.v
      oracle, full_gradient, sampled_gradient                StochasticGradient.v
      the method's step                                      the method's file

    H is any real inner-product space, R^d in particular; k any number of steps; E the exact expectation over all random
    choices of all k steps, from any state. "Claim" names what the theorem establishes in touchstone. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd GradientDescent LSvrg
  Saga Diana Qsgd Marina WeightedSums Top1Divergence EcGd.
Open Scope R_scope.

(** * Compressors *)

(** RandK is unbiased.
    Source  slides "Compression Operators", with the factor d/K
    Claim   compressor/rand-k/unbiased *)
Theorem rand_k_unbiased (d K : nat) : (1 <= K <= d)%nat ->
  forall x z : Rd d, E[ ⟨v, z⟩ | v <- rand_k d K x ] = ⟨x, z⟩.
Proof. exact (Compressors.rand_k_unbiased d K). Qed.

(** E|Q(x) - x|^2 = omega |x|^2 with omega = d/K - 1, for every x.
    Source  slides "Compression Operators"
    Claim   compressor/rand-k/omega *)
Theorem rand_k_variance (d K : nat) : (1 <= K <= d)%nat ->
  forall x : Rd d, E[ ‖v - x‖² | v <- rand_k d K x ] = (INR d / INR K - 1) * ‖x‖².
Proof. exact (Compressors.rand_k_variance d K). Qed.

(** |C(x) - x|^2 <= (1 - delta) |x|^2 with delta = K/d, however ties are broken.
    Source  slides "Compression Operators"
    Claim   compressor/top-k/delta *)
Theorem top_k_contraction (d K : nat) (x u : Rd d) : (0 < d)%nat -> is_top_k d K x u ->
  ‖u - x‖² <= (1 - INR K / INR d) * ‖x‖².
Proof. exact (Compressors.top_k_contraction d K x u). Qed.

(** ... with equality where all coordinates have the same magnitude.
    Source  derived
    Claim   compressor/top-k/delta *)
Theorem top_k_contraction_attained (d K : nat) (x u : Rd d) (c : R) : (0 < d)%nat -> is_top_k d K x u ->
  (forall i, (i < d)%nat -> Rabs (x i) = c) ->
  ‖u - x‖² = (1 - INR K / INR d) * ‖x‖².
Proof. exact (Compressors.top_k_contraction_attained d K x u c). Qed.

(** * Chapter 2: the unified theory of SGD *)

(** One step: E V(x', t') <= max{1 - gamma mu, 1 + B/M - rho} V(x, t) + gamma^2 (D1 + M D2),
    V = |x - x⋆|^2 + M gamma^2 sigma^2(t), for every method x' = x - gamma g whose g satisfies (K1), (K2), (K3).
    Source  slides "Key Parametric Assumption"
    Claim   unified-sgd/theorem/one-step *)
Theorem unified_sgd_one_step (H : space) (Memory : Type) (f : H -> R) (grad : H -> H) (x_star : H)
    (estimate : H -> Memory -> law (H * Memory)) (sigma_squared : Memory -> R) (A B rho C D1 D2 mu gamma M : R) :
  (* (K1) *)
  (forall x t z, E[ ⟨fst o, z⟩ | o <- estimate x t ] = ⟨grad x, z⟩) ->
  (* (K2) *)
  (forall x t, E[ ‖fst o‖² | o <- estimate x t ] <= 2 * A * (f x - f x_star) + B * sigma_squared t + D1) ->
  (* (K3) *)
  (forall x t, E[ sigma_squared (snd o) | o <- estimate x t ]
               <= (1 - rho) * sigma_squared t + 2 * C * (f x - f x_star) + D2) ->
  (forall t, 0 <= sigma_squared t) ->
  quasi_strongly_convex mu f grad x_star -> minimiser f x_star ->
  0 < M -> 0 < gamma -> gamma * (A + C * M) <= 1 ->
  let V s := ‖fst s - x_star‖² + M * gamma ^ 2 * sigma_squared (snd s) in
  forall s,
    E[ V s' | s' <- sgd_step gamma estimate s ]
    <= Rmax (1 - gamma * mu) (1 + B / M - rho) * V s + gamma ^ 2 * (D1 + M * D2).
Proof.
  intros K1 K2 K3 Hs quasi Hmin HM Hg Hg1 V s.
  apply (UnifiedSgd.unified_one_step f grad x_star estimate sigma_squared A B rho C D1 D2 mu gamma M
    (KeyAssumption K1 K2 K3 Hs) quasi Hmin Hg Hg1 (Rlt_le _ _ HM)).
  - apply Rmax_l.
  - apply Rle_trans with ((1 + B / M - rho) * M); [right; field; lra|apply Rmult_le_compat_r; [lra|apply Rmax_r]].
Qed.

(** The main theorem:
    E V^k <= max{(1 - gamma mu)^k, (1 + B/M - rho)^k} V^0 + gamma^2 (D1 + M D2) / min{gamma mu, rho - B/M}.
    Source  slides "Main Theorem" (part 1)
    Claim   unified-sgd/theorem/closed-form *)
Theorem unified_sgd (H : space) (Memory : Type) (f : H -> R) (grad : H -> H) (x_star : H)
    (estimate : H -> Memory -> law (H * Memory)) (sigma_squared : Memory -> R) (A B rho C D1 D2 mu gamma M : R) :
  (forall x t z, E[ ⟨fst o, z⟩ | o <- estimate x t ] = ⟨grad x, z⟩) ->
  (forall x t, E[ ‖fst o‖² | o <- estimate x t ] <= 2 * A * (f x - f x_star) + B * sigma_squared t + D1) ->
  (forall x t, E[ sigma_squared (snd o) | o <- estimate x t ]
               <= (1 - rho) * sigma_squared t + 2 * C * (f x - f x_star) + D2) ->
  (forall t, 0 <= sigma_squared t) ->
  quasi_strongly_convex mu f grad x_star -> minimiser f x_star ->
  0 <= B -> 0 <= D1 -> 0 <= D2 -> 0 < rho <= 1 -> 0 < mu -> B / rho < M ->
  0 < gamma -> gamma <= 1 / mu -> gamma * (A + C * M) <= 1 ->
  let V s := ‖fst s - x_star‖² + M * gamma ^ 2 * sigma_squared (snd s) in
  forall k s,
    E[ V s' | s' <- iterate (sgd_step gamma estimate) k s ]
    <= Rmax ((1 - gamma * mu) ^ k) ((1 + B / M - rho) ^ k) * V s
       + gamma ^ 2 * (D1 + M * D2) / Rmin (gamma * mu) (rho - B / M).
Proof.
  intros K1 K2 K3 Hs.
  exact (UnifiedSgd.unified_sgd f grad x_star estimate sigma_squared A B rho C D1 D2 mu gamma M
    (KeyAssumption K1 K2 K3 Hs)).
Qed.

(** Without sigma: B = 0 admits M = 0, E|x^k - x⋆|^2 <= (1 - gamma mu)^k |x^0 - x⋆|^2 + gamma D1/mu.
    Source  derived
    Claim   unified-sgd/theorem/without-sigma *)
Theorem unified_sgd_without_sigma (H : space) (Memory : Type) (f : H -> R) (grad : H -> H) (x_star : H)
    (estimate : H -> Memory -> law (H * Memory)) (A D1 mu gamma : R) :
  (forall x t z, E[ ⟨fst o, z⟩ | o <- estimate x t ] = ⟨grad x, z⟩) ->
  (forall x t, E[ ‖fst o‖² | o <- estimate x t ] <= 2 * A * (f x - f x_star) + D1) ->
  quasi_strongly_convex mu f grad x_star -> minimiser f x_star ->
  0 <= D1 -> 0 < mu -> 0 < gamma -> gamma <= 1 / mu -> gamma * A <= 1 ->
  forall k s,
    E[ ‖fst s' - x_star‖² | s' <- iterate (sgd_step gamma estimate) k s ]
    <= (1 - gamma * mu) ^ k * ‖fst s - x_star‖² + gamma * D1 / mu.
Proof.
  intros K1 K2. apply (UnifiedSgd.unified_sgd_without_sigma f grad x_star estimate (fun _ => 0) A 1 0 D1 0 mu gamma).
  split; [exact K1| | |]; intros; rewrite ?expectation_const; [specialize (K2 x t)| |]; lra.
Qed.

(** GD satisfies the assumption with A = L: |grad f(x)|^2 <= 2L (f(x) - f(x⋆)). Convexity is not needed.
    Source  derived; not a row of Table 2.1
    Claim   unified-sgd/gd/assumption *)
Theorem gd_assumption (H : space) (f : H -> R) (grad : H -> H) (x_star : H) (L : R) :
  0 < L -> smooth L f grad -> minimiser f x_star ->
  forall x, ‖grad x‖² <= 2 * L * (f x - f x_star).
Proof. exact (gradient_square_bound L f grad x_star). Qed.

(** GD: gamma <= 1/L, |x^k - x⋆|^2 <= (1 - gamma mu)^k |x^0 - x⋆|^2.
    Source  derived
    Claim   unified-sgd/gd/rate *)
Theorem gd_rate (H : space) (f : H -> R) (grad : H -> H) (x_star : H) (L mu gamma : R) :
  0 < L -> smooth L f grad -> minimiser f x_star -> quasi_strongly_convex mu f grad x_star ->
  0 < gamma <= 1 / L ->
  forall k x, ‖Nat.iter k (gd_step gamma grad) x - x_star‖² <= (1 - gamma * mu) ^ k * ‖x - x_star‖².
Proof. exact (GradientDescent.gd_rate f grad x_star L mu gamma). Qed.

(** SAGA satisfies the assumption with A = 2L, B = 2, rho = 1/m, C = L/m, D1 = D2 = 0,
    sigma^2 = (1/m) sum_j |T_j - grad f_j(x⋆)|^2.
    Source  Algorithm 5, section 2.6.5; Table 2.1
    Claim   unified-sgd/saga/assumption *)
Theorem saga_assumption (H : space) (f : problem H) (x_star : H) (L : R) :
  (0 < size f)%nat -> 0 < L ->
  (forall j, (j < size f)%nat -> convex (value f j) (gradient f j)) ->
  (forall j, (j < size f)%nat -> smooth L (value f j) (gradient f j)) ->
  stationary (mean_gradient f) x_star ->
  let m := INR (size f) in
  let sigma_squared T := mean (size f) (fun j => ‖T j - gradient f j x_star‖²) in
  let gap x := mean_value f x - mean_value f x_star in
  (forall x T z, E[ ⟨fst o, z⟩ | o <- saga_estimator f x T ] = ⟨mean_gradient f x, z⟩) /\
  (forall x T, E[ ‖fst o‖² | o <- saga_estimator f x T ] <= 2 * (2 * L) * gap x + 2 * sigma_squared T) /\
  (forall x T, E[ sigma_squared (snd o) | o <- saga_estimator f x T ]
               <= (1 - 1 / m) * sigma_squared T + 2 * (L / m) * gap x).
Proof.
  intros Hn HL Hc Hs Ho m sigma_squared gap.
  destruct (Saga.saga_assumption f x_star L (ConvexSmooth Hn HL Hc Hs Ho)) as [K1 K2 K3 _].
  split; [exact K1|split; intros x T].
  - apply Rle_trans with (1 := K2 x T). right. unfold gap, sigma_squared, table_error. ring.
  - apply Rle_trans with (1 := K3 x T). right. unfold gap, sigma_squared, table_error, m. unfold Rdiv. ring.
Qed.

(** SAGA: M = 4m, gamma <= 1/(6L), E V^k <= max{1 - gamma mu, 1 - 1/(2m)}^k V^0, from any table.
    Source  Algorithm 5, section 2.6.5 (Cor 2.6.15); constants as in arXiv:1905.11261
    Claim   unified-sgd/saga/rate *)
Theorem saga_rate (H : space) (f : problem H) (x_star : H) (L mu gamma : R) :
  (0 < size f)%nat -> 0 < L ->
  (forall j, (j < size f)%nat -> convex (value f j) (gradient f j)) ->
  (forall j, (j < size f)%nat -> smooth L (value f j) (gradient f j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
  0 < gamma <= 1 / (6 * L) ->
  let m := INR (size f) in
  let V s := ‖fst s - x_star‖² + 4 * m * gamma ^ 2 * mean (size f) (fun j => ‖snd s j - gradient f j x_star‖²) in
  forall k s,
    E[ V s' | s' <- iterate (sgd_step gamma (saga_estimator f)) k s ]
    <= Rmax (1 - gamma * mu) (1 - 1 / (2 * m)) ^ k * V s.
Proof.
  intros Hn HL Hc Hs Ho quasi [Hg Hg1].
  exact (Saga.saga_rate f x_star L (ConvexSmooth Hn HL Hc Hs Ho) mu gamma quasi Hg Hg1).
Qed.

(** L-SVRG satisfies the assumption with A = 2L, B = 2, rho = p, C = pL, D1 = D2 = 0,
    sigma^2 = (1/m) sum_j |grad f_j(w) - grad f_j(x⋆)|^2.
    Source  Algorithm 10, section 2.6.10; Table 2.1
    Claim   unified-sgd/l-svrg/assumption *)
Theorem l_svrg_assumption (H : space) (f : problem H) (x_star : H) (L : R) (p : probability) :
  (0 < size f)%nat -> 0 < L ->
  (forall j, (j < size f)%nat -> convex (value f j) (gradient f j)) ->
  (forall j, (j < size f)%nat -> smooth L (value f j) (gradient f j)) ->
  stationary (mean_gradient f) x_star ->
  let sigma_squared w := mean (size f) (fun j => ‖gradient f j w - gradient f j x_star‖²) in
  let gap x := mean_value f x - mean_value f x_star in
  (forall x w z, E[ ⟨fst o, z⟩ | o <- l_svrg_estimator f p x w ] = ⟨mean_gradient f x, z⟩) /\
  (forall x w, E[ ‖fst o‖² | o <- l_svrg_estimator f p x w ] <= 2 * (2 * L) * gap x + 2 * sigma_squared w) /\
  (forall x w, E[ sigma_squared (snd o) | o <- l_svrg_estimator f p x w ]
               <= (1 - p) * sigma_squared w + 2 * (p * L) * gap x).
Proof.
  intros Hn HL Hc Hs Ho sigma_squared gap.
  destruct (LSvrg.l_svrg_assumption f x_star L p (ConvexSmooth Hn HL Hc Hs Ho)) as [K1 K2 K3 _].
  split; [exact K1|split; intros x w].
  - apply Rle_trans with (1 := K2 x w). right. unfold gap, sigma_squared, reference_error. ring.
  - apply Rle_trans with (1 := K3 x w). right. unfold gap, sigma_squared, reference_error. ring.
Qed.

(** L-SVRG: M = 4/p, gamma <= 1/(6L), E V^k <= max{1 - gamma mu, 1 - p/2}^k V^0, from any reference point.
    Source  Algorithm 10, section 2.6.10 (Cor 2.6.25); constants as in arXiv:1905.11261
    Claim   unified-sgd/l-svrg/rate *)
Theorem l_svrg_rate (H : space) (f : problem H) (x_star : H) (L mu gamma : R) (p : probability) :
  (0 < size f)%nat -> 0 < L ->
  (forall j, (j < size f)%nat -> convex (value f j) (gradient f j)) ->
  (forall j, (j < size f)%nat -> smooth L (value f j) (gradient f j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
  0 < p -> 0 < gamma <= 1 / (6 * L) ->
  let V s := ‖fst s - x_star‖²
             + 4 / p * gamma ^ 2 * mean (size f) (fun j => ‖gradient f j (snd s) - gradient f j x_star‖²) in
  forall k s,
    E[ V s' | s' <- iterate (sgd_step gamma (l_svrg_estimator f p)) k s ]
    <= Rmax (1 - gamma * mu) (1 - p / 2) ^ k * V s.
Proof.
  intros Hn HL Hc Hs Ho quasi Hp [Hg Hg1].
  exact (LSvrg.l_svrg_rate f x_star L p (ConvexSmooth Hn HL Hc Hs Ho) mu gamma quasi Hp Hg Hg1).
Qed.

(** DIANA satisfies the assumption with A = (1 + 2 omega/n) L, B = 2 omega/n, rho = alpha, C = alpha L,
    D1 = (1 + omega) variance/n, D2 = alpha variance, sigma^2 = (1/n) sum_i |h_i - grad f_i(x⋆)|^2. For full gradients
    take variance = 0.
    Source  Algorithm 11, section 2.6.11; Table 2.1
    Claim   unified-sgd/diana/assumption, unified-sgd/diana/assumption-noisy *)
Theorem diana_assumption (H : space) (f : problem H) (x_star : H) (L variance omega alpha : R) (gradient_of : oracle H)
    (Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  (forall i x, (i < size f)%nat -> forall z, E[ ⟨g, z⟩ | g <- gradient_of i x ] = ⟨gradient f i x, z⟩) ->
  (forall x, mean (size f) (fun i => E[ ‖g - gradient f i x‖² | g <- gradient_of i x ]) <= variance) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 <= alpha -> alpha * (1 + omega) <= 1 ->
  let n := INR (size f) in
  let estimate := diana_estimator (size f) gradient_of Q alpha in
  let sigma_squared h := mean (size f) (fun i => ‖h i - gradient f i x_star‖²) in
  let gap x := mean_value f x - mean_value f x_star in
  (forall x h z, E[ ⟨fst o, z⟩ | o <- estimate x h ] = ⟨mean_gradient f x, z⟩) /\
  (forall x h, E[ ‖fst o‖² | o <- estimate x h ]
               <= 2 * ((1 + 2 * omega / n) * L) * gap x + 2 * omega / n * sigma_squared h + (1 + omega) * variance / n) /\
  (forall x h, E[ sigma_squared (snd o) | o <- estimate x h ]
               <= (1 - alpha) * sigma_squared h + 2 * (L * alpha) * gap x + alpha * variance).
Proof.
  intros Hn HL Hc Hs Ho HG HV HQ HQv Hom Ha Ha1 n estimate sigma_squared gap.
  assert (HN : oracle_noise_at_most 0 variance f x_star gradient_of) by now apply bounded_variance.
  assert (Hv : 0 <= variance) by exact (variance_nonnegative f gradient_of variance x_star HV).
  destruct (Diana.diana_assumption f x_star L gradient_of variance Q omega alpha (ConvexSmooth Hn HL Hc Hs Ho) HG HN Hv HQ HQv Hom
    Ha Ha1) as [K1 K2 K3 _].
  exact (conj K1 (conj K2 K3)).
Qed.

(** DIANA with the gradient of a component drawn uniformly, f_i = (1/m_i) sum_j f_ij, every f_ij convex and Ls-smooth:
    A = L + (2 omega L + 2 (1 + omega) Ls)/n, B = 2 omega/n, rho = alpha, C = alpha L + 2 alpha^2 (1 + omega) Ls,
    D1 = 2 (1 + omega) sv/n, D2 = 2 alpha^2 (1 + omega) sv, sv = (1/n) sum_i (1/m_i) sum_j |grad f_ij(x⋆) - grad f_i(x⋆)|^2.
    Source  derived (the row of DIANAsr in chapter 3, with Ls for the expected smoothness)
    Claim   unified-sgd/diana/assumption-sampled *)
Theorem diana_assumption_sampled (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L Ls omega alpha : R) (Q : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L -> 0 < Ls ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth Ls (component i j) (component_gradient i j)) ->
  (forall i, (i < n)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 <= alpha -> alpha * (1 + omega) <= 1 ->
  let N := INR n in
  let sv := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j x_star - gradient f i x_star‖²)) in
  let estimate := diana_estimator n (sampled_gradient m component_gradient) Q alpha in
  let sigma_squared h := mean n (fun i => ‖h i - gradient f i x_star‖²) in
  let gap x := mean_value f x - mean_value f x_star in
  (forall x h z, E[ ⟨fst o, z⟩ | o <- estimate x h ] = ⟨mean_gradient f x, z⟩) /\
  (forall x h, E[ ‖fst o‖² | o <- estimate x h ]
               <= 2 * (L + (2 * omega * L + 2 * (1 + omega) * Ls) / N) * gap x + 2 * omega / N * sigma_squared h
                  + 2 * (1 + omega) * sv / N) /\
  (forall x h, E[ sigma_squared (snd o) | o <- estimate x h ]
               <= (1 - alpha) * sigma_squared h + 2 * (alpha * L + 2 * alpha ^ 2 * (1 + omega) * Ls) * gap x
                  + 2 * alpha ^ 2 * (1 + omega) * sv).
Proof.
  intros f Hn Hm HL HLs Hcc Hcs Hc Hs Ho HQ HV Hom Ha Ha1 N sv estimate sigma_squared gap.
  destruct (Diana.diana_assumption_with_noise f x_star L (ConvexSmooth (f := f) Hn HL Hc Hs Ho) (sampled_gradient m component_gradient) _ _
    Q omega alpha (sampled_unbiased n m component component_gradient Hm)
    (sampled_noise n m component component_gradient x_star Ls Hm HLs Hcc Hcs Ho) HQ HV Hom Ha Ha1) as [K1 K2 K3 _].
  split; [exact K1|split; intros x h].
  - apply Rle_trans with (1 := K2 x h). right. unfold gap, sv, N, sampling_variance, Rdiv. fold f. simpl size. fold (sigma_squared h).
    change (shift_error f x_star h) with (sigma_squared h). ring.
  - apply Rle_trans with (1 := K3 x h). right. unfold gap, sv, sampling_variance. fold f.
    change (shift_error f x_star h) with (sigma_squared h). ring.
Qed.

(** DIANA: M = 4 omega/(n alpha), gamma <= 1/((1 + 6 omega/n) L), E V^k <= max{1 - gamma mu, 1 - alpha/2}^k V^0, for every
    unbiased compressor, from any shifts.
    Source  Algorithm 11, section 2.6.11 (Cor 2.6.28); constants as in arXiv:1905.11261
    Claim   unified-sgd/diana/rate *)
Theorem diana_rate (H : space) (f : problem H) (x_star : H) (L mu omega alpha gamma : R) (Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < alpha <= 1 / (1 + omega) ->
  let n := INR (size f) in
  0 < gamma <= 1 / ((1 + 6 * omega / n) * L) ->
  let step := sgd_step gamma (diana_estimator (size f) (full_gradient f) Q alpha) in
  let V s := ‖fst s - x_star‖²
             + 4 * omega / (n * alpha) * gamma ^ 2 * mean (size f) (fun i => ‖snd s i - gradient f i x_star‖²) in
  forall k s,
    E[ V s' | s' <- iterate step k s ] <= Rmax (1 - gamma * mu) (1 - alpha / 2) ^ k * V s.
Proof.
  intros Hn HL Hc Hs Ho quasi HQ HV Hom [Ha Ha1] n [Hg Hg1].
  assert (HN : 0 < n) by (now apply lt_0_INR).
  apply (Diana.diana_rate f x_star L mu Q omega alpha gamma (ConvexSmooth Hn HL Hc Hs Ho) quasi HQ HV Hom Ha);
    [|assumption|]; (apply stepsize_product; [|assumption]); [lra|].
  apply Rmult_lt_0_compat; [|assumption]. fold n. assert (0 <= 6 * omega / n) by (apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]). lra.
Qed.

(** DIANA with stochastic gradients of bounded variance: ... + noise/min{gamma mu, alpha/2}.
    Source  Algorithm 11, section 2.6.11
    Claim   unified-sgd/diana/rate *)
Theorem diana_rate_with_noise (H : space) (f : problem H) (x_star : H) (L mu variance omega alpha gamma : R)
    (gradient_of : oracle H) (Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 < mu ->
  (forall i x, (i < size f)%nat -> forall z, E[ ⟨g, z⟩ | g <- gradient_of i x ] = ⟨gradient f i x, z⟩) ->
  (forall x, mean (size f) (fun i => E[ ‖g - gradient f i x‖² | g <- gradient_of i x ]) <= variance) -> 0 <= variance ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < alpha <= 1 / (1 + omega) ->
  let n := INR (size f) in
  let M := 4 * omega / (n * alpha) in
  0 < gamma <= 1 / ((1 + 6 * omega / n) * L) ->
  let step := sgd_step gamma (diana_estimator (size f) gradient_of Q alpha) in
  let V s := ‖fst s - x_star‖² + M * gamma ^ 2 * mean (size f) (fun i => ‖snd s i - gradient f i x_star‖²) in
  forall k s,
    E[ V s' | s' <- iterate step k s ]
    <= Rmax (1 - gamma * mu) (1 - alpha / 2) ^ k * V s
       + gamma ^ 2 * ((1 + omega) * variance / n + M * (alpha * variance)) / Rmin (gamma * mu) (alpha / 2).
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu HG HV Hv HQ HQv Hom [Ha Ha1] n M [Hg Hg1].
  assert (HN : 0 < n) by (now apply lt_0_INR).
  apply (Diana.diana_rate_with_noise f x_star L mu (ConvexSmooth Hn HL Hc Hs Ho) gradient_of variance Q omega alpha gamma
    quasi HG (bounded_variance _ _ _ _ HV) HQ HQv Hom Ha); try assumption; (apply stepsize_product; [|assumption]); [lra|].
  apply Rmult_lt_0_compat; [|assumption]. fold n. assert (0 <= 6 * omega / n) by (apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]). lra.
Qed.

(** DIANA with RandK in R^d, omega = d/K - 1, alpha = 1/(1 + omega) = K/d.
    Source  Algorithm 11, section 2.6.11; slides "Compression Operators"
    Claim   unified-sgd/diana/rate *)
Theorem diana_rand_k_rate (d K : nat) (f : problem (Rd d)) (x_star : Rd d) (L mu gamma : R) :
  (1 <= K <= d)%nat ->
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
  let n := INR (size f) in
  let omega := INR d / INR K - 1 in
  let alpha := INR K / INR d in
  0 < gamma <= 1 / ((1 + 6 * omega / n) * L) ->
  let step := sgd_step gamma (diana_estimator (size f) (full_gradient f) (rand_k d K) alpha) in
  let V s := ‖fst s - x_star‖²
             + 4 * omega / (n * alpha) * gamma ^ 2 * mean (size f) (fun i => ‖snd s i - gradient f i x_star‖²) in
  forall k s,
    E[ V s' | s' <- iterate step k s ] <= Rmax (1 - gamma * mu) (1 - alpha / 2) ^ k * V s.
Proof.
  intros HK Hn HL Hc Hs Ho quasi n omega alpha [Hg Hg1].
  apply (Diana.diana_rand_k_rate d K f x_star L mu gamma HK (ConvexSmooth Hn HL Hc Hs Ho) quasi Hg).
  apply stepsize_product; [|assumption].
  assert (0 < INR (size f)) by (now apply lt_0_INR). pose proof (rand_k_omega_nonnegative d K HK).
  assert (0 <= 6 * (INR d / INR K - 1) / INR (size f)) by (apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]).
  apply Rmult_lt_0_compat; lra.
Qed.

(** * Chapter 3: error feedback *)

(** Parallel GD with Top1 from (t, t, t) is at (1 + 11 gamma/6)^k (t, t, t) after k steps, for every gamma, every t and
    every rule for ties.
    Source  slides 43-45; arXiv:2002.12410
    Claim   error-feedback/parallel-top1-gd/divergence *)
Theorem top1_diverges (gamma t : R) (x : nat -> Rd 3) (u : nat -> nat -> Rd 3) :
  (forall i, (i < 3)%nat -> x O i = t) ->
  (forall k w, (w < 3)%nat -> is_top_k 3 1 (gradient top1_problem w (x k)) (u k w)) ->
  (forall k i, (i < 3)%nat -> x (S k) i = (x k - gamma * vector_mean 3 (u k))%v i) ->
  forall k i, (i < 3)%nat -> x k i = (1 + 11 * gamma / 6) ^ k * t.
Proof. exact (Top1Divergence.top1_diverges gamma t x u). Qed.

(** ... which exceeds every bound.
    Source  slides 43-45; arXiv:2002.12410
    Claim   error-feedback/parallel-top1-gd/divergence *)
Theorem top1_unbounded (gamma t : R) : 0 < gamma -> t <> 0 ->
  forall bound, exists k, bound < Rabs ((1 + 11 * gamma / 6) ^ k * t).
Proof. exact (Top1Divergence.top1_unbounded gamma t). Qed.

(** QSGD, parallel SGD with an unbiased compressor, satisfies the assumption of chapter 2 with A = (1 + 2 omega/n) L,
    B = 0, rho = 1, C = 0, D1 = (2 omega zeta + (1 + omega) variance)/n, D2 = 0, zeta = (1/n) sum_i |grad f_i(x⋆)|^2.
    Source  derived (row D-QSGD of chapter 3 without delay); slides 55-57 name the method
    Claim   error-feedback/qsgd/assumption *)
Theorem qsgd_assumption (H : space) (f : problem H) (x_star : H) (L variance omega : R) (gradient_of : oracle H)
    (Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  (forall i x, (i < size f)%nat -> forall z, E[ ⟨g, z⟩ | g <- gradient_of i x ] = ⟨gradient f i x, z⟩) ->
  (forall x, mean (size f) (fun i => E[ ‖g - gradient f i x‖² | g <- gradient_of i x ]) <= variance) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  let n := INR (size f) in
  let zeta := mean (size f) (fun i => ‖gradient f i x_star‖²) in
  let estimate := qsgd_estimator (size f) gradient_of Q in
  (forall x t z, E[ ⟨fst o, z⟩ | o <- estimate x t ] = ⟨mean_gradient f x, z⟩) /\
  (forall x t, E[ ‖fst o‖² | o <- estimate x t ]
               <= 2 * ((1 + 2 * omega / n) * L) * (mean_value f x - mean_value f x_star)
                  + (2 * omega * zeta + (1 + omega) * variance) / n).
Proof.
  intros Hn HL Hc Hs Ho HG HV HQ HQv Hom n zeta estimate.
  destruct (Qsgd.qsgd_assumption f x_star L (ConvexSmooth Hn HL Hc Hs Ho) gradient_of variance Q omega HG
    (bounded_variance _ _ _ _ HV) HQ HQv Hom) as [K1 K2 _ _].
  split; [exact K1|]. intros x t. apply Rle_trans with (1 := K2 x t). right. unfold n, zeta, heterogeneity. ring.
Qed.

(** QSGD: gamma <= 1/((1 + 2 omega/n) L), E|x^k - x⋆|^2 <= (1 - gamma mu)^k |x^0 - x⋆|^2 + gamma D1/mu.
    Source  derived; slides 55-57 name the method
    Claim   error-feedback/qsgd/rate *)
Theorem qsgd_rate (H : space) (f : problem H) (x_star : H) (L mu variance omega gamma : R) (gradient_of : oracle H)
    (Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 < mu ->
  (forall i x, (i < size f)%nat -> forall z, E[ ⟨g, z⟩ | g <- gradient_of i x ] = ⟨gradient f i x, z⟩) ->
  (forall x, mean (size f) (fun i => E[ ‖g - gradient f i x‖² | g <- gradient_of i x ]) <= variance) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  let n := INR (size f) in
  let zeta := mean (size f) (fun i => ‖gradient f i x_star‖²) in
  0 < gamma <= 1 / ((1 + 2 * omega / n) * L) ->
  forall k s,
    E[ ‖fst s' - x_star‖² | s' <- iterate (sgd_step gamma (qsgd_estimator (size f) gradient_of Q)) k s ]
    <= (1 - gamma * mu) ^ k * ‖fst s - x_star‖² + gamma * ((2 * omega * zeta + (1 + omega) * variance) / n) / mu.
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu HG HV HQ HQv Hom n zeta [Hg Hg1].
  apply (Qsgd.qsgd_rate f x_star L mu variance omega gamma gradient_of Q (ConvexSmooth Hn HL Hc Hs Ho) quasi Hmu HG
    (bounded_variance _ _ _ _ HV) (variance_nonnegative f gradient_of variance x_star HV) HQ HQv Hom Hg).
  apply stepsize_product; [|assumption]. apply Rmult_lt_0_compat; [|assumption].
  assert (0 <= 2 * omega / INR (size f)) by (apply Rmult_le_pos; [lra|apply inverse_nonnegative]). lra.
Qed.

(** The virtual iterate of error compensation, x - (1/n) sum_i e_i, moves by gamma (1/n) sum_i g_i, whatever was sent.
    Source  slides 46-49
    Claim   error-feedback/ec-gd/virtual-iterate *)
Theorem ec_gd_virtual_iterate (H : space) (f : problem H) (shift : nat -> H) (gamma : R) (s : ec_state H) (v : nat -> H) (z : H) :
  let n := size f in
  let g i := (gradient f i (ec_model s) - shift i)%v in
  let y i := (errors s i + gamma * g i)%v in
  ⟨(ec_model s - vector_mean n v) - vector_mean n (fun i => y i - v i)%v, z⟩
  = ⟨(ec_model s - vector_mean n (errors s)) - gamma * vector_mean n g, z⟩.
Proof. exact (EcGd.virtual_iterate f shift gamma s v z). Qed.

(** EC-GDstar, one step, for every gamma > 0 and every contractive compressor:
    E V^{k+1} <= (1 - eta) V^k - gamma theta (f(x^k) - f(x⋆)), eta = min{gamma mu/2, delta/4}, N = 12 L gamma/delta,
    theta = 1 - 2 gamma (L + N (1 - delta)(2 - delta)/delta L),
    V = |x - ebar - x⋆|^2 + N (1/n) sum_i |e_i|^2, ebar = (1/n) sum_i e_i.
    Source  slide 50 row 3; derived (arXiv:2010.12292 in a sharper form)
    Claim   error-feedback/ec-gd-star/lyapunov *)
Theorem ec_gd_star_one_step (H : space) (f : problem H) (x_star : H) (L mu delta gamma : R) (C : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  let N := 12 * L * gamma / delta in
  let eta := Rmin (gamma * mu / 2) (delta / 4) in
  let theta := 1 - 2 * gamma * (L + N * ((1 - delta) * (2 - delta) / delta) * L) in
  let V s := ‖(ec_model s - vector_mean (size f) (errors s)) - x_star‖² + N * mean (size f) (fun i => ‖errors s i‖²) in
  forall s,
    E[ V s' | s' <- ec_gd_step f (fun i => gradient f i x_star) C gamma s ]
    <= (1 - eta) * V s - gamma * theta * (mean_value f (ec_model s) - mean_value f x_star).
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu Hd HC Hg N eta theta V s.
  pose proof (ConvexSmooth Hn HL Hc Hs Ho) as assumed.
  pose proof (ec_one_step f x_star L assumed (star_shift f x_star) C delta mu gamma L 0 Hmu quasi Hd HC Hg
    (star_shift_cancels f x_star L assumed) (star_row f x_star L assumed) s) as O.
  cbv zeta in O. rewrite Rmult_0_r, Rplus_0_r in O. exact O.
Qed.

(** EC-GDstar: theta >= 0, E V^k <= (1 - min{gamma mu/2, delta/4})^k V^0.
    Source  slide 50 row 3; derived
    Claim   error-feedback/ec-gd-star/rate *)
Theorem ec_gd_star_rate (H : space) (f : problem H) (x_star : H) (L mu delta gamma : R) (C : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  let N := 12 * L * gamma / delta in
  2 * gamma * (L + N * ((1 - delta) * (2 - delta) / delta) * L) <= 1 ->
  let V s := ‖(ec_model s - vector_mean (size f) (errors s)) - x_star‖² + N * mean (size f) (fun i => ‖errors s i‖²) in
  forall k s,
    E[ V s' | s' <- iterate (ec_gd_step f (fun i => gradient f i x_star) C gamma) k s ]
    <= (1 - Rmin (gamma * mu / 2) (delta / 4)) ^ k * V s.
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu Hd HC Hg N Ht.
  apply (EcGd.ec_gd_star_rate f x_star L mu delta gamma C (ConvexSmooth Hn HL Hc Hs Ho) quasi Hmu Hd HC Hg).
  unfold descent_coefficient, compression_factor. fold N. lra.
Qed.

(** The iterate itself: |x - x⋆|^2 <= (1 + 1/N) V.
    Source  derived
    Claim   error-feedback/ec-gd-star/rate, error-feedback/ec-gd/rate *)
Theorem ec_gd_iterate (H : space) (f : problem H) (x_star : H) (L delta gamma : R) :
  (0 < size f)%nat -> 0 < L -> 0 < delta -> 0 < gamma ->
  let N := 12 * L * gamma / delta in
  forall s : ec_state H,
    ‖ec_model s - x_star‖²
    <= (1 + 1 / N) * (‖(ec_model s - vector_mean (size f) (errors s)) - x_star‖² + N * mean (size f) (fun i => ‖errors s i‖²)).
Proof. exact (EcGd.ec_iterate_bound f x_star L delta gamma). Qed.

(** EC-GD, one step: the same with A = 2L and D1 = 2 zeta, zeta = (1/n) sum_i |grad f_i(x⋆)|^2.
    Source  slides 46-49; derived
    Claim   error-feedback/ec-gd/lyapunov *)
Theorem ec_gd_one_step (H : space) (f : problem H) (x_star : H) (L mu delta gamma : R) (C : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  let zeta := mean (size f) (fun i => ‖gradient f i x_star‖²) in
  let eta := Rmin (gamma * mu / 2) (delta / 4) in
  let theta := 1 - 2 * gamma * (L + N * K * (2 * L)) in
  let V s := ‖(ec_model s - vector_mean (size f) (errors s)) - x_star‖² + N * mean (size f) (fun i => ‖errors s i‖²) in
  forall s,
    E[ V s' | s' <- ec_gd_step f (fun _ => zero) C gamma s ]
    <= (1 - eta) * V s - gamma * theta * (mean_value f (ec_model s) - mean_value f x_star)
       + gamma ^ 2 * N * K * (2 * zeta).
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu Hd HC Hg N K zeta eta theta V s.
  pose proof (ConvexSmooth Hn HL Hc Hs Ho) as assumed.
  exact (ec_one_step f x_star L assumed no_shift C delta mu gamma (2 * L) (2 * zeta) Hmu quasi Hd HC Hg
    (no_shift_cancels (size f)) (no_shift_row f x_star L assumed) s).
Qed.

(** EC-GD: theta >= 0, E V^k <= (1 - eta)^k V^0 + gamma^2 N K 2 zeta (1 - (1 - eta)^k)/eta.
    Source  slides 46-49; derived
    Claim   error-feedback/ec-gd/rate *)
Theorem ec_gd_rate (H : space) (f : problem H) (x_star : H) (L mu delta gamma : R) (C : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 < mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  let zeta := mean (size f) (fun i => ‖gradient f i x_star‖²) in
  let eta := Rmin (gamma * mu / 2) (delta / 4) in
  2 * gamma * (L + N * K * (2 * L)) <= 1 ->
  let V s := ‖(ec_model s - vector_mean (size f) (errors s)) - x_star‖² + N * mean (size f) (fun i => ‖errors s i‖²) in
  forall k s,
    E[ V s' | s' <- iterate (ec_gd_step f (fun _ => zero) C gamma) k s ]
    <= (1 - eta) ^ k * V s + gamma ^ 2 * N * K * (2 * zeta) * (1 - (1 - eta) ^ k) / eta.
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu Hd HC Hg N K zeta eta Ht V.
  apply (EcGd.ec_gd_rate f x_star L mu delta gamma C (ConvexSmooth Hn HL Hc Hs Ho) quasi Hmu Hd HC Hg).
  unfold descent_coefficient, compression_factor. fold N K. lra.
Qed.

(** A contraction with an input: if w_{k+1} (1 - eta) = w_k, eta <= delta/4 and e_{k+1} <= (1 - delta/2) e_k + c a_k, then
    (delta/4) sum_{k<K} w_k e_k <= w_0 e_0 + c/(1 - eta) sum_{k<K} w_k a_k.
    Source  the step from one-step to weighted-average theorems in chapters 3 and 4; derived
    Claim   none of its own *)
Theorem weighted_contraction (w e a : nat -> R) (delta eta c : R) :
  0 < delta <= 1 -> 0 <= eta <= delta / 4 -> 0 <= c ->
  (forall k, 0 <= e k) -> (forall k, 0 <= a k) -> (forall k, 0 < w k) ->
  (forall k, w (S k) * (1 - eta) = w k) ->
  (forall k, e (S k) <= (1 - delta / 2) * e k + c * a k) ->
  forall K, delta / 4 * sum K (fun k => w k * e k) <= w O * e O + c / (1 - eta) * sum K (fun k => w k * a k).
Proof. exact (WeightedSums.weighted_contraction w e a delta eta c). Qed.

(** * Chapter 5: non-convex problems *)

(** MARINA, from g^0 = grad f(x^0): (1/K) sum_{k<K} E|grad f(x^k)|^2 <= 2 (f(x^0) - f_low)/(gamma K) for
    gamma <= 1/(L (1 + sqrt((1 - p) omega/(p n)))). Convexity is not assumed; L^2 = (1/n) sum_i L_i^2 meets the fifth
    hypothesis where grad f_i is L_i-Lipschitz.
    Source  Algorithm 33; slides "New Method: MARINA"; arXiv:2102.07845
    Claim   marina/marina/rate *)
Theorem marina_rate (H : space) (f : problem H) (L f_low omega gamma : R) (Q : compressor H) (p : probability) :
  (0 < size f)%nat -> 0 < L ->
  (forall x, f_low <= mean_value f x) ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma <= 1 / (L * (1 + sqrt ((1 - p) * omega / (p * INR (size f))))) ->
  forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- iterate (marina_step f Q p gamma) k (marina_start f x) ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K).
Proof.
  intros Hn HL Hlow Hs Hms HQ HV Hom Hp [Hg Hg1].
  exact (Marina.marina_rate f L f_low omega gamma Q p Hn HL Hlow Hs Hms HQ HV Hom Hp Hg Hg1).
Qed.

(** * What they rest on *)

Definition all_theorems :=
  (rand_k_unbiased, rand_k_variance, top_k_contraction, top_k_contraction_attained, unified_sgd_one_step, unified_sgd,
   unified_sgd_without_sigma, gd_assumption, gd_rate, saga_assumption, saga_rate, l_svrg_assumption, l_svrg_rate,
   diana_assumption, diana_assumption_sampled, diana_rate, diana_rate_with_noise, diana_rand_k_rate, top1_diverges,
   top1_unbounded, qsgd_assumption, qsgd_rate, ec_gd_virtual_iterate, ec_gd_star_one_step, ec_gd_star_rate,
   ec_gd_iterate, ec_gd_one_step, ec_gd_rate, weighted_contraction, marina_rate).
Print Assumptions all_theorems.
