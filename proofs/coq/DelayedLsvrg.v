(** Loopless SVRG with delayed updates: D-LSVRG, and D-LSVRG-DIANA, whose workers compress differences to learned shifts. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd LSvrg Diana ErrorFeedback
  EcEstimators EcGd EcLsvrg Delayed DelayedEstimators.
Open Scope R_scope.

Section Methods.
  Context {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R) (component_gradient : nat -> nat -> H -> H).
  Variables (x_star : H) (L : R) (p : probability).
  Let f := problem_of_components n m component component_gradient.
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
  Let s2 (w : nat -> H) := mean n (fun i => reference_error (worker_problem m component component_gradient i) x_star (w i)).
  Let assumed : convex_smooth f L x_star :=
    components_convex_smooth n m component component_gradient x_star L m_positive L_positive component_convex component_smooth optimal
      n_positive.
  Let source_assumed := l_svrg_source_assumption n m component component_gradient x_star L p m_positive L_positive component_convex
    component_smooth optimal.

  Definition d_lsvrg_assumption := mean_of_sources_assumption f x_star L assumed estimate _ _ _ _ _ source_assumed.

  Definition d_lsvrg_diana_assumption (Q : compressor H) (omega alpha : R) (Q_unbiased : unbiased Q)
      (Q_variance : variance_at_most omega Q) (omega_nonnegative : 0 <= omega) (alpha_positive : 0 < alpha) :=
    mean_of_differences_assumption f x_star L assumed estimate _ _ _ _ _ source_assumed Q omega alpha Q_unbiased Q_variance
      omega_nonnegative (Rlt_le _ _ alpha_positive).

  Variables (tau : nat) (mu gamma : R).
  Hypothesis tau_positive : (0 < tau)%nat.
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis p_positive : 0 < p.

  Let T := INR tau.
  Let Q_of eta (s : nat -> H) := 3 * L * gamma ^ 3 * T * window eta tau s.

  (** N = 3 L gamma tau w_tau <= 4 L gamma tau^2 *)
  Lemma window_in_numbers eta : 0 <= eta -> eta <= 1 / (4 * T) ->
    0 < INR n /\ 1 <= T /\ eta < 1 /\ 0 <= 3 * L * gamma * T * window_weight eta tau <= 4 * L * gamma * T ^ 2.
  Proof using n_positive L_positive tau_positive gamma_positive.
    intros He Heta. assert (HT : 1 <= T) by (change 1 with (INR 1); apply le_INR; lia).
    assert (HeT : eta * T <= 1 / 4).
    { apply Rmult_le_compat_r with (r := T) in Heta; [|lra]. replace (1 / (4 * T) * T) with (1 / 4) in Heta by (field; lra). exact Heta. }
    assert (H1 : eta < 1) by nra.
    pose proof (window_weight_nonnegative eta tau H1) as Hw. pose proof (window_weight_at_most eta tau He tau_positive Heta) as Hw1.
    fold T in Hw1. assert (HP : 0 <= 3 * L * gamma * T) by (repeat apply Rmult_le_pos; lra).
    repeat split; [now apply lt_0_INR|assumption|assumption|now apply Rmult_le_pos|].
    apply Rmult_le_compat_l with (r := 3 * L * gamma * T) in Hw1; [|assumption]. lra.
  Qed.

  (** Of the exact condition and the explicit one *)
  Lemma explicit_stepsize N P : 0 <= P -> N <= 4 * L * gamma * T ^ 2 -> 2 * gamma * ((1 + 4 * L * gamma * T ^ 2) * P) <= 1 ->
    2 * gamma * ((1 + N) * P) <= 1.
  Proof using gamma_positive.
    intros HP HN Hs. apply Rle_trans with (2 := Hs). apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_r; [assumption|lra].
  Qed.

  Section Plain.
    Let eta := Rmin (gamma * mu / 2) (Rmin (p / 4) (1 / (4 * T))).
    Let N := 3 * L * gamma * T * window_weight eta tau.
    Let M := 4 / (3 * p) * (1 + N) * (2 / INR n).
    Let P := L + 14 * L / (3 * INR n).
    Let step := delayed_step tau (mean_of_sources n estimate) gamma.
    Let V (s : delayed_state H (nat -> H)) :=
      ‖arrived tau gamma s - x_star‖² + M * gamma ^ 2 * s2 (delayed_memory s) + Q_of eta (late s).

    Theorem d_lsvrg :
      (forall s, E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * ((1 + N) * P)) * gap (delayed_model s)) /\
      (2 * gamma * ((1 + 4 * L * gamma * T ^ 2) * P) <= 1 -> forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s).
    Proof using n_positive m_positive L_positive component_convex component_smooth optimal tau_positive mu_nonnegative quasi
      gamma_positive p_positive.
      assert (HT0 : 0 < T) by now apply lt_0_INR.
      assert (He : 0 <= eta).
      { repeat apply Rmin_glb; [apply Rmult_le_pos; [nra|lra]|lra|apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]]. }
      destruct (window_in_numbers eta He (rmin3_third _ _ _)) as (Hn & HT & He1 & HN). fold N in HN.
      assert (H2n : 0 < 2 / INR n) by (apply Rdiv_lt_0_compat; lra).
      assert (HP : 0 <= P) by (apply Rplus_le_le_0_compat; [lra|]; apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
      assert (HM : 0 <= M).
      { apply Rmult_le_pos; [apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat|]|]; lra. }
      assert (HpM : p * M = 4 / 3 * ((1 + N) * (2 / INR n))) by (unfold M; field; lra).
      destruct (delayed_linear f x_star L assumed _ _ _ _ _ _ _ _ _ _ tau mu gamma eta d_lsvrg_assumption mu_nonnegative quasi gamma_positive
        He1 0 M ((1 + N) * P) V) as [One Many]; simpl; fold T N; try (unfold Rdiv; lra).
      - intros s. unfold V, Q_of, s2. fold T. simpl size. ring.
      - unfold P. replace (p * L * M) with (L * (p * M)) by ring. rewrite HpM. field. lra.
      - apply rmin3_first.
      - apply weight_suffices; [apply rmin3_second|assumption|rewrite HpM; field; lra].
      - split; [exact One|]. intros Hs. apply Many. now apply explicit_stepsize.
    Qed.
  End Plain.

  Section Learned.
    Variables (Q : compressor H) (omega alpha : R).
    Hypothesis Q_unbiased : unbiased Q.
    Hypothesis Q_variance : variance_at_most omega Q.
    Hypothesis omega_nonnegative : 0 <= omega.
    Hypothesis alpha_positive : 0 < alpha.
    Hypothesis alpha_small : alpha * (1 + omega) <= 1.

    Let eta := Rmin (gamma * mu / 2) (Rmin (Rmin (alpha / 4) (p / 4)) (1 / (4 * T))).
    Let N := 3 * L * gamma * T * window_weight eta tau.
    Let M1 := 8 * omega / (3 * INR n * alpha) * (1 + N).
    Let M2 := 4 / (3 * p) * (1 + N) * (2 * (1 + omega) / INR n + 16 / 3 * alpha * (1 + omega) * omega / INR n).
    Let P := L + (14 / 3 + 28 / 3 * omega + 112 / 9 * alpha * (1 + omega) * omega) * L / INR n.
    Let step := delayed_step tau (mean_of_differences n estimate Q alpha) gamma.
    Let V (s : delayed_state H (learned H H)) :=
      ‖arrived tau gamma s - x_star‖² + M1 * gamma ^ 2 * shift_error f x_star (shifts (delayed_memory s))
      + M2 * gamma ^ 2 * s2 (references (delayed_memory s)) + Q_of eta (late s).

    Theorem d_lsvrg_diana :
      (forall s, E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * ((1 + N) * P)) * gap (delayed_model s)) /\
      (2 * gamma * ((1 + 4 * L * gamma * T ^ 2) * P) <= 1 -> forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s).
    Proof using n_positive m_positive L_positive component_convex component_smooth optimal tau_positive mu_nonnegative quasi
      gamma_positive p_positive Q_unbiased Q_variance omega_nonnegative alpha_positive alpha_small.
      assert (HT0 : 0 < T) by now apply lt_0_INR.
      assert (He : 0 <= eta).
      { repeat apply Rmin_glb; [apply Rmult_le_pos; [nra|lra]|lra|lra|apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]]. }
      destruct (window_in_numbers eta He (rmin3_third _ _ _)) as (Hn & HT & He1 & HN). fold N in HN.
      assert (Hin : 0 < / INR n) by now apply Rinv_0_lt_compat.
      set (W := alpha * (1 + omega)). assert (HW : 0 <= W * omega) by (repeat apply Rmult_le_pos; lra).
      assert (HP : 0 <= P).
      { unfold P, Rdiv. apply Rplus_le_le_0_compat; [lra|]. repeat apply Rmult_le_pos; [|lra|lra]. unfold W in HW. lra. }
      assert (HM1 : 0 <= M1).
      { apply Rmult_le_pos; [|lra]. apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat]. apply Rmult_lt_0_compat; lra. }
      assert (HM2 : 0 <= M2).
      { apply Rmult_le_pos; [apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat|]; lra|].
        unfold Rdiv. rewrite <- Rmult_plus_distr_r. apply Rmult_le_pos; [unfold W in HW|]; lra. }
      assert (HaM : alpha * M1 = 4 / 3 * ((1 + N) * (2 * omega / INR n))) by (unfold M1; field; lra).
      assert (HpM : p * M2 = 4 / 3 * ((1 + N) * (2 * (1 + omega) / INR n + 16 / 3 * W * omega / INR n))) by (unfold M2, W; field; lra).
      destruct (delayed_linear f x_star L assumed _ _ _ _ _ _ _ _ _ _ tau mu gamma eta
        (d_lsvrg_diana_assumption Q omega alpha Q_unbiased Q_variance omega_nonnegative alpha_positive alpha_small) mu_nonnegative quasi
        gamma_positive He1 M1 M2 ((1 + N) * P) V) as [One Many]; simpl; fold T N; try (unfold Rdiv; lra).
      - intros s. unfold V, Q_of, s2. fold T. simpl size. ring.
      - unfold P. replace (p * L * M2) with (L * (p * M2)) by ring. rewrite HpM.
        replace ((L * alpha + alpha * (alpha * 1) * (1 + omega) * (2 * L)) * M1) with ((L + 2 * W * L) * (alpha * M1)) by (unfold W; ring).
        rewrite HaM. unfold W. field. lra.
      - apply rmin3_first.
      - apply weight_suffices; [apply Rle_trans with (1 := rmin3_second _ _ _), Rmin_l|assumption|rewrite HaM; field; lra].
      - replace (alpha * (1 + omega) * 2 * alpha * M1) with (2 * W * (alpha * M1)) by (unfold W; ring). rewrite HaM.
        apply weight_suffices; [apply Rle_trans with (1 := rmin3_second _ _ _), Rmin_r|assumption|rewrite HpM; field; lra].
      - split; [exact One|]. intros Hs. apply Many. now apply explicit_stepsize.
    Qed.
  End Learned.
End Methods.
