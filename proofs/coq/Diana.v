(** DIANA: every worker compresses the difference between its gradient and a shift that it learns. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd.
Open Scope R_scope.

(** ** The method *)

Section Method.
  Context {H : space}.

  Definition message (gradient_of : oracle H) (Q : compressor H) (x : H) (h : nat -> H) (i : nat) : law H :=
    draw g <- gradient_of i x ;;
    Q (g - h i)%v.

  (** m_i = Q(ghat_i - h_i), g = (1/n) sum_i (h_i + m_i), h_i <- h_i + alpha m_i *)
  Definition diana_estimator (n : nat) (gradient_of : oracle H) (Q : compressor H) (alpha : R) : estimator H (nat -> H) :=
    fun x h =>
      draw m <- independent zero n (message gradient_of Q x h) ;;
      ret (vector_mean n (fun i => h i + m i)%v, fun i => (h i + alpha * m i)%v).

  (** sigma^2 = (1/n) sum_i |h_i - grad f_i(x⋆)|^2 *)
  Definition shift_error (f : problem H) (x_star : H) (h : nat -> H) : R :=
    mean (size f) (fun i => ‖h i - gradient f i x_star‖²).
End Method.

(** ** The assumption *)

Section Assumption.
  Context {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (gradient_of : oracle H) (a variance : R) (Q : compressor H) (omega alpha : R).
  Hypothesis oracle_unbiased : unbiased_oracle f gradient_of.
  Hypothesis oracle_noise : oracle_noise_at_most a variance f x_star gradient_of.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis alpha_nonnegative : 0 <= alpha.
  Hypothesis alpha_small : alpha * (1 + omega) <= 1.

  Let n := size f.
  Let N := INR n.
  Let u x (h : nat -> H) i : H := (gradient f i x - h i)%v.
  Let noise x i := E[ ‖g - gradient f i x‖² | g <- gradient_of i x ].
  Let D x := mean_value f x - mean_value f x_star.

  Lemma N_positive : 0 < N.
  Proof using assumed. apply lt_0_INR, (nonempty assumed). Qed.

  Lemma message_mean x h i : (i < n)%nat -> has_mean (message gradient_of Q x h i) (u x h i).
  Proof using oracle_unbiased Q_unbiased.
    intros Hi. apply (compressed_mean (gradient_of i x) (gradient f i x) (h i) (fun g => g - h i)%v Q (oracle_unbiased i x Hi)).
    - intros g z. expand. ring.
    - exact Q_unbiased.
  Qed.

  Lemma message_variance x h i : (i < n)%nat ->
    E[ ‖m - u x h i‖² | m <- message gradient_of Q x h i ] <= omega * ‖u x h i‖² + (1 + omega) * noise x i.
  Proof using oracle_unbiased Q_unbiased Q_variance.
    intros Hi. apply (compressed_variance (gradient_of i x) (gradient f i x) (h i) (fun g => g - h i)%v Q omega (oracle_unbiased i x Hi)).
    - intros g z. expand. ring.
    - exact Q_unbiased.
    - exact Q_variance.
  Qed.

  Lemma mean_difference x h : mean n (fun i => ‖u x h i‖²) <= 4 * L * D x + 2 * shift_error f x_star h.
  Proof using assumed.
    apply Rle_trans with (mean n (fun i => 2 * ‖gradient f i x - gradient f i x_star‖² + 2 * ‖h i - gradient f i x_star‖²)).
    { apply mean_le; intros i _.
      apply Rle_trans with ‖(gradient f i x - gradient f i x_star) + (-1) * (h i - gradient f i x_star)‖².
      { right. apply square_ext; intros z. unfold u. expand. ring. }
      apply Rle_trans with (1 := young H _ _). expand. right; ring. }
    rewrite mean_add, !mean_scale. pose proof (mean_cocoercive f L x_star assumed x) as MC. fold n in MC. unfold shift_error, D. fold n. lra.
  Qed.

  Lemma diana_unbiased x h z :
    E[ ⟨fst o, z⟩ | o <- diana_estimator n gradient_of Q alpha x h ] = ⟨mean_gradient f x, z⟩.
  Proof using oracle_unbiased Q_unbiased.
    unfold diana_estimator. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun m => mean n (fun i => ⟨h i, z⟩ + ⟨m i, z⟩))).
    2:{ intros m. rewrite expectation_ret. simpl fst. rewrite dot_mean. apply mean_ext; intros; apply dot_add. }
    rewrite (expectation_independent_mean zero n _ (fun i v => ⟨h i, z⟩ + ⟨v, z⟩)).
    unfold mean_gradient. rewrite dot_mean. apply mean_ext. intros i Hi.
    rewrite expectation_add, expectation_const, (message_mean x h i Hi). unfold u. expand. ring.
  Qed.

  Lemma diana_second_moment x h :
    E[ ‖fst o‖² | o <- diana_estimator n gradient_of Q alpha x h ]
    <= 2 * ((1 + 2 * omega / N) * L + (1 + omega) * a / N) * D x + 2 * omega / N * shift_error f x_star h
       + (1 + omega) * variance / N.
  Proof using assumed oracle_unbiased oracle_noise Q_unbiased Q_variance omega_nonnegative.
    pose proof N_positive as HN. assert (0 < / N) by now apply Rinv_0_lt_compat.
    unfold diana_estimator. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun m => ‖vector_mean n h + / N * vector_sum n m‖²)).
    2:{ intros m. rewrite expectation_ret. apply square_ext; intros z. simpl fst. rewrite dot_mean. expand.
        rewrite dot_mean, dot_sum. unfold mean. rewrite (sum_ext n _ (fun i => ⟨h i, z⟩ + ⟨m i, z⟩)) by (intros; apply dot_add).
        rewrite sum_add. unfold N. ring. }
    rewrite (independent_second_moment n _ (u x h)) by (intros; now apply message_mean).
    rewrite (square_ext H (vector_mean n h + / N * vector_sum n (u x h))%v (mean_gradient f x)).
    2:{ intros z. unfold mean_gradient. expand. rewrite !dot_mean, dot_sum. unfold mean. fold N.
        rewrite (sum_ext n (fun i => ⟨u x h i, z⟩) (fun i => ⟨gradient f i x, z⟩ + (-1) * ⟨h i, z⟩)) by (intros; unfold u; expand; ring).
        rewrite sum_add, sum_scale. fold n N. ring. }
    pose proof (mean_gradient_square f L x_star assumed x) as G. fold (D x) in G.
    set (spread := fun i => E[ ‖m - u x h i‖² | m <- message gradient_of Q x h i ]).
    assert (S : mean n spread <= omega * (4 * L * D x + 2 * shift_error f x_star h) + (1 + omega) * (2 * a * D x + variance)).
    { apply Rle_trans with (mean n (fun i => omega * ‖u x h i‖² + (1 + omega) * noise x i)).
      { apply mean_le; intros; now apply message_variance. }
      rewrite mean_add, !mean_scale. pose proof (oracle_noise x). pose proof (mean_difference x h).
      apply Rplus_le_compat; (apply Rmult_le_compat_l; [lra|assumption]). }
    apply Rmult_le_compat_l with (r := / N) in S; [|lra].
    replace ((/ N) ^ 2 * sum n spread) with (/ N * mean n spread) by (unfold mean; fold N; ring).
    replace (2 * ((1 + 2 * omega / N) * L + (1 + omega) * a / N) * D x + 2 * omega / N * shift_error f x_star h
             + (1 + omega) * variance / N)
      with (2 * L * D x + / N * (omega * (4 * L * D x + 2 * shift_error f x_star h) + (1 + omega) * (2 * a * D x + variance)))
      by (field; lra).
    lra.
  Qed.

  Lemma diana_memory x h :
    E[ shift_error f x_star (snd o) | o <- diana_estimator n gradient_of Q alpha x h ]
    <= (1 - alpha) * shift_error f x_star h + 2 * (L * alpha + alpha ^ 2 * (1 + omega) * a) * D x
       + alpha ^ 2 * (1 + omega) * variance.
  Proof using assumed oracle_unbiased oracle_noise Q_unbiased Q_variance omega_nonnegative alpha_nonnegative alpha_small.
    unfold diana_estimator. rewrite expectation_bind.
    set (w := fun i => (h i - gradient f i x_star)%v).
    rewrite (expectation_ext _ _ (fun m => mean n (fun i => ‖w i + alpha * m i‖²))).
    2:{ intros m. rewrite expectation_ret. simpl snd. unfold shift_error. apply mean_ext; intros i _.
        apply square_ext; intros z. unfold w. expand. ring. }
    rewrite (expectation_independent_mean zero n _ (fun i v => ‖w i + alpha * v‖²)).
    apply Rle_trans with (mean n (fun i => (1 - alpha) * ‖w i‖² + (alpha * ‖gradient f i x - gradient f i x_star‖²
                                             + alpha ^ 2 * (1 + omega) * noise x i))).
    { apply mean_le. intros i Hi.
      rewrite (shifted_second_moment _ (u x h i)) by now apply message_mean.
      pose proof (message_variance x h i Hi) as S. set (spread := E[ ‖m - u x h i‖² | m <- message gradient_of Q x h i ]) in *.
      assert (0 <= ‖u x h i‖²) by apply dot_nonnegative.
      assert (A1 : alpha ^ 2 * spread <= alpha ^ 2 * (omega * ‖u x h i‖² + (1 + omega) * noise x i)).
      { apply Rmult_le_compat_l; [apply pow2_ge_0|assumption]. }
      assert (A2 : alpha * (alpha * (1 + omega)) * ‖u x h i‖² <= alpha * 1 * ‖u x h i‖²).
      { apply Rmult_le_compat_r; [assumption|]. now apply Rmult_le_compat_l. }
      assert (A3 : ‖w i + alpha * u x h i‖² - alpha ^ 2 * ‖u x h i‖² + alpha * ‖u x h i‖²
                   = (1 - alpha) * ‖w i‖² + alpha * ‖gradient f i x - gradient f i x_star‖²).
      { unfold w, u. expand. rewrite (dot_symmetric _ (h i) (gradient f i x)), (dot_symmetric _ (gradient f i x_star) (gradient f i x)),
          (dot_symmetric _ (gradient f i x_star) (h i)). ring. }
      lra. }
    rewrite !mean_add, !mean_scale. pose proof (oracle_noise x) as HV. change (mean n (noise x) <= 2 * a * D x + variance) in HV.
    pose proof (mean_cocoercive f L x_star assumed x) as MC. fold n (D x) in MC. change (shift_error f x_star h) with (mean n (fun i => ‖w i‖²)).
    apply Rmult_le_compat_l with (r := alpha ^ 2 * (1 + omega)) in HV; [|apply Rmult_le_pos; [apply pow2_ge_0|lra]].
    apply Rmult_le_compat_l with (r := alpha) in MC; [|assumption].
    change (mean n (fun i => noise x i)) with (mean n (noise x)). lra.
  Qed.

  Theorem diana_assumption_with_noise :
    key_assumption (mean_value f) (mean_gradient f) x_star (diana_estimator n gradient_of Q alpha) (shift_error f x_star)
      ((1 + 2 * omega / N) * L + (1 + omega) * a / N) (2 * omega / N) alpha (L * alpha + alpha ^ 2 * (1 + omega) * a)
      ((1 + omega) * variance / N) (alpha ^ 2 * (1 + omega) * variance).
  Proof using assumed oracle_unbiased oracle_noise Q_unbiased Q_variance omega_nonnegative alpha_nonnegative alpha_small.
    split.
    - exact diana_unbiased.
    - exact diana_second_moment.
    - exact diana_memory.
    - intros h. apply mean_nonnegative; intros; apply dot_nonnegative.
  Qed.
