(** The unified theorem of SGD (chapter 2): one assumption on the estimator, one rate for every method.

    A method keeps a model x and a memory t, draws an estimate g of the gradient together with the next memory, and
    steps x <- x - gamma g. GD, L-SVRG, SAGA and DIANA are such methods. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem.
Open Scope R_scope.

(** ** Definitions *)

Section Method.
  Context {H : space} {Memory : Type}.

  Definition state : Type := H * Memory.
  Definition estimator : Type := H -> Memory -> law (H * Memory).

  Definition sgd_step (gamma : R) (estimate : estimator) (s : state) : law state :=
    draw o <- estimate (fst s) (snd s) ;;
    ret (let (g, t) := o in ((fst s - gamma * g)%v, t)).

  (** The key parametric assumption, conditioned on the whole state. *)
  Record key_assumption (f : H -> R) (grad : H -> H) (x_star : H) (estimate : estimator) (sigma_squared : Memory -> R)
      (A B rho C D1 D2 : R) : Prop := KeyAssumption {
    unbiased_estimate : forall x t z,
      E[ ⟨fst o, z⟩ | o <- estimate x t ] = ⟨grad x, z⟩;
    second_moment_bound : forall x t,
      E[ ‖fst o‖² | o <- estimate x t ] <= 2 * A * (f x - f x_star) + B * sigma_squared t + D1;
    memory_bound : forall x t,
      E[ sigma_squared (snd o) | o <- estimate x t ] <= (1 - rho) * sigma_squared t + 2 * C * (f x - f x_star) + D2;
    sigma_squared_nonnegative : forall t,
      0 <= sigma_squared t
  }.

  (** V = |x - x⋆|^2 + M gamma^2 sigma^2 *)
  Definition lyapunov (x_star : H) (sigma_squared : Memory -> R) (M gamma : R) (s : state) : R :=
    ‖fst s - x_star‖² + M * gamma ^ 2 * sigma_squared (snd s).
End Method.
Arguments KeyAssumption {H Memory f grad x_star estimate sigma_squared A B rho C D1 D2}.
Arguments unbiased_estimate {H Memory f grad x_star estimate sigma_squared A B rho C D1 D2}.
Arguments second_moment_bound {H Memory f grad x_star estimate sigma_squared A B rho C D1 D2}.
Arguments memory_bound {H Memory f grad x_star estimate sigma_squared A B rho C D1 D2}.
Arguments sigma_squared_nonnegative {H Memory f grad x_star estimate sigma_squared A B rho C D1 D2}.
Arguments state : clear implicits. Arguments estimator : clear implicits.

Lemma key_assumption_weaken {H : space} {Memory : Type} (f : H -> R) grad x_star (estimate : estimator H Memory) sigma_squared
    A B rho C D1 D2 A' C' D2' : A = A' -> C = C' -> D2 <= D2' ->
  key_assumption f grad x_star estimate sigma_squared A B rho C D1 D2 ->
  key_assumption f grad x_star estimate sigma_squared A' B rho C' D1 D2'.
Proof.
  intros <- <- HD [K1 K2 K3 K4]. split; try assumption.
  intros x t. apply Rle_trans with (1 := K3 x t). lra.
Qed.

(** ** One step, as an inequality between numbers *)

(** r = |x - x⋆|^2, D = f(x) - f(x⋆), s = sigma^2, i = <grad f(x), x - x⋆>, G = E|g|^2, S = E[next sigma^2]. The
    difference of the sides is a sum of six products of nonnegative factors. *)
Lemma one_step_inequality A B C D1 D2 rho M mu gamma q r D s i G S :
  0 <= M -> 0 < gamma -> gamma * (A + C * M) <= 1 ->
  1 - gamma * mu <= q -> M * (1 - rho) + B <= q * M ->
  0 <= r -> 0 <= D -> 0 <= s ->
  D + mu / 2 * r <= i -> G <= 2 * A * D + B * s + D1 -> S <= (1 - rho) * s + 2 * C * D + D2 ->
  r - 2 * gamma * i + gamma ^ 2 * G + M * gamma ^ 2 * S <= q * (r + M * gamma ^ 2 * s) + gamma ^ 2 * (D1 + M * D2).
Proof.
  intros HM Hg Hstep Hq1 Hq2 Hr HD Hs Hi HG HS.
  assert (H1 : 0 <= (q - (1 - gamma * mu)) * r) by (apply Rmult_le_pos; lra).
  assert (H2 : 0 <= gamma ^ 2 * s * (q * M - (M * (1 - rho) + B))) by (apply Rmult_le_pos; nra).
  assert (H3 : 0 <= gamma * D * (1 - gamma * (A + C * M))) by (apply Rmult_le_pos; nra).
  assert (H4 : 0 <= gamma * (i - D - mu / 2 * r)) by (apply Rmult_le_pos; lra).
  assert (H5 : 0 <= gamma ^ 2 * (2 * A * D + B * s + D1 - G)) by (apply Rmult_le_pos; nra).
  assert (H6 : 0 <= M * gamma ^ 2 * ((1 - rho) * s + 2 * C * D + D2 - S)) by (apply Rmult_le_pos; nra).
  apply Rminus_le.
  replace (_ - _) with (- ((q - (1 - gamma * mu)) * r + gamma ^ 2 * s * (q * M - (M * (1 - rho) + B))
    + 2 * (gamma * D * (1 - gamma * (A + C * M))) + 2 * (gamma * (i - D - mu / 2 * r))
    + gamma ^ 2 * (2 * A * D + B * s + D1 - G) + M * gamma ^ 2 * ((1 - rho) * s + 2 * C * D + D2 - S))) by field.
  lra.
Qed.

(** ** The theorem *)

Lemma power_of_max a b k : 0 <= a -> 0 <= b -> Rmax a b ^ k <= Rmax (a ^ k) (b ^ k).
Proof. intros Ha Hb. unfold Rmax at 1. destruct (Rle_dec a b); [apply Rmax_r|apply Rmax_l]. Qed.

Lemma stepsize_product gamma c : 0 < c -> gamma <= 1 / c -> gamma * c <= 1.
Proof.
  intros Hc Hg. apply Rle_trans with (1 / c * c); [apply Rmult_le_compat_r; lra|]. right; field; lra.
Qed.

Section Rate.
  Context {H : space} {Memory : Type} (f : H -> R) (grad : H -> H) (x_star : H) (estimate : estimator H Memory)
    (sigma_squared : Memory -> R) (A B rho C D1 D2 mu gamma M : R).
  Hypothesis assumption : key_assumption f grad x_star estimate sigma_squared A B rho C D1 D2.
  Hypothesis quasi : quasi_strongly_convex mu f grad x_star.
  Hypothesis minimum : minimiser f x_star.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis gamma_small : gamma * (A + C * M) <= 1.
  Hypothesis M_nonnegative : 0 <= M.

  Let V := lyapunov x_star sigma_squared M gamma.
  Let step := sgd_step gamma estimate.

  Lemma expected_lyapunov s :
    E[ V s' | s' <- step s ]
    = ‖fst s - x_star‖² - 2 * gamma * ⟨grad (fst s), fst s - x_star⟩ + gamma ^ 2 * E[ ‖fst o‖² | o <- estimate (fst s) (snd s) ]
      + M * gamma ^ 2 * E[ sigma_squared (snd o) | o <- estimate (fst s) (snd s) ].
  Proof using assumption.
    destruct s as [x t]. unfold step, sgd_step. rewrite expectation_bind. simpl fst; simpl snd.
    rewrite (expectation_ext _ _ (fun o => ‖x - x_star‖² + ((-2 * gamma) * ⟨fst o, x - x_star⟩
                                  + (gamma ^ 2 * ‖fst o‖² + M * gamma ^ 2 * sigma_squared (snd o))))).
    2:{ intros [g t']. rewrite expectation_ret. unfold V, lyapunov; simpl fst; simpl snd. expand.
        rewrite (dot_symmetric _ x g), (dot_symmetric _ x_star g). ring. }
    rewrite !expectation_add, expectation_const, !expectation_scale, (unbiased_estimate assumption).
    ring.
  Qed.

  Lemma unified_one_step q : 1 - gamma * mu <= q -> M * (1 - rho) + B <= q * M ->
    forall s, E[ V s' | s' <- step s ] <= q * V s + gamma ^ 2 * (D1 + M * D2).
  Proof using assumption quasi minimum gamma_positive gamma_small M_nonnegative.
    intros Hq1 Hq2 s. rewrite expected_lyapunov. destruct s as [x t]; simpl fst; simpl snd.
    apply one_step_inequality with (A := A) (B := B) (C := C) (rho := rho) (mu := mu) (D := f x - f x_star);
      try assumption.
    - apply dot_nonnegative.
    - generalize (minimum x); lra.
    - apply (sigma_squared_nonnegative assumption).
    - pose proof (quasi x) as Q. simpl fst. revert Q. expand. rewrite (dot_symmetric _ x_star x). intros; lra.
    - apply (second_moment_bound assumption).
    - apply (memory_bound assumption).
  Qed.

  (** The forms that the corollaries of the methods use: any admissible q, with noise and without. *)
  Lemma unified_rate_with_noise q : 0 <= D1 -> 0 <= D2 -> 0 <= q < 1 -> 1 - gamma * mu <= q ->
    M * (1 - rho) + B <= q * M ->
    forall k s, E[ V s' | s' <- iterate step k s ] <= q ^ k * V s + gamma ^ 2 * (D1 + M * D2) / (1 - q).
  Proof using assumption quasi minimum gamma_positive gamma_small M_nonnegative.
    intros HD1 HD2 Hq Hq1 Hq2 k s.
    apply Rle_trans with (1 := contraction step V q _ (proj1 Hq) ltac:(lra) (unified_one_step q Hq1 Hq2) k s).
    apply Rplus_le_compat_l, Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra|].
    assert (0 <= q ^ k) by (apply pow_le; lra). assert (0 <= gamma ^ 2 * (D1 + M * D2)) by (apply Rmult_le_pos; nra). nra.
  Qed.

  Lemma unified_rate q : D1 = 0 -> D2 = 0 -> 0 <= q -> 1 - gamma * mu <= q -> M * (1 - rho) + B <= q * M ->
    forall k s, E[ V s' | s' <- iterate step k s ] <= q ^ k * V s.
  Proof using assumption quasi minimum gamma_positive gamma_small M_nonnegative.
    intros E1 E2 Hq Hq1 Hq2. apply contraction_without_noise; [assumption|].
    intros s. pose proof (unified_one_step q Hq1 Hq2 s) as O. rewrite E1, E2 in O. lra.
  Qed.
End Rate.

Theorem unified_sgd {H : space} {Memory : Type} (f : H -> R) (grad : H -> H) (x_star : H) (estimate : estimator H Memory)
    (sigma_squared : Memory -> R) (A B rho C D1 D2 mu gamma M : R) :
  key_assumption f grad x_star estimate sigma_squared A B rho C D1 D2 ->
  quasi_strongly_convex mu f grad x_star -> minimiser f x_star ->
  0 <= B -> 0 <= D1 -> 0 <= D2 -> 0 < rho <= 1 -> 0 < mu -> B / rho < M ->
  0 < gamma -> gamma <= 1 / mu -> gamma * (A + C * M) <= 1 ->
  forall k s,
    E[ lyapunov x_star sigma_squared M gamma s' | s' <- iterate (sgd_step gamma estimate) k s ]
    <= Rmax ((1 - gamma * mu) ^ k) ((1 + B / M - rho) ^ k) * lyapunov x_star sigma_squared M gamma s
       + gamma ^ 2 * (D1 + M * D2) / Rmin (gamma * mu) (rho - B / M).
Proof.
  intros HK HQ Hmin HB HD1 HD2 [Hrho Hrho1] Hmu HMB Hg Hg1 Hg2 k s.
  assert (HBrho : 0 <= B / rho) by (apply Rmult_le_pos; [assumption|left; now apply Rinv_0_lt_compat]).
  assert (HM : 0 < M) by lra.
  pose proof (stepsize_product _ _ Hmu Hg1) as Hgm.
  assert (HBM0 : 0 <= B / M) by (apply Rmult_le_pos; [assumption|left; now apply Rinv_0_lt_compat]).
  assert (HBM : B / M < rho).
  { apply Rmult_lt_reg_r with (M / rho); [apply Rdiv_lt_0_compat; assumption|].
    replace (B / M * (M / rho)) with (B / rho) by (field; lra). replace (rho * (M / rho)) with M by (field; lra). assumption. }
  set (q := Rmax (1 - gamma * mu) (1 + B / M - rho)).
  assert (Hq1 : 1 - gamma * mu <= q) by apply Rmax_l.
  assert (Hq2 : 1 + B / M - rho <= q) by apply Rmax_r.
  assert (Hlt : q < 1) by (apply Rmax_lub_lt; nra).
  assert (Hgap : 1 - q = Rmin (gamma * mu) (rho - B / M)).
  { unfold q, Rmax, Rmin; destruct (Rle_dec _ _), (Rle_dec _ _); lra. }
  assert (Hgap0 : 0 < Rmin (gamma * mu) (rho - B / M)) by (rewrite <- Hgap; lra).
  assert (HqM : M * (1 - rho) + B <= q * M).
  { apply Rle_trans with ((1 + B / M - rho) * M); [right; field; lra|apply Rmult_le_compat_r; lra]. }
  pose proof (unified_rate_with_noise f grad x_star estimate sigma_squared A B rho C D1 D2 mu gamma M HK HQ Hmin Hg Hg2
    (Rlt_le _ _ HM) q HD1 HD2 ltac:(lra) Hq1 HqM k s) as K.
  rewrite Hgap in K. apply Rle_trans with (1 := K). apply Rplus_le_compat_r, Rmult_le_compat_r.
  - unfold lyapunov. apply Rplus_le_le_0_compat; [apply dot_nonnegative|].
    apply Rmult_le_pos; [nra|]. apply (sigma_squared_nonnegative HK).
  - apply power_of_max; lra.
Qed.

(** M = 0 is admissible where B = 0: then V = |x - x⋆|^2. *)
Theorem unified_sgd_without_sigma {H : space} {Memory : Type} (f : H -> R) (grad : H -> H) (x_star : H)
    (estimate : estimator H Memory) (sigma_squared : Memory -> R) (A rho C D1 D2 mu gamma : R) :
  key_assumption f grad x_star estimate sigma_squared A 0 rho C D1 D2 ->
  quasi_strongly_convex mu f grad x_star -> minimiser f x_star ->
  0 <= D1 -> 0 < mu -> 0 < gamma -> gamma <= 1 / mu -> gamma * A <= 1 ->
  forall k s,
    E[ ‖fst s' - x_star‖² | s' <- iterate (sgd_step gamma estimate) k s ]
    <= (1 - gamma * mu) ^ k * ‖fst s - x_star‖² + gamma * D1 / mu.
Proof.
  intros HK HQ Hmin HD1 Hmu Hg Hg1 Hg2 k s.
  pose proof (stepsize_product _ _ Hmu Hg1) as Hgm. assert (0 < gamma * mu) by nra.
  pose proof (contraction (sgd_step gamma estimate) (lyapunov x_star sigma_squared 0 gamma) (1 - gamma * mu)
    (gamma ^ 2 * (D1 + 0 * D2)) ltac:(lra) ltac:(lra)
    (unified_one_step f grad x_star estimate sigma_squared A 0 rho C D1 D2 mu gamma 0 HK HQ Hmin Hg ltac:(lra)
      (Rle_refl 0) (1 - gamma * mu) (Rle_refl _) ltac:(lra)) k s) as K.
  rewrite (expectation_ext _ _ (lyapunov x_star sigma_squared 0 gamma)) by (intros; unfold lyapunov; ring).
  apply Rle_trans with (1 := K). apply Rplus_le_compat; [right; unfold lyapunov; ring|].
  replace (gamma ^ 2 * (D1 + 0 * D2) * (1 - (1 - gamma * mu) ^ k) / (1 - (1 - gamma * mu)))
    with (gamma * D1 / mu * (1 - (1 - gamma * mu) ^ k)) by (field; lra).
  assert (0 <= (1 - gamma * mu) ^ k) by (apply pow_le; lra).
  assert (0 <= gamma * D1 / mu) by (apply Rmult_le_pos; [nra|left; now apply Rinv_0_lt_compat]).
  nra.
Qed.
