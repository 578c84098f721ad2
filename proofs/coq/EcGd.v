(** Error compensation with full gradients: EC-GD, which stops in a neighbourhood; EC-GDstar, which knows the gradients at
    the solution, and EC-GD-DIANA, which learns them. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors Diana ErrorFeedback ErrorCompensation EcTheorem EcEstimators.
Open Scope R_scope.

(** g_i = grad f_i(x) - c_i *)
Definition ec_gd_step {H : space} (f : problem H) (c : nat -> H) (C : compressor H) (gamma : R)
    : ec_state H (nat -> unit) -> law (ec_state H (nat -> unit)) :=
  ec_step (size f) (fixed_shifts (size f) (full_source f) c) C gamma.

(** EC-GD: c_i = 0. EC-GDstar: c_i = grad f_i(x⋆). *)
Definition no_shift {H : space} : nat -> H := fun _ => zero.
Definition star_shift {H : space} (f : problem H) (x_star : H) : nat -> H := fun i => gradient f i x_star.

(** V = |virtual - x⋆|^2 + N (1/n) sum_i |e_i|^2 with N = 12 L gamma/delta *)
Definition ec_gd_lyapunov {H : space} {Memory : Type} (f : problem H) (x_star : H) (L gamma delta : R) (s : ec_state H Memory) : R :=
  ‖virtual (size f) s - x_star‖² + 12 * L * gamma / delta * mean (size f) (fun i => ‖errors s i‖²).

Lemma weight_times_compression L gamma delta : 0 < L -> 0 < gamma -> 0 < delta <= 1 ->
  0 <= 12 * L * gamma / delta * compression_factor delta.
Proof.
  intros HL Hg Hd. apply Rmult_le_pos; [|now apply compression_factor_nonnegative].
  apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; lra]. apply Rmult_le_pos; lra.
Qed.

Lemma rmin3_first a b c : Rmin a (Rmin b c) <= a. Proof. apply Rmin_l. Qed.
Lemma rmin3_second a b c : Rmin a (Rmin b c) <= b. Proof. apply Rle_trans with (1 := Rmin_r _ _), Rmin_l. Qed.
Lemma rmin3_third a b c : Rmin a (Rmin b c) <= c. Proof. apply Rle_trans with (1 := Rmin_r _ _), Rmin_r. Qed.

