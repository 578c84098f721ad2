(** Error compensation with loopless SVRG: EC-LSVRGstar, which knows the gradients at the solution, and EC-LSVRG-DIANA,
    which learns them. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient VarianceReduction LSvrg Diana
  ErrorFeedback ErrorCompensation EcTheorem EcEstimators EcGd.
Open Scope R_scope.

(** f_i = (1/m_i) sum_j f_ij, the problem of worker i *)
Definition worker_problem {H : space} (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (i : nat) : problem H :=
  Problem (m i) (component i) (component_gradient i).

(** Every worker draws its component and throws its coin. *)
Definition l_svrg_source {H : space} (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (p : probability) : source H H := fun i x w =>
  l_svrg_estimator (worker_problem m component component_gradient i) p x w.

Section Methods.
  Context {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R) (component_gradient : nat -> nat -> H -> H).
  Variables (x_star : H) (L : R) (p : probability).
  Let f := problem_of_components n m component component_gradient.
  Let worker := worker_problem m component component_gradient.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis m_positive : forall i, (i < n)%nat -> (0 < m i)%nat.
  Hypothesis L_positive : 0 < L.
  Hypothesis component_convex :
    forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j).
  Hypothesis component_smooth :
    forall i j, (i < n)%nat -> (j < m i)%nat -> smooth L (component i j) (component_gradient i j).
  Hypothesis optimal : stationary (mean_gradient f) x_star.

  Let estimate := l_svrg_source m component component_gradient p.
  Let gap x := mean_value f x - mean_value f x_star.
  Let s2 (w : nat -> H) := mean n (fun i => reference_error (worker i) x_star (w i)).

  Lemma expectation_l_svrg_source i x w F : (i < n)%nat ->
    expectation (estimate i x w) F
    = mean (m i) (fun j => p * F (corrected (m i) (fun j => component_gradient i j x) (fun j => component_gradient i j w) j, x)
                     + (1 - p) * F (corrected (m i) (fun j => component_gradient i j x) (fun j => component_gradient i j w) j, w)).
  Proof using m_positive. intros Hi. apply (expectation_l_svrg (worker i) p x w F). now apply m_positive. Qed.

  (** (1/n) sum_i (1/m_i) sum_j |grad f_ij(x) - grad f_ij(x⋆)|^2 <= 2L (f(x) - f(x⋆)) *)
  Lemma references_at x : mean n (fun i => reference_error (worker i) x_star x) <= 2 * L * gap x.
  Proof using m_positive L_positive component_convex component_smooth optimal.
    exact (components_cocoercive n m component component_gradient x_star L L_positive component_convex component_smooth optimal x).
  Qed.

  Lemma l_svrg_source_assumption :
    source_assumption f x_star estimate (fun i w => reference_error (worker i) x_star w) (2 * L) 2 0 p (p * L).
  Proof using m_positive L_positive component_convex component_smooth optimal.
    split; change (size f) with n.
    - intros i x w z Hi. rewrite expectation_l_svrg_source by assumption. simpl fst.
      rewrite <- (corrected_unbiased (m i) (fun j => component_gradient i j x) (fun j => component_gradient i j w) (m_positive i Hi)).
      apply mean_ext; intros; ring.
    - intros x w. apply Rle_trans with (mean n (fun i => 2 * reference_error (worker i) x_star x + 2 * reference_error (worker i) x_star (w i))).
      + apply mean_le; intros i Hi. rewrite expectation_l_svrg_source by assumption. simpl fst.
        apply Rle_trans with (2 := corrected_variance (m i) (fun j => component_gradient i j x)
          (fun j => component_gradient i j (w i)) (fun j => component_gradient i j x_star) (m_positive i Hi)).
        right. apply mean_ext; intros; simpl gradient; ring.
      + rewrite mean_add, !mean_scale. pose proof (references_at x). fold (gap x) (s2 w). lra.
    - intros x w. apply Rle_trans with (mean n (fun i => p * reference_error (worker i) x_star x + (1 - p) * reference_error (worker i) x_star (w i))).
      + right. apply mean_ext; intros i Hi. rewrite expectation_l_svrg_source by assumption. simpl snd.
        apply mean_const. now apply m_positive.
      + rewrite mean_add, !mean_scale. pose proof (references_at x) as C. pose proof (chance_range p) as [Hp _].
        apply Rmult_le_compat_l with (r := p) in C; [|assumption]. fold (gap x) (s2 w). lra.
    - intros i w. apply mean_nonnegative; intros; apply dot_nonnegative.
  Qed.

  Let assumed : convex_smooth f L x_star :=
    components_convex_smooth n m component component_gradient x_star L m_positive L_positive component_convex component_smooth optimal
      n_positive.

  Definition ec_lsvrg_star_assumption :=
    fixed_shifts_assumption f x_star L assumed estimate _ _ _ _ _ _ l_svrg_source_assumption (star_shift f x_star) L 0
      (star_shift_cancels f x_star L assumed) (star_row f x_star L assumed).

  Definition ec_lsvrg_diana_assumption (Q : compressor H) (omega alpha : R) (Q_unbiased : unbiased Q)
      (Q_variance : variance_at_most omega Q) (omega_nonnegative : 0 <= omega) (alpha_positive : 0 < alpha) :=
    learned_shifts_assumption f x_star L assumed estimate _ _ _ _ _ _ l_svrg_source_assumption Q omega alpha
      Q_unbiased Q_variance omega_nonnegative (Rlt_le _ _ alpha_positive).

  Variables (C : compressor H) (delta mu gamma : R).
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star.
  Hypothesis delta_range : 0 < delta <= 1.
  Hypothesis C_contractive : contractive delta C.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis p_positive : 0 < p.

  Let N := 12 * L * gamma / delta.
  Let K := compression_factor delta.
  Let q := 1 - delta.

  Lemma error_weights_nonnegative : 0 < INR n /\ 0 < N /\ 0 <= N * K /\ 0 <= N * q.
  Proof using n_positive L_positive delta_range gamma_positive.
    assert (HN : 0 < N) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
    repeat split; [now apply lt_0_INR|assumption|now apply weight_times_compression|]. unfold q. apply Rmult_le_pos; lra.
  Qed.

  Section Star.
    Let step := ec_step n (fixed_shifts n estimate (star_shift f x_star)) C gamma.
    Let M := 4 / (3 * p) * (2 / INR n + 2 * N * q).
    Let eta := Rmin (gamma * mu / 2) (Rmin (p / 4) (delta / 4)).
    Let S := L + 14 * L / (3 * INR n) + N * (L * K + 14 / 3 * L * q).
    Let V (s : ec_state H (nat -> H)) :=
      ‖virtual n s - x_star‖² + M * gamma ^ 2 * s2 (memory s) + N * mean n (fun i => ‖errors s i‖²).

    Theorem ec_lsvrg_star :
      (forall s, E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * gap (ec_model s)) /\
      (2 * gamma * S <= 1 -> forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s).
    Proof using n_positive m_positive L_positive component_convex component_smooth optimal mu_nonnegative quasi delta_range
      C_contractive gamma_positive p_positive.
      destruct error_weights_nonnegative as (Hn & _ & _ & HNq).
      assert (H2n : 0 < 2 / INR n) by (apply Rdiv_lt_0_compat; lra).
      assert (HM : 0 <= M) by (apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat|]; lra).
      assert (HpM : p * M = 4 / 3 * (2 / INR n + 2 * (N * q))) by (unfold M; field; lra).
      apply (ec_linear f x_star L assumed _ _ _ _ _ _ _ _ _ _ _ _ _ C delta mu gamma
        ec_lsvrg_star_assumption mu_nonnegative quasi delta_range C_contractive gamma_positive eta 0 M S 0); simpl; fold N K q; try (unfold Rdiv; lra).
      - intros s. unfold V, s2, ec_lyapunov. simpl size. ring.
      - unfold S. replace (p * L * M) with (L * (p * M)) by ring. rewrite HpM. field. lra.
      - apply rmin3_first.
      - apply rmin3_third.
      - apply weight_suffices; [apply rmin3_second|assumption|rewrite HpM; field; lra].
    Qed.
  End Star.

  Section Learned.
    Variables (Q : compressor H) (omega alpha : R).
    Hypothesis Q_unbiased : unbiased Q.
    Hypothesis Q_variance : variance_at_most omega Q.
    Hypothesis omega_nonnegative : 0 <= omega.
    Hypothesis alpha_positive : 0 < alpha.
    Hypothesis alpha_small : alpha * (1 + omega) <= 1.

    Let step := ec_step n (learned_shifts n estimate Q alpha) C gamma.
    Let M1 := 8 * N * K / (3 * alpha).
    Let M2 := 4 / (3 * p) * (2 / INR n + 2 * N * q + 16 / 3 * alpha * (1 + omega) * N * K).
    Let eta := Rmin (gamma * mu / 2) (Rmin (Rmin (alpha / 4) (p / 4)) (delta / 4)).
    Let S := L + 14 * L / (3 * INR n) + N * ((14 / 3 + 112 / 9 * alpha * (1 + omega)) * L * K + 14 / 3 * L * q).
    Let V (s : ec_state H (learned H H)) :=
      ‖virtual n s - x_star‖² + M1 * gamma ^ 2 * shift_error f x_star (shifts (memory s)) + M2 * gamma ^ 2 * s2 (references (memory s))
      + N * mean n (fun i => ‖errors s i‖²).

    Theorem ec_lsvrg_diana :
      (forall s, E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * gap (ec_model s)) /\
      (2 * gamma * S <= 1 -> forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s).
    Proof using n_positive m_positive L_positive component_convex component_smooth optimal mu_nonnegative quasi delta_range
      C_contractive gamma_positive p_positive Q_unbiased Q_variance omega_nonnegative alpha_positive alpha_small.
      destruct error_weights_nonnegative as (Hn & _ & HNK & HNq).
      assert (H2n : 0 < 2 / INR n) by (apply Rdiv_lt_0_compat; lra).
      set (W := alpha * (1 + omega)). assert (HW : 0 <= W) by (apply Rmult_le_pos; lra).
      assert (HWNK : 0 <= W * (N * K)) by (now apply Rmult_le_pos).
      assert (HM1 : 0 <= M1) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
      assert (HM2 : 0 <= M2) by (apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat|unfold W in HWNK]; lra).
      assert (HaM : alpha * M1 = 8 / 3 * (N * K)) by (unfold M1; field; lra).
      assert (HpM : p * M2 = 4 / 3 * (2 / INR n + 2 * (N * q) + 16 / 3 * W * (N * K))) by (unfold M2, W; field; lra).
      apply (ec_linear f x_star L assumed _ _ _ _ _ _ _ _ _ _ _ _ _ C delta mu gamma
        (ec_lsvrg_diana_assumption Q omega alpha Q_unbiased Q_variance omega_nonnegative alpha_positive alpha_small)
        mu_nonnegative quasi delta_range C_contractive gamma_positive eta M1 M2 S 0); simpl; fold N K q; try (unfold Rdiv; lra).
      - intros s. unfold V, s2, ec_lyapunov. simpl size. ring.
      - unfold S. replace (p * L * M2) with (L * (p * M2)) by ring. rewrite HpM.
        replace ((L * alpha + alpha * (alpha * 1) * (1 + omega) * (2 * L)) * M1) with ((L + 2 * W * L) * (alpha * M1)) by (unfold W; ring).
        rewrite HaM. unfold W. field. lra.
      - apply rmin3_first.
      - apply rmin3_third.
      - apply weight_suffices; [apply Rle_trans with (1 := rmin3_second _ _ _), Rmin_l|assumption|rewrite HaM; field].
      - replace (alpha * (1 + omega) * 2 * alpha * M1) with (2 * W * (alpha * M1)) by (unfold W; ring). rewrite HaM.
        apply weight_suffices; [apply Rle_trans with (1 := rmin3_second _ _ _), Rmin_r|assumption|rewrite HpM; field; lra].
    Qed.
  End Learned.
End Methods.