End Assumption.

(** With gradients of bounded variance, the row of Table 2.1. *)
Theorem diana_assumption {H : space} (f : problem H) (x_star : H) (L : R) (gradient_of : oracle H) (variance : R)
    (Q : compressor H) (omega alpha : R) :
  convex_smooth f L x_star -> unbiased_oracle f gradient_of -> oracle_noise_at_most 0 variance f x_star gradient_of ->
  0 <= variance -> unbiased Q -> variance_at_most omega Q -> 0 <= omega -> 0 <= alpha -> alpha * (1 + omega) <= 1 ->
  key_assumption (mean_value f) (mean_gradient f) x_star (diana_estimator (size f) gradient_of Q alpha) (shift_error f x_star)
    ((1 + 2 * omega / INR (size f)) * L) (2 * omega / INR (size f)) alpha (L * alpha) ((1 + omega) * variance / INR (size f))
    (alpha * variance).
Proof.
  intros assumed HG HN Hv HQ HV Hom Ha Ha1.
  apply (key_assumption_weaken _ _ _ _ _ _ _ _ _ _ _ _ _ _) with
    (4 := diana_assumption_with_noise f x_star L assumed gradient_of 0 variance Q omega alpha HG HN HQ HV Hom Ha Ha1).
  - unfold Rdiv; ring.
  - ring.
  - apply Rmult_le_compat_r with (r := variance) in Ha1; [|assumption].
    apply Rmult_le_compat_l with (r := alpha) in Ha1; [|assumption]. lra.
