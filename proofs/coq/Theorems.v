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
      ec_step; fixed_shifts, learned_shifts, full_source     ErrorCompensation.v; EcEstimators.v
      delayed_step; mean_of_sources, mean_of_differences     Delayed.v; DelayedEstimators.v
      local_step, local_assumption; discrepancy              LocalScheme.v; LocalParts.v
      trajectory, weighted_average                           Trajectory.v
      marina_state, biased_step; marina_start                BiasedEstimator.v; Marina.v
      average_groups; moshpit, ordered; swap, blocks         Groups.v; Moshpit.v; RandomSplit.v
      conduct, faulty_step, flawless_chance                  MoshpitFaults.v

    H is any real inner-product space, R^d in particular; k any number of steps; E the exact expectation over all random
    choices of all k steps, from any state. "Claim" names what the theorem establishes in touchstone. *)
From Coq Require Import Reals Lra Lia List Relation_Operators.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd GradientDescent LSvrg
  Saga Diana Qsgd Marina WeightedSums Top1Divergence ErrorFeedback ErrorCompensation EcTheorem EcEstimators EcGd EcLsvrg
  Delayed DelayedEstimators DelayedLsvrg Trajectory LocalParts LocalScheme LocalTheorem LocalSgd
  SLocalSvrg SLocalSvrgRate VrMarina VrMarinaRate PpMarina NonconvexDiana
  Groups GroupAverages Moshpit MoshpitTheorems MoshpitFaults RandomSplit.
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

(** The virtual iterate of error compensation, x - (1/n) sum_i e_i, moves by gamma (1/n) sum_i g_i, whatever the g_i are
    and whatever was sent.
    Source  slides 46-49
    Claim   error-feedback/ec-gd/virtual-iterate *)
Theorem ec_virtual_iterate (H : space) (n : nat) (gamma : R) (x : H) (e g v : nat -> H) (z : H) :
  let y i := (e i + gamma * g i)%v in
  ⟨(x - vector_mean n v) - vector_mean n (fun i => y i - v i)%v, z⟩ = ⟨(x - vector_mean n e) - gamma * vector_mean n g, z⟩.
Proof. exact (virtual_iterate n gamma (EcState x e tt) g v tt z). Qed.

(** Any step of a virtual iterate x - e by gamma g, E g = grad f(x):
    E|xt' - x⋆|^2 <= (1 - gamma mu/2) |xt - x⋆|^2 - gamma (f(x) - f(x⋆)) + 3L gamma |e|^2 + gamma^2 E|g|^2.
    Source  chapter 3, derived
    Claim   error-feedback/theorem/perturbed-iterate, error-feedback/ec-gd/perturbed-iterate *)