Section FullGradients.
  Context {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (C : compressor H) (delta mu gamma : R).
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star.
  Hypothesis delta_range : 0 < delta <= 1.
  Hypothesis C_contractive : contractive delta C.
  Hypothesis gamma_positive : 0 < gamma.

  Let n := size f.
  Let gap x := mean_value f x - mean_value f x_star.
  Let N := 12 * L * gamma / delta.
  Let K := compression_factor delta.

  Section FixedShifts.
    Variables (c : nat -> H) (A D1 : R).
    Hypothesis shifts_cancel : forall z, ⟨vector_mean n c, z⟩ = 0.
    Hypothesis row : forall x, mean n (fun i => ‖gradient f i x - c i‖²) <= 2 * A * gap x + D1.

    Let assumption := fixed_shifts_assumption f x_star L assumed (full_source f) _ _ _ _ _ _ (full_source_assumption f x_star)
      c A D1 shifts_cancel row.
    Let eta := Rmin (gamma * mu / 2) (delta / 4).
    Let V := ec_gd_lyapunov (Memory := nat -> unit) f x_star L gamma delta.
    Let S := L + N * K * A.
    Let noise := gamma ^ 2 * N * K * D1.

    (** The conditions of the theorem, with M1 = M2 = 0 *)
    Ltac weights :=
      simpl; fold N K; unfold S, noise; try (unfold Rdiv; lra);
      try (intros; unfold V, ec_gd_lyapunov, ec_lyapunov; fold n N; ring); try apply Rmin_l; try apply Rmin_r.

    Lemma ec_gd_one_step_with_shifts s :
      E[ V s' | s' <- ec_gd_step f c C gamma s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * gap (ec_model s) + noise.
    Proof using assumed mu_nonnegative quasi delta_range C_contractive gamma_positive shifts_cancel row.
      apply (ec_one_step f x_star L assumed _ _ _ _ _ _ _ _ _ _ _ _ _ C delta mu gamma assumption mu_nonnegative quasi delta_range
        C_contractive gamma_positive eta 0 0); weights.
    Qed.

    Lemma ec_gd_contraction_with_shifts : 2 * gamma * S <= 1 -> D1 = 0 ->
      forall k s, E[ V s' | s' <- iterate (ec_gd_step f c C gamma) k s ] <= (1 - eta) ^ k * V s.
    Proof using assumed mu_nonnegative quasi delta_range C_contractive gamma_positive shifts_cancel row.
      intros Hg HD1.
      apply (ec_contraction f x_star L assumed _ _ _ _ _ _ _ _ _ _ _ _ _ C delta mu gamma assumption mu_nonnegative quasi delta_range
        C_contractive gamma_positive eta 0 0 S noise); weights; [exact Hg|rewrite HD1; ring].
    Qed.

    Lemma ec_gd_contraction_with_shifts_and_noise : 2 * gamma * S <= 1 -> 0 < mu ->
      forall k s, E[ V s' | s' <- iterate (ec_gd_step f c C gamma) k s ] <= (1 - eta) ^ k * V s + noise * (1 - (1 - eta) ^ k) / eta.
    Proof using assumed mu_nonnegative quasi delta_range C_contractive gamma_positive shifts_cancel row.
      intros Hg Hmu.
      apply (ec_contraction_with_noise f x_star L assumed _ _ _ _ _ _ _ _ _ _ _ _ _ C delta mu gamma assumption mu_nonnegative quasi
        delta_range C_contractive gamma_positive eta 0 0 S noise); weights; [exact Hg|].
      apply Rmin_glb_lt; [apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]|]; lra.
    Qed.
  End FixedShifts.

  (** EC-GD-DIANA *)
  Section LearnedShifts.
    Variables (Q : compressor H) (omega alpha : R).
    Hypothesis Q_unbiased : unbiased Q.
    Hypothesis Q_variance : variance_at_most omega Q.
    Hypothesis omega_nonnegative : 0 <= omega.
    Hypothesis alpha_positive : 0 < alpha.
    Hypothesis alpha_small : alpha * (1 + omega) <= 1.

    Let step := ec_step n (learned_shifts n (full_source f) Q alpha) C gamma.
    Let M := 8 * N * K / (3 * alpha).
    Let eta := Rmin (gamma * mu / 2) (Rmin (alpha / 4) (delta / 4)).
    Let S := L + N * (14 / 3 * L * K).
    Let V (s : ec_state H (learned H unit)) :=
      ‖virtual n s - x_star‖² + M * gamma ^ 2 * shift_error f x_star (shifts (memory s)) + N * mean n (fun i => ‖errors s i‖²).

    Theorem ec_gd_diana :
      (forall s, E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * gap (ec_model s)) /\
      (2 * gamma * S <= 1 -> forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s).
    Proof using assumed mu_nonnegative quasi delta_range C_contractive gamma_positive Q_unbiased Q_variance omega_nonnegative
      alpha_positive alpha_small.
      assert (HNK : 0 <= N * K) by (apply weight_times_compression; [apply (L_positive assumed)| |]; assumption).
      assert (HM : 0 <= M) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
      assert (HaM : alpha * M = 8 / 3 * (N * K)) by (unfold M; field; lra).
      apply (ec_linear f x_star L assumed _ _ _ _ _ _ _ _ _ _ _ _ _ C delta mu gamma
        (learned_shifts_assumption f x_star L assumed (full_source f) _ _ _ _ _ _ (full_source_assumption f x_star) Q omega alpha
          Q_unbiased Q_variance omega_nonnegative (Rlt_le _ _ alpha_positive) alpha_small)
        mu_nonnegative quasi delta_range C_contractive gamma_positive eta M 0 S 0); simpl; fold N K; try (unfold Rdiv; lra).
      - intros s. unfold V, ec_lyapunov. fold n N. ring.
      - apply Rmult_eq_compat_l with (r := L) in HaM. unfold S, Rdiv in *. lra.
      - apply rmin3_first.
      - apply rmin3_third.
      - apply weight_suffices; [apply rmin3_second|assumption|lra].
    Qed.
  End LearnedShifts.
End FullGradients.

(** ** EC-GDstar: A = L, D1 = 0 *)

Section Star.
  Context {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).

  Lemma star_shift_cancels z : ⟨vector_mean (size f) (star_shift f x_star), z⟩ = 0.
  Proof using assumed. apply (optimal assumed). Qed.

  Lemma star_row x : mean (size f) (fun i => ‖gradient f i x - star_shift f x_star i‖²)
                     <= 2 * L * (mean_value f x - mean_value f x_star) + 0.
  Proof using assumed. rewrite Rplus_0_r. apply (mean_cocoercive f L x_star assumed). Qed.
End Star.

Theorem ec_gd_star_rate {H : space} (f : problem H) (x_star : H) (L mu delta gamma : R) (C : compressor H) :
  convex_smooth f L x_star -> quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma ->
  2 * gamma * (L + 12 * L * gamma / delta * compression_factor delta * L) <= 1 ->
  forall k s,
    E[ ec_gd_lyapunov f x_star L gamma delta s' | s' <- iterate (ec_gd_step f (star_shift f x_star) C gamma) k s ]
    <= (1 - Rmin (gamma * mu / 2) (delta / 4)) ^ k * ec_gd_lyapunov f x_star L gamma delta s.
Proof.
  intros assumed quasi Hmu Hd HC Hg Ht k s.
  exact (ec_gd_contraction_with_shifts f x_star L assumed C delta mu gamma Hmu quasi Hd HC Hg (star_shift f x_star) L 0
    (star_shift_cancels f x_star L assumed) (star_row f x_star L assumed) Ht eq_refl k s).
Qed.

(** ** EC-GD: A = 2L, D1 = 2 zeta *)

Lemma no_shift_cancels {H : space} n (z : H) : ⟨vector_mean n no_shift, z⟩ = 0.
Proof. rewrite dot_mean. unfold mean. rewrite (sum_ext n _ (fun _ => 0)) by (intros; apply dot_zero). rewrite sum_const. ring. Qed.

Lemma no_shift_row {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star) x :
  mean (size f) (fun i => ‖gradient f i x - no_shift i‖²)
  <= 2 * (2 * L) * (mean_value f x - mean_value f x_star) + 2 * heterogeneity f x_star.
Proof.
  rewrite (mean_ext _ _ (fun i => ‖gradient f i x‖²)).
  - pose proof (mean_square_gradient f L x_star assumed x). lra.
  - intros i _. apply square_ext; intros z. unfold no_shift. expand. ring.
Qed.