Qed.

(** ** The rate *)

(** V = |x - x⋆|^2 + M gamma^2 sigma^2 with M = 4 omega/(n alpha) *)
Definition diana_lyapunov {H : space} (f : problem H) (x_star : H) (omega alpha gamma : R) : state H (nat -> H) -> R :=
  lyapunov x_star (shift_error f x_star) (4 * omega / (INR (size f) * alpha)) gamma.

Section Rate.
  Context {H : space} (f : problem H) (x_star : H) (L mu : R) (assumed : convex_smooth f L x_star).
  Variables (gradient_of : oracle H) (variance : R) (Q : compressor H) (omega alpha gamma : R).
  Hypothesis quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star.
  Hypothesis oracle_unbiased : unbiased_oracle f gradient_of.
  Hypothesis oracle_noise : oracle_noise_at_most 0 variance f x_star gradient_of.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis alpha_positive : 0 < alpha.
  Hypothesis alpha_small : alpha * (1 + omega) <= 1.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis gamma_small : gamma * ((1 + 6 * omega / INR (size f)) * L) <= 1.

  Let N := INR (size f).
  Let M := 4 * omega / (N * alpha).
  Let q := Rmax (1 - gamma * mu) (1 - alpha / 2).
  Let step := sgd_step gamma (diana_estimator (size f) gradient_of Q alpha).
  Let V := diana_lyapunov f x_star omega alpha gamma.

  Lemma diana_conditions :
    0 <= M /\ gamma * ((1 + 2 * omega / N) * L + L * alpha * M) <= 1 /\ M * (1 - alpha) + 2 * omega / N <= q * M /\ 0 <= q.
  Proof using assumed omega_nonnegative alpha_positive alpha_small gamma_positive gamma_small.
    pose proof (N_positive f x_star L assumed) as HN. fold N in HN.
    assert (HM : 0 <= M) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; nra]).
    assert (Hq : 1 - alpha / 2 <= q) by apply Rmax_r.
    assert (alpha <= 1) by nra.
    repeat split; [assumption| | |lra].
    - replace ((1 + 2 * omega / N) * L + L * alpha * M) with ((1 + 6 * omega / N) * L) by (unfold M; field; lra). assumption.
    - replace (2 * omega / N) with (alpha / 2 * M) by (unfold M; field; lra). nra.
  Qed.

  Theorem diana_rate_with_noise : 0 < mu -> 0 <= variance ->
    forall k s, E[ V s' | s' <- iterate step k s ]
                <= q ^ k * V s + gamma ^ 2 * ((1 + omega) * variance / N + M * (alpha * variance)) / Rmin (gamma * mu) (alpha / 2).
  Proof using quasi assumed oracle_unbiased oracle_noise Q_unbiased Q_variance omega_nonnegative alpha_positive alpha_small
    gamma_positive gamma_small.
    intros Hmu Hv k s. destruct diana_conditions as (HM & Hg & Hc & Hq).
    pose proof (N_positive f x_star L assumed) as HN. fold N in HN.
    assert (0 < gamma * mu) by nra.
    assert (q < 1) by (apply Rmax_lub_lt; lra).
    replace (Rmin (gamma * mu) (alpha / 2)) with (1 - q).
    2:{ unfold q, Rmax, Rmin; destruct (Rle_dec _ _), (Rle_dec _ _); lra. }
    pose proof (diana_assumption f x_star L gradient_of variance Q omega alpha assumed oracle_unbiased oracle_noise Hv Q_unbiased
      Q_variance omega_nonnegative (Rlt_le _ _ alpha_positive) alpha_small) as K. fold N in K.
    pose proof (convex_minimiser f L x_star assumed) as Hmin.
    apply (unified_rate_with_noise _ _ _ _ _ _ _ _ _ _ _ _ _ _ K quasi Hmin gamma_positive Hg HM); try lra.
    - apply Rmult_le_pos; [nra|left; now apply Rinv_0_lt_compat].
    - nra.
    - apply Rmax_l.
  Qed.