Theorem perturbed_iterate (H : space) (f : problem H) (x_star : H) (L mu gamma : R) (T : Type) (step : law T)
    (g next_virtual : T -> H) (x e : H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu -> 0 < gamma ->
  (forall o z, ⟨next_virtual o, z⟩ = ⟨(x - e) - gamma * g o, z⟩) ->
  (forall z, E[ ⟨g o, z⟩ | o <- step ] = ⟨mean_gradient f x, z⟩) ->
  E[ ‖next_virtual o - x_star‖² | o <- step ]
  <= (1 - gamma * mu / 2) * ‖(x - e) - x_star‖² - gamma * (mean_value f x - mean_value f x_star)
     + 3 * L * gamma * ‖e‖² + gamma ^ 2 * E[ ‖g o‖² | o <- step ].
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu Hg.
  exact (ErrorFeedback.perturbed_iterate f x_star L (ConvexSmooth Hn HL Hc Hs Ho) mu gamma Hmu quasi Hg step g next_virtual x e).
Qed.

(** The theorem of chapter 3, one step, for every error model: how the potential Q of what is not sent yet grows. s1 and s2
    are the variances of shifts and of references, e is what is not sent yet on average; s1', s2', Q' are what they are after
    the step, A', B1', B2', D1' are the constants of (P4).
    Source  slides 48 and 49; derived, the theorem of arXiv:2010.12292 in one-step form
    Claim   error-feedback/theorem/one-step *)
Theorem error_feedback_one_step (H : space) (f : problem H) (x_star : H) (L mu gamma eta : R) (T : Type) (step : law T)
    (g next_virtual : T -> H) (s1' s2' Q' : T -> R) (x e : H) (s1 s2 Q N A' B1' B2' D1' a b1 b2 d1 rho1 C1 G D2 rho2 C2 : R) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu -> 0 < gamma ->
  let gap := mean_value f x - mean_value f x_star in
  (forall o z, ⟨next_virtual o, z⟩ = ⟨(x - e) - gamma * g o, z⟩) ->
  (* (P1), (P4), (P5), (P6) *)
  (forall z, E[ ⟨g o, z⟩ | o <- step ] = ⟨mean_gradient f x, z⟩) ->
  E[ ‖g o‖² | o <- step ] <= 2 * A' * gap + B1' * s1 + B2' * s2 + D1' ->
  E[ s1' o | o <- step ] <= (1 - rho1) * s1 + 2 * C1 * gap + G * rho1 * s2 + D2 ->
  E[ s2' o | o <- step ] <= (1 - rho2) * s2 + 2 * C2 * gap ->
  (* the error model *)
  E[ Q' o | o <- step ] + 3 * L * gamma * ‖e‖² <= (1 - eta) * Q + gamma ^ 2 * N * (2 * a * gap + b1 * s1 + b2 * s2 + d1) ->
  0 <= s1 -> 0 <= s2 -> 0 <= N -> 0 <= B1' -> 0 <= B2' -> 0 <= b1 -> 0 <= b2 -> 0 <= G -> 0 < rho1 -> 0 < rho2 ->
  eta <= gamma * mu / 2 -> eta <= rho1 / 4 -> eta <= rho2 / 4 ->
  let M1 := 4 / (3 * rho1) * (B1' + N * b1) in
  let M2 := 4 / (3 * rho2) * (B2' + N * b2 + M1 * G * rho1) in
  let S := A' + C1 * M1 + C2 * M2 + N * a in
  E[ ‖next_virtual o - x_star‖² + M1 * gamma ^ 2 * s1' o + M2 * gamma ^ 2 * s2' o + Q' o | o <- step ]
  <= (1 - eta) * (‖(x - e) - x_star‖² + M1 * gamma ^ 2 * s1 + M2 * gamma ^ 2 * s2 + Q)
     - gamma * (1 - 2 * gamma * S) * gap + gamma ^ 2 * (D1' + M1 * D2 + N * d1).
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu Hg gap Hv P1 P4 P5 P6 HQ Hs1 Hs2 HN HB1 HB2 Hb1 Hb2 HG Hr1 Hr2 He1 He2 He3 M1 M2 S.
  assert (HM1 : 0 <= M1).
  { apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|]. apply Rplus_le_le_0_compat; [|apply Rmult_le_pos]; assumption. }
  assert (HM2 : 0 <= M2).
  { apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|].
    assert (0 <= N * b2) by (now apply Rmult_le_pos).
    assert (0 <= M1 * G * rho1) by (apply Rmult_le_pos; [now apply Rmult_le_pos|lra]). lra. }
  apply (ErrorFeedback.error_feedback_one_step f x_star L (ConvexSmooth Hn HL Hc Hs Ho) mu gamma Hmu quasi Hg step g next_virtual x e
    Hv P1 s1 s2 Q s1' s2' Q' eta N M1 M2 (MomentBound A' B1' B2' D1') (MomentBound a b1 b2 d1) rho1 C1 G D2 rho2 C2); try assumption;
    simpl; (apply weight_suffices; [assumption|assumption|]).
  - unfold M1. field. lra.
  - unfold M2. field. lra.
Qed.

(** What one step contracts up to noise, k steps do.
    Source  slides 48 and 49; derived
    Claim   error-feedback/theorem/contraction *)
Theorem error_feedback_contraction (S : Type) (step : S -> law S) (V : S -> R) (eta noise : R) : 0 < eta <= 1 ->
  (forall s, E[ V s' | s' <- step s ] <= (1 - eta) * V s + noise) ->
  forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s + noise * (1 - (1 - eta) ^ k) / eta.
Proof.
  intros Heta Hstep k s. pose proof (contraction step V (1 - eta) noise ltac:(lra) ltac:(lra) Hstep k s) as K.
  replace (1 - (1 - eta)) with eta in K by ring. exact K.
Qed.

(** The errors of error compensation, whatever the workers want to send, drawn jointly: K = (1 - delta)(2 - delta)/delta,
    E (1/n) sum_i |e_i'|^2 <= (1 - delta/2) (1/n) sum_i |e_i|^2
                              + gamma^2 (1/n) sum_i (K |E g_i|^2 + (1 - delta) E|g_i - E g_i|^2).
    Source  derived
    Claim   error-feedback/theorem/error-recursion *)
Theorem ec_error_recursion (H : space) (Memory : Type) (n : nat) (estimate : H -> Memory -> law ((nat -> H) * Memory))
    (C : compressor H) (delta gamma : R) (s : ec_state H Memory) (expected : nat -> H) :
  0 < delta <= 1 -> contractive delta C ->
  let drawn := estimate (ec_model s) (memory s) in
  (forall i z, (i < n)%nat -> E[ ⟨fst o i, z⟩ | o <- drawn ] = ⟨expected i, z⟩) ->
  let K := (1 - delta) * (2 - delta) / delta in
  E[ mean n (fun i => ‖errors s' i‖²) | s' <- ec_step n estimate C gamma s ]
  <= (1 - delta / 2) * mean n (fun i => ‖errors s i‖²)
     + gamma ^ 2 * (K * mean n (fun i => ‖expected i‖²)
                    + (1 - delta) * mean n (fun i => E[ ‖fst o i - expected i‖² | o <- drawn ])).
Proof. intros Hd HC. exact (error_recursion n estimate C delta gamma Hd HC s expected). Qed.

(** Error compensation is an error model: for Q = N (1/n) sum_i |e_i|^2 with N = 12 L gamma/delta,
    E Q' + 3L gamma |(1/n) sum_i e_i|^2 <= (1 - eta) Q + gamma^2 N (2 a gap + b1 s1 + b2 s2 + d1),
    a = K A + (1 - delta) Av, ..., K = (1 - delta)(2 - delta)/delta, v for ~ of the assumption. gap, s1 and s2 are any
    numbers with (P2) and (P3).
    Source  derived
    Claim   error-feedback/theorem/compensated-errors *)
Theorem ec_error_model (H : space) (Memory : Type) (n : nat) (estimate : H -> Memory -> law ((nat -> H) * Memory))
    (C : compressor H) (L delta gamma eta : R) (s : ec_state H Memory) (expected : nat -> H)
    (gap s1 s2 A B1 B2 D1 Av B1v B2v D1v : R) :
  (0 < n)%nat -> 0 < L -> 0 < delta <= 1 -> contractive delta C -> 0 < gamma -> eta <= delta / 4 ->
  let drawn := estimate (ec_model s) (memory s) in
  (forall i z, (i < n)%nat -> E[ ⟨fst o i, z⟩ | o <- drawn ] = ⟨expected i, z⟩) ->
  (* (P2), (P3) *)
  mean n (fun i => ‖expected i‖²) <= 2 * A * gap + B1 * s1 + B2 * s2 + D1 ->
  mean n (fun i => E[ ‖fst o i - expected i‖² | o <- drawn ]) <= 2 * Av * gap + B1v * s1 + B2v * s2 + D1v ->
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  let weighted u v := K * u + (1 - delta) * v in
  N * E[ mean n (fun i => ‖errors s' i‖²) | s' <- ec_step n estimate C gamma s ] + 3 * L * gamma * ‖vector_mean n (errors s)‖²
  <= (1 - eta) * (N * mean n (fun i => ‖errors s i‖²))
     + gamma ^ 2 * N * (2 * weighted A Av * gap + weighted B1 B1v * s1 + weighted B2 B2v * s2 + weighted D1 D1v).
Proof.
  intros Hn HL Hd HC Hg Heta drawn HE P2 P3.
  exact (compensated_errors n estimate C delta gamma Hd HC L eta s expected (MomentBound A B1 B2 D1) (MomentBound Av B1v B2v D1v) gap s1 s2
    Hn HL Hg Heta HE P2 P3).
Qed.

(** The iterate itself: |x - x⋆|^2 <= (1 + 1/N) (|x - ebar - x⋆|^2 + N (1/n) sum_i |e_i|^2), which is at most (1 + 1/N) V
    for every V of error compensation.
    Source  derived
    Claim   error-feedback/theorem/iterate, error-feedback/ec-gd-star/rate, error-feedback/ec-gd/rate *)
Theorem ec_iterate (H : space) (n : nat) (x x_star : H) (e : nat -> H) (N : R) : (0 < n)%nat -> 0 < N ->
  ‖x - x_star‖² <= (1 + 1 / N) * (‖(x - vector_mean n e) - x_star‖² + N * mean n (fun i => ‖e i‖²)).
Proof. exact (ec_iterate_bound n x x_star e N). Qed.

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
  pose proof (ec_gd_one_step_with_shifts f x_star L assumed C delta mu gamma Hmu quasi Hd HC Hg (star_shift f x_star) L 0
    (star_shift_cancels f x_star L assumed) (star_row f x_star L assumed) s) as O.
  rewrite Rmult_0_r, Rplus_0_r in O. exact O.
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
  intros Hn HL Hc Hs Ho quasi Hmu Hd HC Hg N.
  exact (EcGd.ec_gd_star_rate f x_star L mu delta gamma C (ConvexSmooth Hn HL Hc Hs Ho) quasi Hmu Hd HC Hg).
Qed.

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
  exact (ec_gd_one_step_with_shifts f x_star L assumed C delta mu gamma Hmu quasi Hd HC Hg no_shift (2 * L) (2 * zeta)
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
  pose proof (ConvexSmooth Hn HL Hc Hs Ho) as assumed.
  exact (ec_gd_contraction_with_shifts_and_noise f x_star L assumed C delta mu gamma (Rlt_le _ _ Hmu) quasi Hd HC Hg no_shift (2 * L)
    (2 * zeta) (no_shift_cancels (size f)) (no_shift_row f x_star L assumed) Ht Hmu).
Qed.

(** EC-GD-DIANA satisfies the assumption: g_i = grad f_i(x) - h_i + hbar, hbar = (1/n) sum_i h_i, A = 2L, B1 = 2, A' = L,
    rho1 = alpha, C1 = alpha L, all else 0, s1 = (1/n) sum_i |h_i - grad f_i(x⋆)|^2.
    Source  slide 50 row 6 (Algorithm 22 with full gradients); constants derived
    Claim   error-feedback/ec-gd-diana/assumption *)
Theorem ec_gd_diana_assumption (H : space) (f : problem H) (x_star : H) (L omega alpha : R) (Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let n := size f in
  let estimate := learned_shifts n (full_source f) Q alpha in
  let s1 h := mean n (fun i => ‖h i - gradient f i x_star‖²) in
  let gap x := mean_value f x - mean_value f x_star in
  let expected x h i := (gradient f i x - h i + vector_mean n h)%v in
  (* (P1) *)
  (forall x t i z, (i < n)%nat -> E[ ⟨fst o i, z⟩ | o <- estimate x t ] = ⟨expected x (shifts t) i, z⟩) /\
  (forall x h z, ⟨vector_mean n (expected x h), z⟩ = ⟨mean_gradient f x, z⟩) /\
  (* (P2) to (P5) *)
  (forall x h, mean n (fun i => ‖expected x h i‖²) <= 2 * (2 * L) * gap x + 2 * s1 h) /\
  (forall x t, mean n (fun i => E[ ‖fst o i - expected x (shifts t) i‖² | o <- estimate x t ]) <= 0) /\
  (forall x t, E[ ‖vector_mean n (fst o)‖² | o <- estimate x t ] <= 2 * L * gap x) /\
  (forall x t, E[ s1 (shifts (snd o)) | o <- estimate x t ] <= (1 - alpha) * s1 (shifts t) + 2 * (alpha * L) * gap x).
Proof.
  intros Hn HL Hc Hs Ho HQ HV Hom [Ha Ha1] n estimate s1 gap expected.
  destruct (learned_shifts_assumption f x_star L (ConvexSmooth Hn HL Hc Hs Ho) (full_source f) _ _ _ _ _ _ (full_source_assumption f x_star)
    Q omega alpha HQ HV Hom (Rlt_le _ _ Ha) (admissible_alpha alpha omega Hom Ha1)) as [K1 K1' K2 K3 K4 K5 _ _ _].
  unfold bound in *. simpl in *. repeat split.
  - exact K1.
  - intros x h. exact (K1' x (Learned h (fun _ => tt))).
  - intros x h. apply Rle_trans with (1 := K2 x (Learned h (fun _ => tt))). right. unfold gap, s1, shift_error, n. simpl. ring.
  - intros x t. apply Rle_trans with (1 := K3 x t). right. ring.
  - intros x t. apply Rle_trans with (1 := K4 x t). right. unfold gap, Rdiv. ring.
  - intros x t. apply Rle_trans with (1 := K5 x t). right. unfold gap, s1, shift_error. fold n. ring.
Qed.

(** EC-GD-DIANA, one step, for every gamma > 0, every contractive C and every unbiased Q, from any errors and shifts:
    E V^{k+1} <= (1 - eta) V^k - gamma theta (f(x^k) - f(x⋆)), eta = min{gamma mu/2, alpha/4, delta/4}, theta = 1 - 2 gamma S.
    Source  slide 50 row 6 (Algorithm 22 with full gradients); derived
    Claim   error-feedback/ec-gd-diana/lyapunov *)
Theorem ec_gd_diana_one_step (H : space) (f : problem H) (x_star : H) (L mu omega alpha delta gamma : R) (C Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let n := size f in
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  let eta := Rmin (gamma * mu / 2) (Rmin (alpha / 4) (delta / 4)) in
  let S := L + N * (14 / 3 * L * K) in
  let step := ec_step n (learned_shifts n (full_source f) Q alpha) C gamma in
  let V s := ‖(ec_model s - vector_mean n (errors s)) - x_star‖²
             + 8 * N * K / (3 * alpha) * gamma ^ 2 * mean n (fun i => ‖shifts (memory s) i - gradient f i x_star‖²)
             + N * mean n (fun i => ‖errors s i‖²) in
  forall s,
    E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * (mean_value f (ec_model s) - mean_value f x_star).
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu Hd HC Hg HQ HV Hom [Ha Ha1].
  exact (proj1 (ec_gd_diana f x_star L (ConvexSmooth Hn HL Hc Hs Ho) C delta mu gamma Hmu quasi Hd HC Hg Q omega alpha HQ HV Hom Ha
    (admissible_alpha alpha omega Hom Ha1))).
Qed.

(** EC-GD-DIANA: 2 gamma S <= 1, E V^k <= (1 - eta)^k V^0. The gradients at x⋆ need not be known, nor zero.
    Source  slide 50 row 6 (Algorithm 22 with full gradients); derived
    Claim   error-feedback/ec-gd-diana/rate *)
Theorem ec_gd_diana_rate (H : space) (f : problem H) (x_star : H) (L mu omega alpha delta gamma : R) (C Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall i, (i < size f)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let n := size f in
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  2 * gamma * (L + N * (14 / 3 * L * K)) <= 1 ->
  let eta := Rmin (gamma * mu / 2) (Rmin (alpha / 4) (delta / 4)) in
  let step := ec_step n (learned_shifts n (full_source f) Q alpha) C gamma in
  let V s := ‖(ec_model s - vector_mean n (errors s)) - x_star‖²
             + 8 * N * K / (3 * alpha) * gamma ^ 2 * mean n (fun i => ‖shifts (memory s) i - gradient f i x_star‖²)
             + N * mean n (fun i => ‖errors s i‖²) in
  forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s.
Proof.
  intros Hn HL Hc Hs Ho quasi Hmu Hd HC Hg HQ HV Hom [Ha Ha1] n N K Hstep.
  exact (proj2 (ec_gd_diana f x_star L (ConvexSmooth Hn HL Hc Hs Ho) C delta mu gamma Hmu quasi Hd HC Hg Q omega alpha HQ HV Hom Ha
    (admissible_alpha alpha omega Hom Ha1)) Hstep).
Qed.

(** EC-LSVRGstar satisfies the assumption: g_i = ghat_i - grad f_i(x⋆) with ghat_i of L-SVRG on f_i = (1/m_i) sum_j f_ij, A = L,
    A~ = 2L, B2~ = 2, A' = L + 2L/n, B2' = 2/n, rho2 = p, C2 = p L, all else 0,
    s2 = (1/n) sum_i (1/m_i) sum_j |grad f_ij(w_i) - grad f_ij(x⋆)|^2.
    Source  slide 50 row 8 (Algorithm 25); constants derived
    Claim   error-feedback/ec-lsvrg-star/assumption *)
Theorem ec_lsvrg_star_assumption (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L : R) (p : probability) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  let estimate := fixed_shifts n (l_svrg_source m component component_gradient p) (fun i => gradient f i x_star) in
  let s2 w := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j (w i) - component_gradient i j x_star‖²)) in
  let gap x := mean_value f x - mean_value f x_star in
  let expected x i := (gradient f i x - gradient f i x_star)%v in
  (* (P1) *)
  (forall x w i z, (i < n)%nat -> E[ ⟨fst o i, z⟩ | o <- estimate x w ] = ⟨expected x i, z⟩) /\
  (forall x z, ⟨vector_mean n (expected x), z⟩ = ⟨mean_gradient f x, z⟩) /\
  (* (P2) to (P4), (P6) *)
  (forall x, mean n (fun i => ‖expected x i‖²) <= 2 * L * gap x) /\
  (forall x w, mean n (fun i => E[ ‖fst o i - expected x i‖² | o <- estimate x w ]) <= 2 * (2 * L) * gap x + 2 * s2 w) /\
  (forall x w, E[ ‖vector_mean n (fst o)‖² | o <- estimate x w ] <= 2 * (L + 2 * L / INR n) * gap x + 2 / INR n * s2 w) /\
  (forall x w, E[ s2 (snd o) | o <- estimate x w ] <= (1 - p) * s2 w + 2 * (p * L) * gap x).
Proof.
  intros f Hn Hm HL Hc Hs Ho estimate s2 gap expected.
  destruct (ec_lsvrg_star_assumption n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho) as [K1 K1' K2 K3 K4 _ K6 _ _].
  unfold bound in *. simpl in *. repeat split.
  - exact K1.
  - intros x. exact (K1' x (fun _ => x)).
  - intros x. apply Rle_trans with (1 := K2 x (fun _ => x)). right. unfold gap. fold f. ring.
  - intros x w. apply Rle_trans with (1 := K3 x w). right. unfold gap, s2, reference_error. fold f. simpl. ring.
  - intros x w. apply Rle_trans with (1 := K4 x w). right. unfold gap, s2, reference_error. fold f. simpl. unfold Rdiv. ring.
  - exact K6.
Qed.

(** EC-LSVRGstar, one step, for every gamma > 0 and every contractive C, from any errors and references:
    E V^{k+1} <= (1 - eta) V^k - gamma theta (f(x^k) - f(x⋆)), eta = min{gamma mu/2, p/4, delta/4}, theta = 1 - 2 gamma S.
    Source  slide 50 row 8 (Algorithm 25); derived
    Claim   error-feedback/ec-lsvrg-star/lyapunov *)
Theorem ec_lsvrg_star_one_step (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L mu delta gamma : R) (p : probability) (C : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  0 < p ->
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  let M := 4 / (3 * p) * (2 / INR n + 2 * N * (1 - delta)) in
  let eta := Rmin (gamma * mu / 2) (Rmin (p / 4) (delta / 4)) in
  let S := L + 14 * L / (3 * INR n) + N * (L * K + 14 / 3 * L * (1 - delta)) in
  let step := ec_step n (fixed_shifts n (l_svrg_source m component component_gradient p) (fun i => gradient f i x_star)) C gamma in
  let V s := ‖(ec_model s - vector_mean n (errors s)) - x_star‖²
             + M * gamma ^ 2 * mean n (fun i => mean (m i) (fun j =>
                                 ‖component_gradient i j (memory s i) - component_gradient i j x_star‖²))
             + N * mean n (fun i => ‖errors s i‖²) in
  forall s,
    E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * (mean_value f (ec_model s) - mean_value f x_star).
Proof.
  intros f Hn Hm HL Hc Hs Ho quasi Hmu Hd HC Hg Hp.
  exact (proj1 (ec_lsvrg_star n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho C delta mu gamma Hmu quasi Hd HC Hg Hp)).
Qed.

(** EC-LSVRGstar: 2 gamma S <= 1, E V^k <= (1 - eta)^k V^0.
    Source  slide 50 row 8 (Algorithm 25); derived
    Claim   error-feedback/ec-lsvrg-star/rate *)
Theorem ec_lsvrg_star_rate (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L mu delta gamma : R) (p : probability) (C : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  0 < p ->
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  2 * gamma * (L + 14 * L / (3 * INR n) + N * (L * K + 14 / 3 * L * (1 - delta))) <= 1 ->
  let M := 4 / (3 * p) * (2 / INR n + 2 * N * (1 - delta)) in
  let eta := Rmin (gamma * mu / 2) (Rmin (p / 4) (delta / 4)) in
  let step := ec_step n (fixed_shifts n (l_svrg_source m component component_gradient p) (fun i => gradient f i x_star)) C gamma in
  let V s := ‖(ec_model s - vector_mean n (errors s)) - x_star‖²
             + M * gamma ^ 2 * mean n (fun i => mean (m i) (fun j =>
                                 ‖component_gradient i j (memory s i) - component_gradient i j x_star‖²))
             + N * mean n (fun i => ‖errors s i‖²) in
  forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s.
Proof.
  intros f Hn Hm HL Hc Hs Ho quasi Hmu Hd HC Hg Hp N K Hstep.
  exact (proj2 (ec_lsvrg_star n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho C delta mu gamma Hmu quasi Hd HC Hg Hp) Hstep).
Qed.

(** EC-LSVRG-DIANA satisfies the assumption: g_i = ghat_i - h_i + hbar with ghat_i of L-SVRG on f_i, A = 2L, B1 = 2, A~ = 2L,
    B2~ = 2, A' = L + 2L/n, B2' = 2/n, rho1 = alpha, C1 = alpha L + 2 alpha^2 (1 + omega) L, G = 2 alpha (1 + omega), rho2 = p,
    C2 = p L, all else 0.
    Source  slide 50 row 9 (Algorithm 26); constants derived
    Claim   error-feedback/ec-lsvrg-diana/assumption *)
Theorem ec_lsvrg_diana_assumption (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L omega alpha : R) (p : probability) (Q : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let estimate := learned_shifts n (l_svrg_source m component component_gradient p) Q alpha in
  let s1 h := mean n (fun i => ‖h i - gradient f i x_star‖²) in
  let s2 w := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j (w i) - component_gradient i j x_star‖²)) in
  let gap x := mean_value f x - mean_value f x_star in
  let expected x h i := (gradient f i x - h i + vector_mean n h)%v in
  (* (P1) *)
  (forall x t i z, (i < n)%nat -> E[ ⟨fst o i, z⟩ | o <- estimate x t ] = ⟨expected x (shifts t) i, z⟩) /\
  (forall x h z, ⟨vector_mean n (expected x h), z⟩ = ⟨mean_gradient f x, z⟩) /\
  (* (P2) to (P6) *)
  (forall x h, mean n (fun i => ‖expected x h i‖²) <= 2 * (2 * L) * gap x + 2 * s1 h) /\
  (forall x t, mean n (fun i => E[ ‖fst o i - expected x (shifts t) i‖² | o <- estimate x t ])
               <= 2 * (2 * L) * gap x + 2 * s2 (references t)) /\
  (forall x t, E[ ‖vector_mean n (fst o)‖² | o <- estimate x t ]
               <= 2 * (L + 2 * L / INR n) * gap x + 2 / INR n * s2 (references t)) /\
  (forall x t, E[ s1 (shifts (snd o)) | o <- estimate x t ]
               <= (1 - alpha) * s1 (shifts t) + 2 * (alpha * L + 2 * alpha ^ 2 * (1 + omega) * L) * gap x
                  + 2 * alpha * (1 + omega) * alpha * s2 (references t)) /\
  (forall x t, E[ s2 (references (snd o)) | o <- estimate x t ] <= (1 - p) * s2 (references t) + 2 * (p * L) * gap x).
Proof.
  intros f Hn Hm HL Hc Hs Ho HQ HV Hom [Ha Ha1] estimate s1 s2 gap expected.
  destruct (ec_lsvrg_diana_assumption n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho Q omega alpha HQ HV Hom Ha
    (admissible_alpha alpha omega Hom Ha1)) as [K1 K1' K2 K3 K4 K5 K6 _ _].
  unfold bound in *. simpl in *. repeat split.
  - exact K1.
  - intros x h. exact (K1' x (Learned h h)).
  - intros x h. apply Rle_trans with (1 := K2 x (Learned h h)). right. unfold gap, s1, shift_error. fold f. simpl. ring.
  - intros x t. apply Rle_trans with (1 := K3 x t). right. unfold gap, s2, reference_error. fold f. simpl. ring.
  - intros x t. apply Rle_trans with (1 := K4 x t). right. unfold gap, s2, reference_error. fold f. simpl. unfold Rdiv. ring.
  - intros x t. apply Rle_trans with (1 := K5 x t). right. unfold gap, s1, s2, shift_error, reference_error. fold f. simpl. ring.
  - exact (fun x t => K6 x t).
Qed.

(** EC-LSVRG-DIANA, one step, for every gamma > 0, every contractive C and every unbiased Q, from any errors, shifts and
    references: E V^{k+1} <= (1 - eta) V^k - gamma theta (f(x^k) - f(x⋆)), eta = min{gamma mu/2, alpha/4, p/4, delta/4},
    theta = 1 - 2 gamma S.
    Source  slide 50 row 9 (Algorithm 26); derived
    Claim   error-feedback/ec-lsvrg-diana/lyapunov *)
Theorem ec_lsvrg_diana_one_step (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L mu omega alpha delta gamma : R) (p : probability) (C Q : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  0 < p ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  let M1 := 8 * N * K / (3 * alpha) in
  let M2 := 4 / (3 * p) * (2 / INR n + 2 * N * (1 - delta) + 16 / 3 * alpha * (1 + omega) * N * K) in
  let eta := Rmin (gamma * mu / 2) (Rmin (Rmin (alpha / 4) (p / 4)) (delta / 4)) in
  let S := L + 14 * L / (3 * INR n) + N * ((14 / 3 + 112 / 9 * alpha * (1 + omega)) * L * K + 14 / 3 * L * (1 - delta)) in
  let step := ec_step n (learned_shifts n (l_svrg_source m component component_gradient p) Q alpha) C gamma in
  let V s := ‖(ec_model s - vector_mean n (errors s)) - x_star‖²
             + M1 * gamma ^ 2 * mean n (fun i => ‖shifts (memory s) i - gradient f i x_star‖²)
             + M2 * gamma ^ 2 * mean n (fun i => mean (m i) (fun j =>
                                  ‖component_gradient i j (references (memory s) i) - component_gradient i j x_star‖²))
             + N * mean n (fun i => ‖errors s i‖²) in
  forall s,
    E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * (mean_value f (ec_model s) - mean_value f x_star).
Proof.
  intros f Hn Hm HL Hc Hs Ho quasi Hmu Hd HC Hg Hp HQ HV Hom [Ha Ha1].
  exact (proj1 (ec_lsvrg_diana n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho C delta mu gamma Hmu quasi Hd HC Hg Hp
    Q omega alpha HQ HV Hom Ha (admissible_alpha alpha omega Hom Ha1))).
Qed.

(** EC-LSVRG-DIANA: 2 gamma S <= 1, E V^k <= (1 - eta)^k V^0.
    Source  slide 50 row 9 (Algorithm 26); derived
    Claim   error-feedback/ec-lsvrg-diana/rate *)
Theorem ec_lsvrg_diana_rate (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L mu omega alpha delta gamma : R) (p : probability) (C Q : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  0 < p ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let N := 12 * L * gamma / delta in
  let K := (1 - delta) * (2 - delta) / delta in
  2 * gamma * (L + 14 * L / (3 * INR n) + N * ((14 / 3 + 112 / 9 * alpha * (1 + omega)) * L * K + 14 / 3 * L * (1 - delta))) <= 1 ->
  let M1 := 8 * N * K / (3 * alpha) in
  let M2 := 4 / (3 * p) * (2 / INR n + 2 * N * (1 - delta) + 16 / 3 * alpha * (1 + omega) * N * K) in
  let eta := Rmin (gamma * mu / 2) (Rmin (Rmin (alpha / 4) (p / 4)) (delta / 4)) in
  let step := ec_step n (learned_shifts n (l_svrg_source m component component_gradient p) Q alpha) C gamma in
  let V s := ‖(ec_model s - vector_mean n (errors s)) - x_star‖²
             + M1 * gamma ^ 2 * mean n (fun i => ‖shifts (memory s) i - gradient f i x_star‖²)
             + M2 * gamma ^ 2 * mean n (fun i => mean (m i) (fun j =>
                                  ‖component_gradient i j (references (memory s) i) - component_gradient i j x_star‖²))
             + N * mean n (fun i => ‖errors s i‖²) in
  forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s.
Proof.
  intros f Hn Hm HL Hc Hs Ho quasi Hmu Hd HC Hg Hp HQ HV Hom [Ha Ha1] N K Hstep.
  exact (proj2 (ec_lsvrg_diana n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho C delta mu gamma Hmu quasi Hd HC Hg Hp
    Q omega alpha HQ HV Hom Ha (admissible_alpha alpha omega Hom Ha1)) Hstep).
Qed.

(** Delayed updates are an error model given the buffer g^{k-1}, g^{k-2}, ..., whatever it holds, for every tau: for
    Q = 3L gamma^3 tau sum_{j<tau} w_{tau-j} |g^{k-1-j}|^2, w_r = (1 - eta)^-1 + ... + (1 - eta)^-r, e = gamma sum_{j<tau} g^{k-1-j},
    Q' + 3L gamma |e|^2 <= (1 - eta) Q + gamma^2 N |g^k|^2, N = 3L gamma tau w_tau <= 4L gamma tau^2.
    Source  derived (EF-PATH)
    Claim   error-feedback/delay/buffered-potential *)
Theorem delayed_error_model (H : space) (L gamma eta : R) (tau : nat) (g : H) (late : nat -> H) :
  0 < L -> 0 < gamma -> (0 < tau)%nat -> 0 <= eta <= 1 / (4 * INR tau) ->
  let T := INR tau in
  let w := window_weight eta in
  let Q late := 3 * L * gamma ^ 3 * T * sum tau (fun j => w (tau - j)%nat * ‖late j‖²) in
  let N := 3 * L * gamma * T * w tau in
  Q (cons g late) + 3 * L * gamma * ‖gamma * vector_sum tau late‖² <= (1 - eta) * Q late + gamma ^ 2 * N * ‖g‖²
  /\ N <= 4 * L * gamma * T ^ 2.
Proof.
  intros HL Hg Ht [He He1] T w Q N. destruct (window_in_numbers 1 L (Nat.lt_0_succ 0) HL tau gamma Ht Hg eta He He1) as (_ & _ & H1 & _ & HN).
  split; [exact (buffered_errors L HL tau gamma eta Hg H1 g late)|exact HN].
Qed.

(** D-LSVRG with the delay tau satisfies (P1), (P4), (P6) with A' = L + 2L/n, B2' = 2/n, rho2 = p, C2 = p L, all else 0.
    Source  slides 55-57 name the method; constants derived
    Claim   error-feedback/d-lsvrg/assumption *)
Theorem d_lsvrg_assumption (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L : R) (p : probability) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  let estimate := mean_of_sources n (l_svrg_source m component component_gradient p) in
  let s2 w := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j (w i) - component_gradient i j x_star‖²)) in
  let gap x := mean_value f x - mean_value f x_star in
  (forall x w z, E[ ⟨fst o, z⟩ | o <- estimate x w ] = ⟨mean_gradient f x, z⟩) /\
  (forall x w, E[ ‖fst o‖² | o <- estimate x w ] <= 2 * (L + 2 * L / INR n) * gap x + 2 / INR n * s2 w) /\
  (forall x w, E[ s2 (snd o) | o <- estimate x w ] <= (1 - p) * s2 w + 2 * (p * L) * gap x).
Proof.
  intros f Hn Hm HL Hc Hs Ho estimate s2 gap.
  destruct (DelayedLsvrg.d_lsvrg_assumption n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho) as [K1 K4 _ K6 _ _].
  unfold bound in *. simpl in *. repeat split.
  - exact K1.
  - intros x w. apply Rle_trans with (1 := K4 x w). right. unfold gap, s2, reference_error. fold f. simpl. unfold Rdiv. ring.
  - exact K6.
Qed.

(** D-LSVRG with the delay tau >= 1, one step, for every gamma > 0, from any buffer and references:
    E V^{k+1} <= (1 - eta) V^k - gamma theta (f(x^k) - f(x⋆)), eta = min{gamma mu/2, p/4, 1/(4 tau)}, theta = 1 - 2 gamma (1 + N) P.
    Source  slides 55-57 name the method; derived
    Claim   error-feedback/d-lsvrg/lyapunov *)
Theorem d_lsvrg_one_step (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L mu gamma : R) (p : probability) (tau : nat) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu -> 0 < gamma -> 0 < p -> (0 < tau)%nat ->
  let T := INR tau in
  let eta := Rmin (gamma * mu / 2) (Rmin (p / 4) (1 / (4 * T))) in
  let N := 3 * L * gamma * T * window_weight eta tau in
  let M := 4 / (3 * p) * (1 + N) * (2 / INR n) in
  let P := L + 14 * L / (3 * INR n) in
  let step := delayed_step tau (mean_of_sources n (l_svrg_source m component component_gradient p)) gamma in
  let V s := ‖(delayed_model s - gamma * vector_sum tau (late s)) - x_star‖²
             + M * gamma ^ 2 * mean n (fun i => mean (m i) (fun j =>
                                 ‖component_gradient i j (delayed_memory s i) - component_gradient i j x_star‖²))
             + 3 * L * gamma ^ 3 * T * sum tau (fun j => window_weight eta (tau - j) * ‖late s j‖²) in
  forall s,
    E[ V s' | s' <- step s ]
    <= (1 - eta) * V s - gamma * (1 - 2 * gamma * ((1 + N) * P)) * (mean_value f (delayed_model s) - mean_value f x_star).
Proof.
  intros f Hn Hm HL Hc Hs Ho quasi Hmu Hg Hp Ht.
  exact (proj1 (d_lsvrg n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho tau mu gamma Ht Hmu quasi Hg Hp)).
Qed.

(** D-LSVRG with the delay tau >= 1: 2 gamma (1 + 4L gamma tau^2) P <= 1, E V^k <= (1 - eta)^k V^0.
    Source  slides 55-57 name the method; derived
    Claim   error-feedback/d-lsvrg/rate *)
Theorem d_lsvrg_rate (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L mu gamma : R) (p : probability) (tau : nat) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu -> 0 < gamma -> 0 < p -> (0 < tau)%nat ->
  let T := INR tau in
  let P := L + 14 * L / (3 * INR n) in
  2 * gamma * ((1 + 4 * L * gamma * T ^ 2) * P) <= 1 ->
  let eta := Rmin (gamma * mu / 2) (Rmin (p / 4) (1 / (4 * T))) in
  let N := 3 * L * gamma * T * window_weight eta tau in
  let M := 4 / (3 * p) * (1 + N) * (2 / INR n) in
  let step := delayed_step tau (mean_of_sources n (l_svrg_source m component component_gradient p)) gamma in
  let V s := ‖(delayed_model s - gamma * vector_sum tau (late s)) - x_star‖²
             + M * gamma ^ 2 * mean n (fun i => mean (m i) (fun j =>
                                 ‖component_gradient i j (delayed_memory s i) - component_gradient i j x_star‖²))
             + 3 * L * gamma ^ 3 * T * sum tau (fun j => window_weight eta (tau - j) * ‖late s j‖²) in
  forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s.
Proof.
  intros f Hn Hm HL Hc Hs Ho quasi Hmu Hg Hp Ht T P Hstep.
  exact (proj2 (d_lsvrg n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho tau mu gamma Ht Hmu quasi Hg Hp) Hstep).
Qed.

(** D-LSVRG-DIANA with the delay tau satisfies (P1), (P4), (P5), (P6) with A' = L + 2L (1 + 2 omega)/n, B1' = 2 omega/n,
    B2' = 2 (1 + omega)/n, rho1 = alpha, C1 = alpha L + 2 alpha^2 (1 + omega) L, G = 2 alpha (1 + omega), rho2 = p, C2 = p L,
    all else 0.
    Source  slides 55-57 name the method; constants derived
    Claim   error-feedback/d-lsvrg-diana/assumption *)
Theorem d_lsvrg_diana_assumption (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L omega alpha : R) (p : probability) (Q : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let estimate := mean_of_differences n (l_svrg_source m component component_gradient p) Q alpha in
  let s1 h := mean n (fun i => ‖h i - gradient f i x_star‖²) in
  let s2 w := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j (w i) - component_gradient i j x_star‖²)) in
  let gap x := mean_value f x - mean_value f x_star in
  (forall x t z, E[ ⟨fst o, z⟩ | o <- estimate x t ] = ⟨mean_gradient f x, z⟩) /\
  (forall x t, E[ ‖fst o‖² | o <- estimate x t ]
               <= 2 * (L + 2 * L * (1 + 2 * omega) / INR n) * gap x + 2 * omega / INR n * s1 (shifts t)
                  + 2 * (1 + omega) / INR n * s2 (references t)) /\
  (forall x t, E[ s1 (shifts (snd o)) | o <- estimate x t ]
               <= (1 - alpha) * s1 (shifts t) + 2 * (alpha * L + 2 * alpha ^ 2 * (1 + omega) * L) * gap x
                  + 2 * alpha * (1 + omega) * alpha * s2 (references t)) /\
  (forall x t, E[ s2 (references (snd o)) | o <- estimate x t ] <= (1 - p) * s2 (references t) + 2 * (p * L) * gap x).
Proof.
  intros f Hn Hm HL Hc Hs Ho HQ HV Hom [Ha Ha1] estimate s1 s2 gap.
  destruct (DelayedLsvrg.d_lsvrg_diana_assumption n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho Q omega alpha HQ HV Hom Ha
    (admissible_alpha alpha omega Hom Ha1)) as [K1 K4 K5 K6 _ _].
  unfold bound in *. simpl in *. repeat split.
  - exact K1.
  - intros x t. apply Rle_trans with (1 := K4 x t). right. unfold gap, s1, s2, shift_error, reference_error. fold f. simpl. unfold Rdiv. ring.
  - intros x t. apply Rle_trans with (1 := K5 x t). right. unfold gap, s1, s2, shift_error, reference_error. fold f. simpl. ring.
  - exact K6.
Qed.

(** D-LSVRG-DIANA with the delay tau >= 1, one step, for every gamma > 0, from any buffer, shifts and references:
    E V^{k+1} <= (1 - eta) V^k - gamma theta (f(x^k) - f(x⋆)), eta = min{gamma mu/2, alpha/4, p/4, 1/(4 tau)},
    theta = 1 - 2 gamma (1 + N) P.
    Source  slides 55-57 name the method; derived
    Claim   error-feedback/d-lsvrg-diana/lyapunov *)
Theorem d_lsvrg_diana_one_step (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L mu omega alpha gamma : R) (p : probability) (tau : nat) (Q : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu -> 0 < gamma -> 0 < p -> (0 < tau)%nat ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let T := INR tau in
  let eta := Rmin (gamma * mu / 2) (Rmin (Rmin (alpha / 4) (p / 4)) (1 / (4 * T))) in
  let N := 3 * L * gamma * T * window_weight eta tau in
  let M1 := 8 * omega / (3 * INR n * alpha) * (1 + N) in
  let M2 := 4 / (3 * p) * (1 + N) * (2 * (1 + omega) / INR n + 16 / 3 * alpha * (1 + omega) * omega / INR n) in
  let P := L + (14 / 3 + 28 / 3 * omega + 112 / 9 * alpha * (1 + omega) * omega) * L / INR n in
  let step := delayed_step tau (mean_of_differences n (l_svrg_source m component component_gradient p) Q alpha) gamma in
  let V s := ‖(delayed_model s - gamma * vector_sum tau (late s)) - x_star‖²
             + M1 * gamma ^ 2 * mean n (fun i => ‖shifts (delayed_memory s) i - gradient f i x_star‖²)
             + M2 * gamma ^ 2 * mean n (fun i => mean (m i) (fun j =>
                                  ‖component_gradient i j (references (delayed_memory s) i) - component_gradient i j x_star‖²))
             + 3 * L * gamma ^ 3 * T * sum tau (fun j => window_weight eta (tau - j) * ‖late s j‖²) in
  forall s,
    E[ V s' | s' <- step s ]
    <= (1 - eta) * V s - gamma * (1 - 2 * gamma * ((1 + N) * P)) * (mean_value f (delayed_model s) - mean_value f x_star).
Proof.
  intros f Hn Hm HL Hc Hs Ho quasi Hmu Hg Hp Ht HQ HV Hom [Ha Ha1].
  exact (proj1 (d_lsvrg_diana n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho tau mu gamma Ht Hmu quasi Hg Hp Q omega alpha
    HQ HV Hom Ha (admissible_alpha alpha omega Hom Ha1))).
Qed.

(** D-LSVRG-DIANA with the delay tau >= 1: 2 gamma (1 + 4L gamma tau^2) P <= 1, E V^k <= (1 - eta)^k V^0.
    Source  slides 55-57 name the method; derived
    Claim   error-feedback/d-lsvrg-diana/rate *)
Theorem d_lsvrg_diana_rate (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L mu omega alpha gamma : R) (p : probability) (tau : nat) (Q : compressor H) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j)) ->
  stationary (mean_gradient f) x_star ->
  quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu -> 0 < gamma -> 0 < p -> (0 < tau)%nat ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha <= 1 / (1 + omega) ->
  let T := INR tau in
  let P := L + (14 / 3 + 28 / 3 * omega + 112 / 9 * alpha * (1 + omega) * omega) * L / INR n in
  2 * gamma * ((1 + 4 * L * gamma * T ^ 2) * P) <= 1 ->
  let eta := Rmin (gamma * mu / 2) (Rmin (Rmin (alpha / 4) (p / 4)) (1 / (4 * T))) in
  let N := 3 * L * gamma * T * window_weight eta tau in
  let M1 := 8 * omega / (3 * INR n * alpha) * (1 + N) in
  let M2 := 4 / (3 * p) * (1 + N) * (2 * (1 + omega) / INR n + 16 / 3 * alpha * (1 + omega) * omega / INR n) in
  let step := delayed_step tau (mean_of_differences n (l_svrg_source m component component_gradient p) Q alpha) gamma in
  let V s := ‖(delayed_model s - gamma * vector_sum tau (late s)) - x_star‖²
             + M1 * gamma ^ 2 * mean n (fun i => ‖shifts (delayed_memory s) i - gradient f i x_star‖²)
             + M2 * gamma ^ 2 * mean n (fun i => mean (m i) (fun j =>
                                  ‖component_gradient i j (references (delayed_memory s) i) - component_gradient i j x_star‖²))
             + 3 * L * gamma ^ 3 * T * sum tau (fun j => window_weight eta (tau - j) * ‖late s j‖²) in
  forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s.
Proof.
  intros f Hn Hm HL Hc Hs Ho quasi Hmu Hg Hp Ht HQ HV Hom [Ha Ha1] T P Hstep.
  exact (proj2 (d_lsvrg_diana n m component component_gradient x_star L p Hn Hm HL Hc Hs Ho tau mu gamma Ht Hmu quasi Hg Hp Q omega alpha
    HQ HV Hom Ha (admissible_alpha alpha omega Hom Ha1)) Hstep).
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

(** * Chapter 4: local methods *)

(** One step, for every method that satisfies the assumption of chapter 4 (local_assumption), whatever says when the workers
    synchronize: E T' <= (1 - eta) T - gamma (f(xbar) - f(x⋆)) + 2 L gamma V + gamma^2 (D' + M1 D1 + M2 D2),
    T = |xbar - x⋆|^2 + M1 gamma^2 s1 + M2 gamma^2 s2. xbar is the average of the iterates, V their discrepancy from it.
    Source  slide 72; derived
    Claim   local/theorem/one-step *)
Theorem local_one_step (H : space) (Memory : Type) (f : problem H) (x_star : H) (L mu gamma eta M1 M2 : R)
    (estimate : (nat -> H) -> Memory -> law (nat -> H)) (server : (nat -> H) -> Memory -> law (bool * Memory))
    (expected : (nat -> H) -> Memory -> nat -> H) (s1 s2 : Memory -> R) (worker_mean worker_variance mean_square : local_bound)
    (v1 v2 : local_variance) (p : R) :
  let n := size f in
  (0 < n)%nat -> 0 < L ->
  (forall i, (i < n)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) -> 0 <= mu ->
  local_assumption f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p ->
  0 < gamma -> 0 <= M1 -> 0 <= M2 -> eta <= gamma * mu ->
  B1_of mean_square <= (rho_of v1 - eta) * M1 -> B2_of mean_square <= (rho_of v2 - eta) * M2 ->
  2 * gamma * (A_of mean_square + C_of v1 * M1 + C_of v2 * M2) <= 1 ->
  gamma * (F_of mean_square + G_of v1 * M1 + G_of v2 * M2) <= L ->
  let xbar state := vector_mean n (iterates state) in
  let T state := ‖xbar state - x_star‖² + M1 * gamma ^ 2 * s1 (local_memory state) + M2 * gamma ^ 2 * s2 (local_memory state) in
  forall state,
    E[ T state' | state' <- local_step n estimate server gamma state ]
    <= (1 - eta) * T state - gamma * (mean_value f (xbar state) - mean_value f x_star)
       + 2 * L * gamma * discrepancy n (iterates state) + gamma ^ 2 * (D_of mean_square + M1 * added v1 + M2 * added v2).
Proof.
  intros n Hn HL Hc Hs Ho quasi Hmu assumption Hg HM1 HM2 Heta HB1 HB2 S1 S2.
  exact (LocalScheme.local_one_step f L mu x_star (ConvexSmooth Hn HL Hc Hs Ho) estimate server expected s1 s2 worker_mean worker_variance
    mean_square v1 v2 p gamma assumption eta M1 M2 quasi Hmu Hg HM1 HM2 Heta HB1 HB2 S1 S2).
Qed.

(** Where the workers synchronize with probability p: E V' <= (1 - p/2) V + (1 - p) gamma^2 (((2 + p)/p) (M) + (N)), (M) and (N)
    the bounds of the assumption.
    Source  derived
    Claim   local/discrepancy/random *)
Theorem local_discrepancy (H : space) (Memory : Type) (f : problem H) (x_star : H) (L gamma : R)
    (estimate : (nat -> H) -> Memory -> law (nat -> H)) (server : (nat -> H) -> Memory -> law (bool * Memory))
    (expected : (nat -> H) -> Memory -> nat -> H) (s1 s2 : Memory -> R) (worker_mean worker_variance mean_square : local_bound)
    (v1 v2 : local_variance) (p : R) :
  let n := size f in
  convex_smooth f L x_star ->
  local_assumption f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p ->
  0 < p <= 1 ->
  forall state,
    let bound b := local_sum b (mean_value f (vector_mean n (iterates state)) - mean_value f x_star) (s1 (local_memory state))
                     (s2 (local_memory state)) (discrepancy n (iterates state)) in
    E[ discrepancy n (iterates state') | state' <- local_step n estimate server gamma state ]
    <= (1 - p / 2) * discrepancy n (iterates state)
       + (1 - p) * gamma ^ 2 * ((2 + p) / p * bound worker_mean + bound worker_variance).
Proof.
  intros n assumed assumption Hp state.
  exact (discrepancy_recursion f L x_star assumed estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p gamma
    assumption state Hp).
Qed.

(** The main theorem, random communication, from equal iterates x: with w_k = (1 - eta)^-(k+1), W = w_0 + ... + w_K and
    xbar^K = (1/W) sum_k w_k xbar_k,
    E f(xbar^K) - f(x⋆) <= (1/W) sum_k w_k E (f(xbar_k) - f(x⋆)) <= (2 T^0 + 4 L gamma sum_j H_j s_j^0)/(gamma W) + noise,
    and 1/W <= (1 - eta)^{K+1}; for eta = 0, W = K + 1.
    [combined] are A*, B1*, B2*, F*, D*, the constants of ((2 + p)/p) (M) + (N); H_j = 2 P Q_j.
    Source  slide 72; derived
    Claim   local/theorem/average *)
Theorem local_average (H : space) (Memory : Type) (f : problem H) (x_star : H) (L mu gamma eta : R)
    (estimate : (nat -> H) -> Memory -> law (nat -> H)) (server : (nat -> H) -> Memory -> law (bool * Memory))
    (expected : (nat -> H) -> Memory -> nat -> H) (s1 s2 : Memory -> R) (worker_mean worker_variance mean_square : local_bound)
    (v1 v2 : local_variance) (p : R) :
  let n := size f in
  (0 < n)%nat -> 0 < L ->
  (forall i, (i < n)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) -> 0 <= mu ->
  local_assumption f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p ->
  0 < p <= 1 -> 0 < rho_of v1 <= 1 -> 0 < rho_of v2 <= 1 -> 0 < gamma ->
  let combined of := (2 + p) / p * of worker_mean + of worker_variance in
  0 <= B1_of mean_square /\ 0 <= B2_of mean_square /\ 0 <= combined B1_of /\ 0 <= combined B2_of ->
  eta <= gamma * mu -> eta <= rho_of v1 / 4 -> eta <= rho_of v2 / 4 -> eta <= p / 4 ->
  let M1 := 4 * B1_of mean_square / (3 * rho_of v1) in
  let M2 := 4 * B2_of mean_square / (3 * rho_of v2) in
  let P := 4 * gamma ^ 2 * (1 - p) / p in
  let Q1 := 4 * combined B1_of / (3 * rho_of v1) in
  let Q2 := 4 * combined B2_of / (3 * rho_of v2) in
  2 * gamma * (A_of mean_square + C_of v1 * M1 + C_of v2 * M2) <= 1 ->
  gamma * (F_of mean_square + G_of v1 * M1 + G_of v2 * M2) <= L ->
  2 * P * (combined F_of + Q1 * G_of v1 + Q2 * G_of v2) <= 1 ->
  16 * L * P * (combined A_of + Q1 * C_of v1 + Q2 * C_of v2) <= 1 ->
  let w k := / (1 - eta) ^ S k in
  let gap x := mean_value f x - mean_value f x_star in
  let step := local_step n estimate server gamma in
  let D3 := 2 * P / gamma ^ 2 * (combined D_of + Q1 * added v1 + Q2 * added v2) in
  forall x t K,
    let start := LocalState (fun _ => x) t in
    let average_gap := sum (S K) (fun k => w k * E[ gap (vector_mean n (iterates state)) | state <- iterate step k start ]) / sum (S K) w in
    E[ gap (weighted_average (S K) w (fun k => vector_mean n (iterates (path k)))) | path <- trajectory step K start ] <= average_gap /\
    average_gap
    <= / sum (S K) w * (/ gamma * (2 * (‖x - x_star‖² + M1 * gamma ^ 2 * s1 t + M2 * gamma ^ 2 * s2 t)
                                   + 4 * L * gamma * (2 * P * Q1 * s1 t + 2 * P * Q2 * s2 t)))
       + 2 * gamma * (D_of mean_square + M1 * added v1 + M2 * added v2 + 2 * L * gamma * D3) /\
    / sum (S K) w <= (1 - eta) ^ S K.
Proof.
  intros n Hn HL Hc Hs Ho quasi Hmu assumption Hp Hrho1 Hrho2 Hg combined HB E1 E2 E3 E4 M1 M2 P Q1 Q2 S1 S2 S3 S4 w gap step D3 x t K start
    average_gap.
  repeat split.
  - exact (gap_of_average f L x_star (ConvexSmooth Hn HL Hc Hs Ho) estimate server v1 gamma eta Hrho1 E2 start K).
  - exact (local_average_of_gaps f L mu x_star (ConvexSmooth Hn HL Hc Hs Ho) estimate server expected s1 s2 worker_mean worker_variance
      mean_square v1 v2 p gamma assumption eta P quasi Hmu Hg Hp Hrho1 Hrho2 eq_refl HB E1 E2 E3 E4 S1 S2 S3 S4 x t K).
  - apply total_weight_inverse. lra.
Qed.

(** Local-SGD, random communication, unbiased gradients of bounded variance at the workers' points: gamma <= p/(20 L), from equal
    iterates x, for all K,
    E f(xbar^K) - f(x⋆) <= (1 - eta)^{K+1} 2 |x - x⋆|^2/gamma + 2 gamma variance/n
                           + 32 L gamma^2 ((1 - p)/p) (3 ((2 + p)/p) zeta + variance).
    eta = min{gamma mu, p/4}, which is gamma mu where mu <= L; zeta = (1/n) sum_i |grad f_i(x⋆)|^2.
    Source  slide 76 row 2 (Algorithm 27) with random communication; constants derived
    Claim   local/local-sgd-uniform/theorem *)
Theorem local_sgd_rate (H : space) (f : problem H) (x_star : H) (L mu gamma variance : R) (gradient_of : oracle H) (p : probability) :
  let n := size f in
  (0 < n)%nat -> 0 < L ->
  (forall i, (i < n)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) -> 0 <= mu ->
  unbiased_oracle f gradient_of ->
  (forall x : nat -> H, mean n (fun i => E[ ‖g - gradient f i (x i)‖² | g <- gradient_of i (x i) ]) <= variance) ->
  0 < p -> 0 < gamma <= p / (20 * L) ->
  let zeta := mean n (fun i => ‖gradient f i x_star‖²) in
  let eta := Rmin (gamma * mu) (p / 4) in
  let w k := / (1 - eta) ^ S k in
  let step := shifted_local_step n gradient_of (fun _ => zero) p gamma in
  let gap x := mean_value f x - mean_value f x_star in
  forall x K,
    let start := LocalState (fun _ => x) tt in
    let average_gap := sum (S K) (fun k => w k * E[ gap (vector_mean n (iterates state)) | state <- iterate step k start ]) / sum (S K) w in
    E[ gap (weighted_average (S K) w (fun k => vector_mean n (iterates (path k)))) | path <- trajectory step K start ] <= average_gap /\
    average_gap <= (1 - eta) ^ S K * (2 * ‖x - x_star‖² / gamma) + 2 * gamma * variance / INR n
                   + 32 * L * gamma ^ 2 * ((1 - p) / p) * ((2 + p) / p * (3 * zeta) + variance).
Proof.
  intros n Hn HL Hc Hs Ho quasi Hmu Hu Hv Hp [Hg Hg1] zeta eta w step gap x K.
  set (assumed := ConvexSmooth Hn HL Hc Hs Ho). destruct (local_sgd_stepsize 20 3 L gamma p HL Hp Hg ltac:(lra) ltac:(lra) Hg1) as [G1 G2].
  exact (shifted_local_rate f L mu x_star assumed gradient_of variance (fun _ => zero) 3 (3 * zeta) gamma p Hu Hv
    (no_local_shift_cancels f L x_star assumed) (plain_local_row f L x_star assumed) quasi Hmu ltac:(lra) Hp Hg G1 G2 x K).
Qed.

(** S*-Local-SGD, the same with the shifts grad f_i(x⋆): gamma <= p/(16 L), and no zeta. Without noise it finds x⋆.
    Source  slide 76 row 7 (Algorithm 29) with random communication; constants derived
    Claim   local/s-star-local-sgd-uniform/theorem *)
Theorem s_star_local_sgd_rate (H : space) (f : problem H) (x_star : H) (L mu gamma variance : R) (gradient_of : oracle H)
    (p : probability) :
  let n := size f in
  (0 < n)%nat -> 0 < L ->
  (forall i, (i < n)%nat -> convex (value f i) (gradient f i)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) -> 0 <= mu ->
  unbiased_oracle f gradient_of ->
  (forall x : nat -> H, mean n (fun i => E[ ‖g - gradient f i (x i)‖² | g <- gradient_of i (x i) ]) <= variance) ->
  0 < p -> 0 < gamma <= p / (16 * L) ->
  let eta := Rmin (gamma * mu) (p / 4) in
  let w k := / (1 - eta) ^ S k in
  let step := shifted_local_step n gradient_of (fun i => gradient f i x_star) p gamma in
  let gap x := mean_value f x - mean_value f x_star in
  forall x K,
    let start := LocalState (fun _ => x) tt in
    let average_gap := sum (S K) (fun k => w k * E[ gap (vector_mean n (iterates state)) | state <- iterate step k start ]) / sum (S K) w in
    E[ gap (weighted_average (S K) w (fun k => vector_mean n (iterates (path k)))) | path <- trajectory step K start ] <= average_gap /\
    average_gap <= (1 - eta) ^ S K * (2 * ‖x - x_star‖² / gamma) + 2 * gamma * variance / INR n
                   + 32 * L * gamma ^ 2 * ((1 - p) / p) * variance.
Proof.
  intros n Hn HL Hc Hs Ho quasi Hmu Hu Hv Hp [Hg Hg1] eta w step gap x K.
  set (assumed := ConvexSmooth Hn HL Hc Hs Ho). destruct (local_sgd_stepsize 16 2 L gamma p HL Hp Hg ltac:(lra) ltac:(lra) Hg1) as [G1 G2].
  destruct (shifted_local_rate f L mu x_star assumed gradient_of variance (fun i => gradient f i x_star) 2 0 gamma p Hu Hv
    (solution_gradients_cancel f L x_star assumed) (star_local_row f L x_star assumed) quasi Hmu ltac:(lra) Hp Hg G1 G2 x K) as [R1 R2].
  split; [exact R1|]. apply Rle_trans with (1 := R2). right. apply f_equal. ring.
Qed.

(** S-Local-SVRG satisfies (M), (N), (A), (S) with A = 4L, B1 = 2, F = 4 L^2, A~ = 4 Lc, B2~ = 2, F~ = 4 Lc L, A' = 2L + 4 Lc/n,
    B2' = 2/n, F' = 2 L^2 + 4 Lc L/n, rho1 = rho2 = q, C1 = q L, C2 = q Lc, all else 0; Lc = component_L,
    s1 = (1/n) sum_i |grad f_i(w) - grad f_i(x⋆)|^2 <= s2 = (1/n) sum_i (1/m_i) sum_j |grad f_ij(w) - grad f_ij(x⋆)|^2, so that s2 alone
    will do, with B2 = 2. Of the coins only the chances count.
    Source  slide 76 row 11 (Algorithm 32); constants derived
    Claim   local/s-local-svrg/assumption, local/s-local-svrg-sharp/assumption *)
Theorem s_local_svrg_assumption (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L component_L p q : R) (coins : law (bool * bool)) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L -> 0 < component_L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth component_L (component i j) (component_gradient i j)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  stationary (mean_gradient f) x_star ->
  coins_show p q coins -> 0 <= q ->
  let estimate := s_local_svrg_gradients n m component component_gradient in
  let server := s_local_svrg_server n coins in
  let expected x w i := (gradient f i (x i) - gradient f i w + mean_gradient f w)%v in
  let s1 w := mean n (fun i => ‖gradient f i w - gradient f i x_star‖²) in
  let s2 w := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j w - component_gradient i j x_star‖²)) in
  let gap x := mean_value f (vector_mean n x) - mean_value f x_star in
  let V x := discrepancy n x in
  (forall x w i z, (i < n)%nat -> E[ ⟨g i, z⟩ | g <- estimate x w ] = ⟨expected x w i, z⟩) /\
  (forall x w z, mean n (fun i => ⟨expected x w i, z⟩) = mean n (fun i => ⟨gradient f i (x i), z⟩)) /\
  (* (M), (N), (A), (S) *)
  (forall x w, mean n (fun i => ‖expected x w i‖²) <= 2 * (4 * L) * gap x + 2 * s1 w + 4 * L ^ 2 * V x) /\
  (forall x w, mean n (fun i => E[ ‖g i - expected x w i‖² | g <- estimate x w ])
               <= 2 * (4 * component_L) * gap x + 2 * s2 w + 4 * component_L * L * V x) /\
  (forall x w, E[ ‖vector_mean n g‖² | g <- estimate x w ]
               <= 2 * (2 * L + 4 * component_L / INR n) * gap x + 2 / INR n * s2 w
                  + (2 * L ^ 2 + 4 * component_L * L / INR n) * V x) /\
  (forall x w, E[ s1 (snd c) | c <- server x w ] <= (1 - q) * s1 w + 2 * (q * L) * gap x) /\
  (forall x w, E[ s2 (snd c) | c <- server x w ] <= (1 - q) * s2 w + 2 * (q * component_L) * gap x) /\
  (forall w, s1 w <= s2 w).
Proof.
  intros f Hn Hm HL HLc Hc Hs HsL Ho Hcoins Hq estimate server expected s1 s2 gap V.
  destruct (s_local_svrg_sharp_assumption n m component component_gradient x_star L component_L p q coins Hn Hm HL HLc Hc Hs HsL Ho
    Hcoins Hq) as [K1 K1' K2 K3 K4 K5 K6 _ _ _].
  unfold local_sum, local_next_variance in *. simpl A_of in *. simpl B1_of in *. simpl B2_of in *. simpl F_of in *. simpl D_of in *.
  simpl rho_of in *. simpl C_of in *. simpl G_of in *. simpl added in *. change (size f) with n in *.
  repeat split.
  - exact K1.
  - exact K1'.
  - intros x w. apply Rle_trans with (1 := K2 x w). right. rewrite Rmult_0_l, !Rplus_0_r. reflexivity.
  - intros x w. apply Rle_trans with (1 := K3 x w). right. rewrite Rmult_0_l, !Rplus_0_r. reflexivity.
  - intros x w. apply Rle_trans with (1 := K4 x w). right. rewrite Rmult_0_l, !Rplus_0_r. reflexivity.
  - intros x w. apply Rle_trans with (1 := K5 x w). right. rewrite Rmult_0_l, !Rplus_0_r. reflexivity.
  - intros x w. apply Rle_trans with (1 := K6 x w). right. rewrite Rmult_0_l, !Rplus_0_r. reflexivity.
  - exact (shifts_below_references n m component component_gradient x_star Hm).
Qed.

(** S-Local-SVRG finds the solution at a linear rate, however different the f_i are: from equal iterates x and any reference point
    y, with gamma <= 1/(4L + 40 Lc/(3n)), p/(32 L) and 1936 (1 - p) L Lc gamma^2 <= p^2, eta = min{gamma mu, q/4},
    E f(xbar^K) - f(x⋆) <= (1 - eta)^{K+1} (1/gamma) (2 |x - x⋆|^2 + (16/(3nq)) gamma^2 s + 4 L H gamma s) for all K,
    H = 128 (1 - p^2) gamma^2/(3 p^2 q). The workers synchronize with probability p, the reference point is refreshed with
    probability q, independently of each other.
    Source  slide 76 row 11 (Algorithm 32); constants derived
    Claim   local/s-local-svrg/theorem *)
Theorem s_local_svrg_rate (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L component_L mu gamma : R) (p q : probability) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L -> 0 < component_L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth component_L (component i j) (component_gradient i j)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) -> 0 <= mu ->
  stationary (mean_gradient f) x_star ->
  0 < p -> 0 < q -> 0 < gamma ->
  gamma <= 1 / (4 * L + 40 * component_L / (3 * INR n)) -> gamma <= p / (32 * L) ->
  1936 * (1 - p) * L * component_L * gamma ^ 2 <= p ^ 2 ->
  let eta := Rmin (gamma * mu) (q / 4) in
  let s w := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j w - component_gradient i j x_star‖²)) in
  let weight := 128 * (1 - p ^ 2) * gamma ^ 2 / (3 * p ^ 2 * q) in
  let step := s_local_svrg_step n m component component_gradient (independent_coins p q) gamma in
  let w k := / (1 - eta) ^ S k in
  forall x y K,
    E[ mean_value f (weighted_average (S K) w (fun k => vector_mean n (iterates (path k)))) - mean_value f x_star
     | path <- trajectory step K (LocalState (fun _ => x) y) ]
    <= (1 - eta) ^ S K * (/ gamma * (2 * ‖x - x_star‖² + 16 / (3 * INR n * q) * gamma ^ 2 * s y + 4 * L * weight * gamma * s y)).
Proof.
  intros f Hn Hm HL HLc Hc Hs HsL quasi Hmu Ho Hp Hq Hg G1 G2 G3.
  exact (SLocalSvrgRate.s_local_svrg_rate n m component component_gradient x_star L component_L mu gamma p q _ Hn Hm HL HLc Hc Hs HsL
    quasi Ho Hmu (independent_coins_show p q) (conj Hp (proj2 (chance_range p))) (conj Hq (proj2 (chance_range q))) Hg
    (s_local_svrg_first_stepsize L component_L gamma n Hn HL HLc G1) (s_local_svrg_second_stepsize 32 L p gamma ltac:(lra) HL G2) G3).
Qed.

(** The same for the weighted average of the gaps at the averages xbar_k, of which that at xbar^K is not more; and the coins may
    depend on each other, in any way: only their chances count. A reference point refreshed only in a synchronization is one case
    (coins_when_synchronizing).
    Source  derived; slide 76 row 11 (Algorithm 32)
    Claim   local/s-local-svrg/theorem, local/s-local-svrg-coupled/theorem *)
Theorem s_local_svrg_rate_coupled (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L component_L mu gamma p q : R) (coins : law (bool * bool)) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L -> 0 < component_L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth component_L (component i j) (component_gradient i j)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) -> 0 <= mu ->
  stationary (mean_gradient f) x_star ->
  coins_show p q coins -> 0 < p <= 1 -> 0 < q <= 1 -> 0 < gamma ->
  gamma <= 1 / (4 * L + 40 * component_L / (3 * INR n)) -> gamma <= p / (32 * L) ->
  1936 * (1 - p) * L * component_L * gamma ^ 2 <= p ^ 2 ->
  let eta := Rmin (gamma * mu) (q / 4) in
  let s w := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j w - component_gradient i j x_star‖²)) in
  let weight := 128 * (1 - p ^ 2) * gamma ^ 2 / (3 * p ^ 2 * q) in
  let step := s_local_svrg_step n m component component_gradient coins gamma in
  let w k := / (1 - eta) ^ S k in
  let gap x := mean_value f x - mean_value f x_star in
  forall x y K,
    let start := LocalState (fun _ => x) y in
    let average_gap := sum (S K) (fun k => w k * E[ gap (vector_mean n (iterates state)) | state <- iterate step k start ]) / sum (S K) w in
    E[ gap (weighted_average (S K) w (fun k => vector_mean n (iterates (path k)))) | path <- trajectory step K start ] <= average_gap /\
    average_gap
    <= (1 - eta) ^ S K * (/ gamma * (2 * ‖x - x_star‖² + 16 / (3 * INR n * q) * gamma ^ 2 * s y + 4 * L * weight * gamma * s y)).
Proof.
  intros f Hn Hm HL HLc Hc Hs HsL quasi Hmu Ho Hcoins Hp Hq Hg G1 G2 G3 eta s weight step w gap x y K start average_gap. split.
  - exact (s_local_svrg_gap_of_average n m component component_gradient x_star L component_L mu gamma q coins Hn Hm HL HLc Hc Hs HsL
      Ho Hq x y K).
  - exact (s_local_svrg_rate_of_gaps n m component component_gradient x_star L component_L mu gamma p q coins Hn Hm HL HLc Hc Hs HsL
      quasi Ho Hmu Hcoins Hp Hq Hg (s_local_svrg_first_stepsize L component_L gamma n Hn HL HLc G1)
      (s_local_svrg_second_stepsize 32 L p gamma ltac:(lra) HL G2) G3 x y K).
Qed.

(** With two sequences the stepsize may be larger where p is small: gamma <= 1/(4L + 40 Lc/(3n)), p/(42 L) and
    900 (1 - p) L Lc gamma^2 <= p, for coins that may depend on each other.
    Source  derived; slide 76 row 11 (Algorithm 32)
    Claim   local/s-local-svrg-sharp/theorem *)
Theorem s_local_svrg_sharp_rate (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (x_star : H) (L component_L mu gamma p q : R) (coins : law (bool * bool)) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L -> 0 < component_L ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j)) ->
  (forall i j, (i < n)%nat -> (j < m i)%nat -> smooth component_L (component i j) (component_gradient i j)) ->
  (forall i, (i < n)%nat -> smooth L (value f i) (gradient f i)) ->
  (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) -> 0 <= mu ->
  stationary (mean_gradient f) x_star ->
  coins_show p q coins -> 0 < p <= 1 -> 0 < q <= 1 -> 0 < gamma ->
  gamma <= 1 / (4 * L + 40 * component_L / (3 * INR n)) -> gamma <= p / (42 * L) ->
  900 * (1 - p) * L * component_L * gamma ^ 2 <= p ->
  let eta := Rmin (gamma * mu) (q / 4) in
  let s1 w := mean n (fun i => ‖gradient f i w - gradient f i x_star‖²) in
  let s2 w := mean n (fun i => mean (m i) (fun j => ‖component_gradient i j w - component_gradient i j x_star‖²)) in
  let weight_1 := 64 * (1 - p) * (2 + p) * gamma ^ 2 / (3 * p ^ 2 * q) in
  let weight_2 := 64 * (1 - p) * gamma ^ 2 / (3 * p * q) in
  let step := s_local_svrg_step n m component component_gradient coins gamma in
  let w k := / (1 - eta) ^ S k in
  let gap x := mean_value f x - mean_value f x_star in
  forall x y K,
    let start := LocalState (fun _ => x) y in
    let average_gap := sum (S K) (fun k => w k * E[ gap (vector_mean n (iterates state)) | state <- iterate step k start ]) / sum (S K) w in
    E[ gap (weighted_average (S K) w (fun k => vector_mean n (iterates (path k)))) | path <- trajectory step K start ] <= average_gap /\
    average_gap
    <= (1 - eta) ^ S K * (/ gamma * (2 * ‖x - x_star‖² + 16 / (3 * INR n * q) * gamma ^ 2 * s2 y
                                     + 4 * L * gamma * (weight_1 * s1 y + weight_2 * s2 y))).
Proof.
  intros f Hn Hm HL HLc Hc Hs HsL quasi Hmu Ho Hcoins Hp Hq Hg G1 G2 G3 eta s1 s2 weight_1 weight_2 step w gap x y K start average_gap. split.
  - exact (s_local_svrg_gap_of_average n m component component_gradient x_star L component_L mu gamma q coins Hn Hm HL HLc Hc Hs HsL
      Ho Hq x y K).
  - exact (s_local_svrg_sharp_rate_of_gaps n m component component_gradient x_star L component_L mu gamma p q coins Hn Hm HL HLc Hc Hs HsL
      quasi Ho Hmu Hcoins Hp Hq Hg (s_local_svrg_first_stepsize L component_L gamma n Hn HL HLc G1)
      (s_local_svrg_second_stepsize 42 L p gamma ltac:(lra) HL G2) G3 x y K).
Qed.

(** * Chapter 5: non-convex problems *)

(** The theorem of methods x' = x - gamma g whose g is biased, one step: let the error of g shrink as (R) says. Then
    E Phi' <= Phi - (gamma/2) |grad f(x)|^2 + (gamma/2) nu, Phi = f(x) - f_low + gamma/(2p) |g - grad f(x)|^2.
    Source  derived; the theorems of arXiv:2102.07845 are instances
    Claim   marina/marina/descent *)
Theorem biased_estimator_one_step (H : space) (f : H -> R) (grad : H -> H) (estimator : H -> H -> H -> law H)
    (L f_low gamma p Lambda_squared nu : R) :
  smooth L f grad -> 0 < p <= 1 -> 0 < gamma ->
  (* (R) *)
  (forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - grad y‖² | g' <- estimator x y g ] <= (1 - p) * ‖g - grad x‖² + p * Lambda_squared * ‖y - x‖² + p * nu) ->
  0 <= 1 - gamma * L - gamma ^ 2 * Lambda_squared ->
  let Phi s := f (model s) - f_low + gamma / (2 * p) * ‖estimate s - grad (model s)‖² in
  forall s, E[ Phi s' | s' <- biased_step gamma estimator s ] <= Phi s - gamma / 2 * ‖grad (model s)‖² + gamma / 2 * nu.
Proof.
  intros Hs Hp Hg row margin Phi s.
  pose proof (biased_descent f grad estimator L f_low gamma p Lambda_squared nu Hs Hp Hg row s margin) as D.
  unfold biased_potential in D. unfold Phi. lra.
Qed.

(** Under the Polyak-Lojasiewicz condition E Psi' <= (1 - gamma mu) Psi + gamma nu, Psi = f(x) - f_low + (gamma/p) |g - grad f(x)|^2.
    Source  derived; the theorems of arXiv:2102.07845 are instances
    Claim   marina/marina/descent-pl *)
Theorem biased_estimator_one_step_pl (H : space) (f : H -> R) (grad : H -> H) (estimator : H -> H -> H -> law H)
    (L f_low mu gamma p Lambda_squared nu : R) :
  smooth L f grad -> 0 < p <= 1 -> 0 < gamma ->
  (forall x, 2 * mu * (f x - f_low) <= ‖grad x‖²) ->
  (* (R) *)
  (forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - grad y‖² | g' <- estimator x y g ] <= (1 - p) * ‖g - grad x‖² + p * Lambda_squared * ‖y - x‖² + p * nu) ->
  0 <= 1 - gamma * L - 2 * gamma ^ 2 * Lambda_squared -> 2 * gamma * mu <= p ->
  let Psi s := f (model s) - f_low + gamma / p * ‖estimate s - grad (model s)‖² in
  forall s, E[ Psi s' | s' <- biased_step gamma estimator s ] <= (1 - gamma * mu) * Psi s + gamma * nu.
Proof.
  intros Hs Hp Hg HPL row margin Hgm Psi s.
  exact (biased_descent_pl f grad estimator L f_low gamma p Lambda_squared nu Hs Hp Hg row mu s HPL Hgm margin).
Qed.

(** After K steps, from any state: (1/K) sum_{k<K} E|grad f(x^k)|^2 <= 2 Phi^0/(gamma K) + nu.
    Source  derived; the theorems of arXiv:2102.07845 are instances
    Claim   marina/marina/rate *)
Theorem biased_estimator_rate (H : space) (f : H -> R) (grad : H -> H) (estimator : H -> H -> H -> law H)
    (L f_low gamma p Lambda_squared nu : R) :
  (forall x, f_low <= f x) -> smooth L f grad -> 0 < p <= 1 -> 0 < gamma ->
  (* (R) *)
  (forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - grad y‖² | g' <- estimator x y g ] <= (1 - p) * ‖g - grad x‖² + p * Lambda_squared * ‖y - x‖² + p * nu) ->
  0 <= 1 - gamma * L - gamma ^ 2 * Lambda_squared ->
  let Phi s := f (model s) - f_low + gamma / (2 * p) * ‖estimate s - grad (model s)‖² in
  forall K s, (0 < K)%nat ->
    mean K (fun k => E[ ‖grad (model s')‖² | s' <- iterate (biased_step gamma estimator) k s ]) <= 2 * Phi s / (gamma * INR K) + nu.
Proof. exact (biased_rate f grad estimator L f_low gamma p Lambda_squared nu). Qed.

(** Under the Polyak-Lojasiewicz condition E Psi^k <= (1 - gamma mu)^k Psi^0 + nu/mu.
    Source  derived; the theorems of arXiv:2102.07845 are instances
    Claim   marina/marina/rate-pl *)
Theorem biased_estimator_rate_pl (H : space) (f : H -> R) (grad : H -> H) (estimator : H -> H -> H -> law H)
    (L f_low mu gamma p Lambda_squared nu : R) :
  smooth L f grad -> 0 < p <= 1 -> 0 < gamma ->
  (forall x, 2 * mu * (f x - f_low) <= ‖grad x‖²) -> 0 < mu ->
  (* (R) *)
  (forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - grad y‖² | g' <- estimator x y g ] <= (1 - p) * ‖g - grad x‖² + p * Lambda_squared * ‖y - x‖² + p * nu) ->
  0 <= nu -> 0 <= 1 - gamma * L - 2 * gamma ^ 2 * Lambda_squared -> 2 * gamma * mu <= p ->
  let Psi s := f (model s) - f_low + gamma / p * ‖estimate s - grad (model s)‖² in
  forall k s, E[ Psi s' | s' <- iterate (biased_step gamma estimator) k s ] <= (1 - gamma * mu) ^ k * Psi s + nu / mu.
Proof.
  intros Hs Hp Hg HPL Hmu row Hnu margin Hgm.
  exact (biased_rate_pl f grad estimator L f_low gamma p Lambda_squared nu Hs Hp Hg row mu HPL Hmu Hnu Hgm margin).
Qed.

(** What these theorems ask of the stepsize is gamma <= 2/(L + sqrt(L^2 + 4 Lambda^2)); gamma <= 1/(L + Lambda) is enough.
    Source  derived
    Claim   marina/marina/sharp-stepsize *)
Theorem biased_estimator_stepsize (L Lambda gamma : R) : 0 < L -> 0 <= Lambda -> 0 < gamma ->
  (0 <= 1 - gamma * L - gamma ^ 2 * Lambda ^ 2 <-> gamma <= 2 / (L + sqrt (L ^ 2 + 4 * Lambda ^ 2))) /\
  (gamma <= 1 / (L + Lambda) -> 0 <= 1 - gamma * L - gamma ^ 2 * Lambda ^ 2).
Proof.
  intros HL HLam Hg. split; [exact (largest_stepsize L Lambda gamma HL Hg)|].
  intros Hg1. apply (stepsize_margin L (Lambda ^ 2) gamma HL (pow2_ge_0 Lambda) Hg). rewrite <- Rsqr_pow2, sqrt_Rsqr by assumption. exact Hg1.
Qed.

(** MARINA satisfies (R) with p Lambda^2 = (1 - p) omega L^2/n, nu = 0.
    Source  Algorithm 33; slides "New Method: MARINA"; arXiv:2102.07845
    Claim   marina/marina/estimator *)
Theorem marina_row (H : space) (f : problem H) (L omega gamma : R) (Q : compressor H) (p : probability) :
  (0 < size f)%nat ->
  (forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < p ->
  forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - mean_gradient f y‖² | g' <- marina_estimator f Q p x y g ]
    <= (1 - p) * ‖g - mean_gradient f x‖² + (1 - p) * (omega * L ^ 2 / INR (size f)) * ‖y - x‖².
Proof.
  intros Hn Hms HQ HV Hom Hp x g y. apply Rle_trans with (1 := Marina.marina_row f L omega gamma Q p Hn Hms HQ HV Hom Hp x g).
  right. fold y. field. repeat split; (lra || (apply not_0_INR; lia)).
Qed.

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

(** MARINA under the Polyak-Lojasiewicz condition |grad f(x)|^2 >= 2 mu (f(x) - f_low), from g^0 = grad f(x^0):
    E f(x^k) - f_low <= (1 - gamma mu)^k (f(x^0) - f_low) for gamma <= 1/(L (1 + sqrt(2 (1 - p) omega/(p n)))) and gamma <= p/(2 mu).
    Source  Algorithm 33; slides "New Method: MARINA"; arXiv:2102.07845
    Claim   marina/marina/rate-pl *)
Theorem marina_rate_pl (H : space) (f : problem H) (L f_low mu omega gamma : R) (Q : compressor H) (p : probability) :
  (0 < size f)%nat -> 0 < L ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x, 2 * mu * (mean_value f x - f_low) <= ‖mean_gradient f x‖²) -> 0 < mu ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma <= 1 / (L * (1 + sqrt (2 * (1 - p) * omega / (p * INR (size f))))) -> gamma <= p / (2 * mu) ->
  forall k x,
    E[ mean_value f (model s) - f_low | s <- iterate (marina_step f Q p gamma) k (marina_start f x) ]
    <= (1 - gamma * mu) ^ k * (mean_value f x - f_low).
Proof.
  intros Hn HL Hs Hms HPL Hmu HQ HV Hom Hp [Hg Hg1].
  exact (Marina.marina_rate_pl f L f_low mu omega gamma Q p Hn HL Hs Hms HPL Hmu HQ HV Hom Hp Hg Hg1).
Qed.

(** DIANA with full gradients on non-convex problems, from any shifts: with 0 < alpha <= 1/(1 + omega), theta^2 = 2 (2 - alpha) omega/(alpha^2 n)
    and gamma <= 1/(L + sqrt(L^2 theta^2)) = 1/(L (1 + theta)), Phi = f(x) - f_low + gamma omega/(n alpha) (1/n) sum_i |grad f_i(x) - h_i|^2,
    (1/K) sum_{k<K} E|grad f(x^k)|^2 <= 2 Phi^0/(gamma K).
    Source  slides "Faster Distributed Methods with Compression for Non-Convex Optimization"; constants derived
    Claim   marina/diana/rate *)
Theorem diana_nonconvex_rate (H : space) (f : problem H) (L f_low omega alpha gamma : R) (Q : compressor H) :
  (0 < size f)%nat -> 0 < L ->
  (forall x, f_low <= mean_value f x) ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha -> alpha * (1 + omega) <= 1 ->
  let theta_squared := 2 * (2 - alpha) * omega / (alpha ^ 2 * INR (size f)) in
  0 < gamma <= 1 / (L + sqrt (L ^ 2 * theta_squared)) ->
  let Phi s := mean_value f (fst s) - f_low
               + gamma * omega / (INR (size f) * alpha) * mean (size f) (fun i => ‖gradient f i (fst s) - snd s i‖²) in
  forall K s, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (fst s')‖²
                      | s' <- iterate (sgd_step gamma (diana_estimator (size f) (full_gradient f) Q alpha)) k s ])
    <= 2 * Phi s / (gamma * INR K).
Proof.
  intros Hn HL Hlow Hs Hms HQ HV Hom Ha Ha1 theta_squared [Hg Hg1] Phi K s HK.
  assert (Ht : 0 <= L ^ 2 * theta_squared).
  { assert (alpha <= 1) by nra. apply Rmult_le_pos; [apply pow2_ge_0|]. apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|].
    left. apply Rinv_0_lt_compat, Rmult_lt_0_compat; [now apply pow_lt|now apply lt_0_INR]. }
  pose proof (diana_nonconvex f L f_low omega alpha gamma Q Hn Hlow Hs Hms HQ HV Hom Ha Ha1 Hg K s
    (stepsize_margin L (L ^ 2 * theta_squared) gamma HL Ht Hg Hg1) HK) as D.
  unfold diana_potential in D. rewrite Rmult_1_l in D. exact D.
Qed.

(** Under the Polyak-Lojasiewicz condition, 1 - gamma L - 2 gamma^2 L^2 theta^2 >= 0 and gamma <= alpha/(4 mu): E Psi^k <= (1 - gamma mu)^k Psi^0,
    Psi = f(x) - f_low + 2 gamma omega/(n alpha) (1/n) sum_i |grad f_i(x) - h_i|^2.
    Source  derived
    Claim   marina/diana/descent-pl *)
Theorem diana_nonconvex_rate_pl (H : space) (f : problem H) (L f_low mu omega alpha gamma : R) (Q : compressor H) :
  (0 < size f)%nat ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x, 2 * mu * (mean_value f x - f_low) <= ‖mean_gradient f x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < alpha -> alpha * (1 + omega) <= 1 -> 0 < gamma ->
  let theta_squared := 2 * (2 - alpha) * omega / (alpha ^ 2 * INR (size f)) in
  0 <= 1 - gamma * L - 2 * (gamma ^ 2 * (L ^ 2 * theta_squared)) -> 4 * gamma * mu <= alpha ->
  let Psi s := mean_value f (fst s) - f_low
               + 2 * gamma * omega / (INR (size f) * alpha) * mean (size f) (fun i => ‖gradient f i (fst s) - snd s i‖²) in
  forall k s,
    E[ Psi s' | s' <- iterate (sgd_step gamma (diana_estimator (size f) (full_gradient f) Q alpha)) k s ] <= (1 - gamma * mu) ^ k * Psi s.
Proof.
  intros Hn Hs Hms HPL HQ HV Hom Ha Ha1 Hg theta_squared margin Hgm.
  exact (diana_nonconvex_pl f L f_low omega alpha gamma Q Hn Hs Hms HQ HV Hom Ha Ha1 Hg mu HPL Hgm margin).
Qed.

(** VR-MARINA for finite sums satisfies (R) with p Lambda^2 = (1 - p)/n (omega L^2 + (1 + omega) curly_L^2/b), nu = 0.
    Source  Algorithm 34; announced on the slides; arXiv:2102.07845
    Claim   marina/vr-marina/estimator *)
Theorem vr_marina_row (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (L curly_L omega gamma : R) (b : nat) (Q : compressor H) (p : probability) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> (0 < b)%nat ->
  (forall x y, mean n (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x y, mean n (fun i => mean (m i) (fun j =>
     ‖(component_gradient i j y - component_gradient i j x) - (gradient f i y - gradient f i x)‖²)) <= curly_L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < p ->
  forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - mean_gradient f y‖² | g' <- vr_marina_estimator n m component component_gradient b Q p x y g ]
    <= (1 - p) * ‖g - mean_gradient f x‖² + (1 - p) / INR n * (omega * L ^ 2 + (1 + omega) * curly_L ^ 2 / INR b) * ‖y - x‖².
Proof.
  intros f Hn Hm Hb Hms Hcs HQ HV Hom Hp x g y.
  apply Rle_trans with (1 := VrMarinaRate.vr_marina_row n m component component_gradient L curly_L omega gamma b Q p Hn Hm Hb Hms Hcs HQ HV
    Hom Hp x g).
  right. fold f y. unfold vr_marina_Lambda_squared. field. repeat split; (lra || (apply not_0_INR; lia)).
Qed.

(** VR-MARINA for finite sums f_i = (1/m_i) sum_j f_ij, minibatches of b components drawn with replacement, from g^0 = grad f(x^0):
    (1/K) sum_{k<K} E|grad f(x^k)|^2 <= 2 (f(x^0) - f_low)/(gamma K) for
    gamma <= 1/(L + sqrt((1 - p)/(p n) (omega L^2 + (1 + omega) curly_L^2/b))).
    Source  Algorithm 34; announced on the slides; arXiv:2102.07845
    Claim   marina/vr-marina/rate *)
Theorem vr_marina_rate (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (L curly_L f_low omega gamma : R) (b : nat) (Q : compressor H) (p : probability) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> (0 < b)%nat -> 0 < L ->
  (forall x, f_low <= mean_value f x) ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean n (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x y, mean n (fun i => mean (m i) (fun j =>
     ‖(component_gradient i j y - component_gradient i j x) - (gradient f i y - gradient f i x)‖²)) <= curly_L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma <= 1 / (L + sqrt ((1 - p) / (p * INR n) * (omega * L ^ 2 + (1 + omega) * curly_L ^ 2 / INR b))) ->
  let step := biased_step gamma (vr_marina_estimator n m component component_gradient b Q p) in
  forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- iterate step k (marina_start f x) ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K).
Proof.
  intros f Hn Hm Hb HL Hlow Hs Hms Hcs HQ HV Hom Hp [Hg Hg1].
  exact (VrMarinaRate.vr_marina_rate n m component component_gradient L curly_L omega gamma b Q p Hn Hm Hb Hms Hcs HQ HV Hom Hp HL Hs Hg
    f_low Hlow Hg1).
Qed.

(** Smoothness of the components gives its last condition on f, with curly_L^2 >= (1/n) sum_i (1/m_i) sum_j L_ij^2.
    Source  derived
    Claim   marina/vr-marina/rate *)
Theorem vr_marina_smoothness (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (curly_L : R) (component_L : nat -> nat -> R) :
  let f := problem_of_components n m component component_gradient in
  (forall i, (i < n)%nat -> (0 < m i)%nat) ->
  (forall i j x y, (i < n)%nat -> (j < m i)%nat ->
     ‖component_gradient i j y - component_gradient i j x‖² <= component_L i j ^ 2 * ‖y - x‖²) ->
  mean n (fun i => mean (m i) (fun j => component_L i j ^ 2)) <= curly_L ^ 2 ->
  forall x y, mean n (fun i => mean (m i) (fun j =>
    ‖(component_gradient i j y - component_gradient i j x) - (gradient f i y - gradient f i x)‖²)) <= curly_L ^ 2 * ‖y - x‖².
Proof.
  intros f Hm Hs HL. exact (smooth_components_vary_little n m component component_gradient curly_L Hm component_L Hs HL).
Qed.

(** VR-MARINA under the Polyak-Lojasiewicz condition: E f(x^k) - f_low <= (1 - gamma mu)^k (f(x^0) - f_low).
    Source  Algorithm 34; announced on the slides; arXiv:2102.07845
    Claim   marina/vr-marina/rate-pl *)
Theorem vr_marina_rate_pl (H : space) (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (L curly_L f_low mu omega gamma : R) (b : nat) (Q : compressor H) (p : probability) :
  let f := problem_of_components n m component component_gradient in
  (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> (0 < b)%nat -> 0 < L ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean n (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x y, mean n (fun i => mean (m i) (fun j =>
     ‖(component_gradient i j y - component_gradient i j x) - (gradient f i y - gradient f i x)‖²)) <= curly_L ^ 2 * ‖y - x‖²) ->
  (forall x, 2 * mu * (mean_value f x - f_low) <= ‖mean_gradient f x‖²) -> 0 < mu ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma <= 1 / (L + sqrt (2 * ((1 - p) / (p * INR n) * (omega * L ^ 2 + (1 + omega) * curly_L ^ 2 / INR b)))) ->
  gamma <= p / (2 * mu) ->
  let step := biased_step gamma (vr_marina_estimator n m component component_gradient b Q p) in
  forall k x,
    E[ mean_value f (model s) - f_low | s <- iterate step k (marina_start f x) ] <= (1 - gamma * mu) ^ k * (mean_value f x - f_low).
Proof.
  intros f Hn Hm Hb HL Hs Hms Hcs HPL Hmu HQ HV Hom Hp [Hg Hg1].
  exact (VrMarinaRate.vr_marina_rate_pl n m component component_gradient L curly_L omega gamma b Q p Hn Hm Hb Hms Hcs HQ HV Hom Hp HL Hs Hg
    f_low mu HPL Hmu Hg1).
Qed.

(** Online it satisfies (R) with the same Lambda^2 and p nu = p sigma^2/(n b), b samples a worker at a refresh, b' otherwise.
    Source  Algorithm 35; announced on the slides; derived constants
    Claim   marina/vr-marina-online/estimator *)
Theorem vr_marina_online_row (H : space) (T : Type) (default : T) (f : problem H) (sample : nat -> law T)
    (sample_gradient : nat -> T -> H -> H) (L curly_L omega gamma sigma_squared : R) (b b' : nat) (Q : compressor H) (p : probability) :
  let n := size f in
  (0 < n)%nat -> (0 < b)%nat -> (0 < b')%nat ->
  (forall i x z, (i < n)%nat -> E[ ⟨sample_gradient i xi x, z⟩ | xi <- sample i ] = ⟨gradient f i x, z⟩) ->
  (forall x, mean n (fun i => E[ ‖sample_gradient i xi x - gradient f i x‖² | xi <- sample i ]) <= sigma_squared) ->
  (forall x y, mean n (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x y, mean n (fun i => E[ ‖(sample_gradient i xi y - sample_gradient i xi x) - (gradient f i y - gradient f i x)‖² | xi <- sample i ])
               <= curly_L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < p ->
  forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - mean_gradient f y‖² | g' <- vr_marina_online_estimator default n sample sample_gradient b b' Q p x y g ]
    <= (1 - p) * ‖g - mean_gradient f x‖² + (1 - p) / INR n * (omega * L ^ 2 + (1 + omega) * curly_L ^ 2 / INR b') * ‖y - x‖²
       + p * (sigma_squared / (INR n * INR b)).
Proof.
  intros n Hn Hb Hb' Hu Hnoise Hms Hss HQ HV Hom Hp x g y.
  apply Rle_trans with (1 := online_row default f sample sample_gradient L curly_L omega gamma sigma_squared b b' Q p Hn Hb Hb' Hu Hms Hss
    Hnoise HQ HV Hom Hp x g).
  right. fold n y. unfold vr_marina_Lambda_squared. field. repeat split; (lra || (apply not_0_INR; lia)).
Qed.

(** VR-MARINA online: worker i knows f_i through unbiased samples of variance sigma^2. g^0 and every refresh are means of b samples a
    worker, otherwise b' are drawn. With Lambda^2 as for finite sums,
    (1/K) sum_{k<K} E|grad f(x^k)|^2 <= 2 (f(x^0) - f_low)/(gamma K) + sigma^2/(n b) (1 + 1/(p K)).
    Source  Algorithm 35; announced on the slides; derived constants
    Claim   marina/vr-marina-online/rate *)
Theorem vr_marina_online_rate (H : space) (T : Type) (default : T) (f : problem H) (sample : nat -> law T)
    (sample_gradient : nat -> T -> H -> H) (L curly_L f_low omega gamma sigma_squared : R) (b b' : nat) (Q : compressor H) (p : probability) :
  let n := size f in
  (0 < n)%nat -> (0 < b)%nat -> (0 < b')%nat -> 0 < L ->
  (forall i x z, (i < n)%nat -> E[ ⟨sample_gradient i xi x, z⟩ | xi <- sample i ] = ⟨gradient f i x, z⟩) ->
  (forall x, mean n (fun i => E[ ‖sample_gradient i xi x - gradient f i x‖² | xi <- sample i ]) <= sigma_squared) ->
  (forall x, f_low <= mean_value f x) ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean n (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x y, mean n (fun i => E[ ‖(sample_gradient i xi y - sample_gradient i xi x) - (gradient f i y - gradient f i x)‖² | xi <- sample i ])
               <= curly_L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma <= 1 / (L + sqrt ((1 - p) / (p * INR n) * (omega * L ^ 2 + (1 + omega) * curly_L ^ 2 / INR b'))) ->
  let start x := vr_marina_online_start default n sample sample_gradient b x in
  let step := biased_step gamma (vr_marina_online_estimator default n sample sample_gradient b b' Q p) in
  forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- draw s0 <- start x ;; iterate step k s0 ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K) + sigma_squared / (INR n * INR b) * (1 + 1 / (p * INR K)).
Proof.
  intros n Hn Hb Hb' HL Hu Hnoise Hlow Hs Hms Hss HQ HV Hom Hp [Hg Hg1].
  exact (VrMarinaRate.vr_marina_online_rate default f sample sample_gradient L curly_L omega gamma sigma_squared f_low b b' Q p
    Hn Hb Hb' Hu Hms Hss Hnoise HQ HV Hom Hp HL Hs Hg Hlow Hg1).
Qed.

(** Under the Polyak-Lojasiewicz condition
    E f(x^k) - f_low <= (1 - gamma mu)^k (f(x^0) - f_low + gamma sigma^2/(p n b)) + sigma^2/(n b mu).
    Source  Algorithm 35; announced on the slides; derived constants
    Claim   marina/vr-marina-online/rate-pl *)
Theorem vr_marina_online_rate_pl (H : space) (T : Type) (default : T) (f : problem H) (sample : nat -> law T)
    (sample_gradient : nat -> T -> H -> H) (L curly_L f_low mu omega gamma sigma_squared : R) (b b' : nat) (Q : compressor H)
    (p : probability) :
  let n := size f in
  (0 < n)%nat -> (0 < b)%nat -> (0 < b')%nat -> 0 < L ->
  (forall i x z, (i < n)%nat -> E[ ⟨sample_gradient i xi x, z⟩ | xi <- sample i ] = ⟨gradient f i x, z⟩) ->
  (forall x, mean n (fun i => E[ ‖sample_gradient i xi x - gradient f i x‖² | xi <- sample i ]) <= sigma_squared) ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean n (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x y, mean n (fun i => E[ ‖(sample_gradient i xi y - sample_gradient i xi x) - (gradient f i y - gradient f i x)‖² | xi <- sample i ])
               <= curly_L ^ 2 * ‖y - x‖²) ->
  (forall x, 2 * mu * (mean_value f x - f_low) <= ‖mean_gradient f x‖²) -> 0 < mu ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma <= 1 / (L + sqrt (2 * ((1 - p) / (p * INR n) * (omega * L ^ 2 + (1 + omega) * curly_L ^ 2 / INR b')))) ->
  gamma <= p / (2 * mu) ->
  let start x := vr_marina_online_start default n sample sample_gradient b x in
  let step := biased_step gamma (vr_marina_online_estimator default n sample sample_gradient b b' Q p) in
  let nu := sigma_squared / (INR n * INR b) in
  forall k x,
    E[ mean_value f (model s) - f_low | s <- draw s0 <- start x ;; iterate step k s0 ]
    <= (1 - gamma * mu) ^ k * (mean_value f x - f_low + gamma / p * nu) + nu / mu.
Proof.
  intros n Hn Hb Hb' HL Hu Hnoise Hs Hms Hss HPL Hmu HQ HV Hom Hp [Hg Hg1].
  exact (VrMarinaRate.vr_marina_online_rate_pl default f sample sample_gradient L curly_L omega gamma sigma_squared f_low b b' Q p
    Hn Hb Hb' Hu Hms Hss Hnoise HQ HV Hom Hp HL Hs Hg mu HPL Hmu Hg1).
Qed.

(** PP-MARINA satisfies (R) with p Lambda^2 = (1 - p) (1 + omega) L^2/r, nu = 0: every slot has a draw of the compressor of its own.
    Source  Algorithm 36; announced on the slides; arXiv:2102.07845
    Claim   marina/pp-marina/estimator *)
Theorem pp_marina_row (H : space) (f : problem H) (L omega gamma : R) (r : nat) (Q : compressor H) (p : probability) :
  (0 < size f)%nat -> (0 < r)%nat ->
  (forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 < p ->
  forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - mean_gradient f y‖² | g' <- pp_marina_estimator f r Q p x y g ]
    <= (1 - p) * ‖g - mean_gradient f x‖² + (1 - p) * ((1 + omega) * L ^ 2 / INR r) * ‖y - x‖².
Proof.
  intros Hn Hr Hms HQ HV Hom Hp x g y. apply Rle_trans with (1 := PpMarina.pp_marina_row f L omega gamma r Q p Hn Hr Hms HQ HV Hom Hp x g).
  right. fold y. field. repeat split; (lra || (apply not_0_INR; lia)).
Qed.

(** PP-MARINA, r workers drawn with replacement, from g^0 = grad f(x^0):
    (1/K) sum_{k<K} E|grad f(x^k)|^2 <= 2 (f(x^0) - f_low)/(gamma K) for gamma <= 1/(L (1 + sqrt((1 - p) (1 + omega)/(p r)))).
    Source  Algorithm 36; announced on the slides; arXiv:2102.07845
    Claim   marina/pp-marina/rate *)
Theorem pp_marina_rate (H : space) (f : problem H) (L f_low omega gamma : R) (r : nat) (Q : compressor H) (p : probability) :
  (0 < size f)%nat -> (0 < r)%nat -> 0 < L ->
  (forall x, f_low <= mean_value f x) ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma <= 1 / (L * (1 + sqrt ((1 - p) * (1 + omega) / (p * INR r)))) ->
  let step := biased_step gamma (pp_marina_estimator f r Q p) in
  forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- iterate step k (marina_start f x) ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K).
Proof.
  intros Hn Hr HL Hlow Hs Hms HQ HV Hom Hp [Hg Hg1].
  exact (PpMarina.pp_marina_rate f L omega gamma r Q p Hn Hr Hms HQ HV Hom Hp HL Hs Hg f_low Hlow Hg1).
Qed.

(** PP-MARINA under the Polyak-Lojasiewicz condition: E f(x^k) - f_low <= (1 - gamma mu)^k (f(x^0) - f_low).
    Source  Algorithm 36; announced on the slides; arXiv:2102.07845
    Claim   marina/pp-marina/rate-pl *)
Theorem pp_marina_rate_pl (H : space) (f : problem H) (L f_low mu omega gamma : R) (r : nat) (Q : compressor H) (p : probability) :
  (0 < size f)%nat -> (0 < r)%nat -> 0 < L ->
  smooth L (mean_value f) (mean_gradient f) ->
  (forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖²) ->
  (forall x, 2 * mu * (mean_value f x - f_low) <= ‖mean_gradient f x‖²) -> 0 < mu ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma <= 1 / (L * (1 + sqrt (2 * (1 - p) * (1 + omega) / (p * INR r)))) -> gamma <= p / (2 * mu) ->
  let step := biased_step gamma (pp_marina_estimator f r Q p) in
  forall k x,
    E[ mean_value f (model s) - f_low | s <- iterate step k (marina_start f x) ] <= (1 - gamma * mu) ^ k * (mean_value f x - f_low).
Proof.
  intros Hn Hr HL Hs Hms HPL Hmu HQ HV Hom Hp [Hg Hg1].
  exact (PpMarina.pp_marina_rate_pl f L omega gamma r Q p Hn Hr Hms HQ HV Hom Hp HL Hs Hg f_low mu HPL Hmu Hg1).
Qed.

(** * Chapter 6: Moshpit *)

(** Moshpit All-Reduce of n = M^N peers: in every round the peers with equal keys form a group, whose members take its mean and
    append their rank in the group to their key, from which the oldest entry is dropped. After N rounds every peer holds the mean of
    all n vectors, in whatever order each group is in each round. (a = b in a space: equal inner products with every z.)
    Source  Algorithm 37 with N-1 digits in a key; slide "Moshpit All-Reduce: Theoretical Properties", first item
    Claim   moshpit/all-reduce/exact-average *)
Theorem moshpit_exact_average (H : space) (M N : nat) (x : nat -> H) (ranks : nat -> nat -> nat) :
  (0 < M)%nat -> (0 < N)%nat ->
  let n := (M ^ N)%nat in
  let after t := moshpit n ranks t (Peers (initial_key M N) x) in
  (forall t, (t < N)%nat -> ordered n (ranks t) (key (after t))) ->
  forall i z, (i < n)%nat -> ⟨held (after N) i, z⟩ = ⟨vector_mean n x, z⟩.
Proof.
  intros HM HN n after Ho. exact (exact_average_later M N x x 0 (fun _ _ => O) ranks HM HN (fun t Ht => False_ind _ (Nat.nlt_0_r t Ht)) Ho).
Qed.

(** Any N rounds without faults do: after T rounds in which groups assigned ranks, whatever vectors y the peers hold by then.
    Source  derived
    Claim   moshpit/all-reduce/any-window *)
Theorem moshpit_exact_average_later (H : space) (M N : nat) (x y : nat -> H) (T : nat) (ranks later : nat -> nat -> nat) :
  (0 < M)%nat -> (0 < N)%nat ->
  let n := (M ^ N)%nat in
  let before t := moshpit n ranks t (Peers (initial_key M N) x) in
  let after t := moshpit n later t (Peers (key (before T)) y) in
  (forall t, (t < T)%nat -> ordered n (ranks t) (key (before t))) ->
  (forall t, (t < N)%nat -> ordered n (later t) (key (after t))) ->
  forall i z, (i < n)%nat -> ⟨held (after N) i, z⟩ = ⟨vector_mean n y, z⟩.
Proof. exact (exact_average_later M N x y T ranks later). Qed.

(** From any keys of D = N-1 entries, for any number n of peers: the groups of N rounds without faults connect all peers.
    Source  derived; slide "Moshpit All-Reduce: Theoretical Properties", second item
    Claim   moshpit/all-reduce/connected *)
Theorem moshpit_connected (H : space) (n D : nat) (s : moshpit_state H) (ranks : nat -> nat -> nat) :
  let after t := moshpit n ranks t s in
  (forall i, (i < n)%nat -> length (key s i) = D) ->
  (forall t, (t < S D)%nat -> ordered n (ranks t) (key (after t))) ->
  let meet i j := (i < n)%nat /\ (j < n)%nat /\ exists t, (t < S D)%nat /\ key (after t) i = key (after t) j in
  forall i j, (i < n)%nat -> (j < n)%nat -> clos_refl_sym_trans nat meet i j.
Proof. exact (groups_connected n D s ranks). Qed.

(** One round with faults, from any keys: peers that are offline, whose group is aborted or that drop out keep their vectors; they do
    not move the mean, and the dispersion does not grow.
    Source  derived; slide "Moshpit All-Reduce: Theoretical Properties", second item
    Claim   moshpit/all-reduce/no-growth, moshpit/all-reduce/mean-kept *)
Theorem moshpit_no_growth (H : space) (n : nat) (c : conduct) (s : moshpit_state H) : (0 < n)%nat ->
  let after := faulty_round n c s in
  (forall i z, (i < n)%nat -> takes_part c i = false -> ⟨held after i, z⟩ = ⟨held s i, z⟩) /\
  (forall z, ⟨vector_mean n (held after), z⟩ = ⟨vector_mean n (held s), z⟩) /\
  mean n (fun i => ‖held after i - vector_mean n (held after)‖²) <= mean n (fun i => ‖held s i - vector_mean n (held s)‖²).
Proof.
  intros Hn after. split; [exact (outsider_keeps n c s)|]. split.
  - intros z. exact (averaged_same_mean same_place n _ (held s) z).
  - exact (no_growth n Hn c s).
Qed.

(** With faults again and again, from any keys of D = N-1 entries: if N rounds in a row are without faults with probability epsilon or
    more, whatever was before, the peers converge to the mean of all. After K N rounds
    E (1/n) sum_i |x_i - xbar|^2 <= (1 - epsilon c)^K (1/n) sum_i |x_i^0 - xbar|^2, c = 1/(4 N (2 N + 1)^2 n). Orders need not be random.
    Source  derived; slide "Moshpit All-Reduce: Theoretical Properties", second item
    Claim   moshpit/all-reduce/convergence *)
Theorem moshpit_convergence (H : space) (World : Type) (n D : nat) (conducts : World * moshpit_state H -> law (conduct * World))
    (flawless : moshpit_state H -> conduct -> bool) (epsilon : R) : (0 < n)%nat ->
  (forall s c, flawless s c = true -> (forall i, (i < n)%nat -> takes_part c i = true) /\ ordered n (rank_of c) (key s)) ->
  0 <= epsilon <= 1 ->
  (forall s, (forall i, (i < n)%nat -> length (key (snd s) i) = D) -> epsilon <= flawless_chance n conducts flawless (S D) s) ->
  let N := INR (S D) in
  let c := / (4 * N * (2 * N + 1) ^ 2 * INR n) in
  0 < c <= 1 /\
  forall K s, (forall i, (i < n)%nat -> length (key (snd s) i) = D) ->
    let average := vector_mean n (held (snd s)) in
    E[ mean n (fun i => ‖held (snd s') i - average‖²) | s' <- iterate (faulty_step n conducts) (K * S D) s ]
    <= (1 - epsilon * c) ^ K * mean n (fun i => ‖held (snd s) i - average‖²).
Proof.
  intros Hn Hf He Hc N c. split; [exact (loss_range n D Hn)|].
  exact (convergence n D conducts flawless Hn Hf epsilon He Hc).
Qed.

(** A random split of n peers into groups, each of which averages, where no peer is preferred: with R the number of groups,
    E disp(x') = ((E R - 1)/(n - 1)) disp(x), disp(x) = (1/n) sum_i |x_i - xbar|^2; with r groups and T independent splits
    ((r - 1)/(n - 1))^T.
    Source  derived; slide "Moshpit All-Reduce: Theoretical Properties", third item, corrected
    Claim   moshpit/random-split/mixing-factor *)
Theorem random_split_mixing (H : space) (n : nat) (split : law (nat -> nat)) : (2 <= n)%nat ->
  (forall i j F, (i < n)%nat -> (j < n)%nat -> E[ F (fun q => l (swap i j q)) | l <- split ] = E[ F l | l <- split ]) ->
  let step x := draw l <- split ;; ret (average_groups Nat.eq_dec n l x) in
  let disp (x : nat -> H) := mean n (fun i => ‖x i - vector_mean n x‖²) in
  (forall x, E[ disp x' | x' <- step x ] = (E[ INR (blocks n l) | l <- split ] - 1) / (INR n - 1) * disp x) /\
  (forall r, (forall o, In o (outcomes split) -> blocks n (snd o) = r) ->
   forall T x, E[ disp x' | x' <- iterate step T x ] = ((INR r - 1) / (INR n - 1)) ^ T * disp x).
Proof.
  intros Hn He step disp. split; [exact (mixing_factor n split Hn He)|].
  intros r Hr T x. rewrite <- (always_blocks n split r Hr). exact (mixing_rate n split Hn He T x).
Qed.

(** The slide's factor (r - 1)/n + r/n^2 is an upper bound of it, attained for r = n alone.
    Source  slide "Moshpit All-Reduce: Theoretical Properties", third item, where it stands as an equality
    Claim   moshpit/random-split/slide-factor *)
Theorem random_split_slide_factor (n r : nat) : (2 <= n)%nat -> (r <= n)%nat ->
  (INR r - 1) / (INR n - 1) <= (INR r - 1) / INR n + INR r / INR n ^ 2 /\
  ((INR r - 1) / (INR n - 1) = (INR r - 1) / INR n + INR r / INR n ^ 2 <-> r = n).
Proof. exact (slide_factor n r). Qed.

(** * What they rest on *)

Definition all_theorems :=
  (rand_k_unbiased, rand_k_variance, top_k_contraction, top_k_contraction_attained, unified_sgd_one_step, unified_sgd,
   unified_sgd_without_sigma, gd_assumption, gd_rate, saga_assumption, saga_rate, l_svrg_assumption, l_svrg_rate,
   diana_assumption, diana_assumption_sampled, diana_rate, diana_rate_with_noise, diana_rand_k_rate, top1_diverges,
   top1_unbounded, qsgd_assumption, qsgd_rate, ec_virtual_iterate, perturbed_iterate, error_feedback_one_step,
   error_feedback_contraction, ec_error_recursion, ec_error_model, ec_iterate, ec_gd_star_one_step, ec_gd_star_rate,
   ec_gd_one_step, ec_gd_rate, ec_gd_diana_assumption, ec_gd_diana_one_step, ec_gd_diana_rate, ec_lsvrg_star_assumption,
   ec_lsvrg_star_one_step, ec_lsvrg_star_rate, ec_lsvrg_diana_assumption, ec_lsvrg_diana_one_step, ec_lsvrg_diana_rate,
   delayed_error_model, d_lsvrg_assumption, d_lsvrg_one_step, d_lsvrg_rate, d_lsvrg_diana_assumption, d_lsvrg_diana_one_step,
   d_lsvrg_diana_rate, weighted_contraction, local_one_step, local_discrepancy, local_average, local_sgd_rate,
   s_star_local_sgd_rate, s_local_svrg_assumption, s_local_svrg_rate, s_local_svrg_rate_coupled, s_local_svrg_sharp_rate,
   biased_estimator_one_step, biased_estimator_one_step_pl, biased_estimator_rate, biased_estimator_rate_pl,
   biased_estimator_stepsize, marina_row, marina_rate, marina_rate_pl, diana_nonconvex_rate, diana_nonconvex_rate_pl, vr_marina_row,
   vr_marina_rate, vr_marina_smoothness, vr_marina_rate_pl, vr_marina_online_row, vr_marina_online_rate, vr_marina_online_rate_pl,
   pp_marina_row, pp_marina_rate, pp_marina_rate_pl, moshpit_exact_average, moshpit_exact_average_later, moshpit_connected,
   moshpit_no_growth, moshpit_convergence, random_split_mixing, random_split_slide_factor).
Print Assumptions all_theorems.