End Rate.

Theorem diana_rate {H : space} (f : problem H) (x_star : H) (L mu : R) (Q : compressor H) (omega alpha gamma : R) :
  convex_smooth f L x_star -> quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < alpha -> alpha * (1 + omega) <= 1 ->
  0 < gamma -> gamma * ((1 + 6 * omega / INR (size f)) * L) <= 1 ->
  forall k s,
    E[ diana_lyapunov f x_star omega alpha gamma s'
     | s' <- iterate (sgd_step gamma (diana_estimator (size f) (full_gradient f) Q alpha)) k s ]
    <= Rmax (1 - gamma * mu) (1 - alpha / 2) ^ k * diana_lyapunov f x_star omega alpha gamma s.
Proof.
  intros assumed quasi HQ HV Hom Ha Ha1 Hg Hg1.
  destruct (diana_conditions f x_star L mu assumed omega alpha gamma Hom Ha Ha1 Hg Hg1) as (HM & Hstep & Hc & Hq).
  pose proof (diana_assumption f x_star L (full_gradient f) 0 Q omega alpha assumed (full_gradient_unbiased f)
    (full_gradient_noise f x_star) (Rle_refl 0) HQ HV Hom (Rlt_le _ _ Ha) Ha1) as K.
  apply (unified_rate _ _ _ _ _ _ _ _ _ _ _ _ _ _ K quasi (convex_minimiser f L x_star assumed) Hg Hstep HM); try assumption.
  - unfold Rdiv; ring.
  - ring.
  - apply Rmax_l.
Qed.

(** RandK in R^d, omega = d/K - 1, alpha = 1/(1 + omega) = K/d. *)
Theorem diana_rand_k_rate (d K : nat) (f : problem (Rd d)) (x_star : Rd d) (L mu gamma : R) :
  (1 <= K <= d)%nat ->
  convex_smooth f L x_star -> quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
  let omega := INR d / INR K - 1 in
  let alpha := INR K / INR d in
  0 < gamma -> gamma * ((1 + 6 * omega / INR (size f)) * L) <= 1 ->
  forall k s,
    E[ diana_lyapunov f x_star omega alpha gamma s'
     | s' <- iterate (sgd_step gamma (diana_estimator (size f) (full_gradient f) (rand_k d K) alpha)) k s ]
    <= Rmax (1 - gamma * mu) (1 - alpha / 2) ^ k * diana_lyapunov f x_star omega alpha gamma s.
Proof.
  intros HK assumed quasi omega alpha Hg Hg1.
  assert (HKR : 0 < INR K) by (apply lt_0_INR; lia). assert (HKd : INR K <= INR d) by (apply le_INR; lia).
  apply diana_rate with (L := L); try assumption.
  - now apply rand_k_unbiased.
  - intros x. right. now apply rand_k_variance.
  - now apply rand_k_omega_nonnegative.
  - unfold alpha. apply Rdiv_lt_0_compat; lra.
  - right. unfold alpha, omega. field; lra.
Qed.
