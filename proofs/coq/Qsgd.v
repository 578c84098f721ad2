(** QSGD: parallel SGD whose gradients pass through an unbiased compressor. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd.
Open Scope R_scope.

(** m_i = Q(ghat_i), g = (1/n) sum_i m_i *)
Definition qsgd_estimator {H : space} (n : nat) (gradient_of : oracle H) (Q : compressor H) : estimator H unit := fun x _ =>
  draw m <- independent zero n (fun i => draw g <- gradient_of i x ;; Q g) ;;
  ret (vector_mean n m, tt).

Section Qsgd.
  Context {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (gradient_of : oracle H) (variance : R) (Q : compressor H) (omega : R).
  Hypothesis oracle_unbiased : unbiased_oracle f gradient_of.
  Hypothesis oracle_noise : oracle_noise_at_most 0 variance f x_star gradient_of.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.

  Let n := size f.
  Let N := INR n.
  Let message x i : law H := draw g <- gradient_of i x ;; Q g.
  Let noise x i := E[ ‖g - gradient f i x‖² | g <- gradient_of i x ].
  Let D x := mean_value f x - mean_value f x_star.

  Lemma without_shift (g z : H) : ⟨g, z⟩ = ⟨g, z⟩ - ⟨zero, z⟩.
  Proof. expand. ring. Qed.

  Lemma qsgd_message_mean x i : (i < n)%nat -> has_mean (message x i) (gradient f i x - zero)%v.
  Proof using oracle_unbiased Q_unbiased.
    intros Hi. exact (compressed_mean (gradient_of i x) _ zero (fun g => g) Q (oracle_unbiased i x Hi) without_shift Q_unbiased).
  Qed.

  Lemma qsgd_message_variance x i : (i < n)%nat ->
    E[ ‖m - (gradient f i x - zero)‖² | m <- message x i ] <= omega * ‖gradient f i x‖² + (1 + omega) * noise x i.
  Proof using oracle_unbiased Q_unbiased Q_variance.
    intros Hi. rewrite (square_ext H (gradient f i x) (gradient f i x - zero)%v) by (intros; expand; ring).
    exact (compressed_variance (gradient_of i x) _ zero (fun g => g) Q omega (oracle_unbiased i x Hi) without_shift Q_unbiased Q_variance).
  Qed.

  (** A = (1 + 2 omega/n) L, B = 0, rho = 1, C = 0, D1 = (2 omega zeta + (1 + omega) variance)/n, D2 = 0 *)
  Theorem qsgd_assumption :
    key_assumption (mean_value f) (mean_gradient f) x_star (qsgd_estimator n gradient_of Q) (fun _ => 0)
      ((1 + 2 * omega / N) * L) 0 1 0 ((2 * omega * heterogeneity f x_star + (1 + omega) * variance) / N) 0.
  Proof using assumed oracle_unbiased oracle_noise Q_unbiased Q_variance omega_nonnegative.
    assert (HN : 0 < N) by apply lt_0_INR, (nonempty assumed). assert (0 < / N) by now apply Rinv_0_lt_compat.
    split.
    - intros x t z. unfold qsgd_estimator. rewrite expectation_bind.
      rewrite (expectation_ext _ _ (fun m => mean n (fun i => ⟨m i, z⟩))) by (intros; rewrite expectation_ret; apply dot_mean).
      rewrite (expectation_independent_mean zero n _ (fun i v => ⟨v, z⟩)).
      unfold mean_gradient. rewrite dot_mean. apply mean_ext. intros i Hi.
      apply (eq_trans (qsgd_message_mean x i Hi z)). expand. ring.
    - intros x t. unfold qsgd_estimator. rewrite expectation_bind.
      rewrite (expectation_ext _ _ (fun m => ‖zero + / N * vector_sum n m‖²)).
      2:{ intros m. rewrite expectation_ret. apply square_ext; intros z. simpl fst. unfold vector_mean. fold N. expand. ring. }
      rewrite (independent_second_moment n _ (fun i => gradient f i x - zero)%v) by (intros; now apply qsgd_message_mean).
      rewrite (square_ext H (zero + / N * vector_sum n (fun i => gradient f i x - zero))%v (mean_gradient f x)).
      2:{ intros z. unfold mean_gradient, vector_mean. expand. rewrite !dot_sum. fold n N.
          rewrite (sum_ext n (fun i => ⟨gradient f i x - zero, z⟩) (fun i => ⟨gradient f i x, z⟩)) by (intros; expand; ring). ring. }
      set (spread := fun i => E[ ‖m - (gradient f i x - zero)‖² | m <- message x i ]).
      assert (S : mean n spread <= omega * (4 * L * D x + 2 * heterogeneity f x_star) + (1 + omega) * variance).
      { apply Rle_trans with (mean n (fun i => omega * ‖gradient f i x‖² + (1 + omega) * noise x i)).
        - apply mean_le; intros; now apply qsgd_message_variance.
        - rewrite mean_add, !mean_scale. pose proof (oracle_noise x) as V. pose proof (mean_square_gradient f L x_star assumed x).
          apply Rplus_le_compat; apply Rmult_le_compat_l; try lra; [assumption|].
          apply Rle_trans with (1 := V). lra. }
      pose proof (mean_gradient_square f L x_star assumed x) as G. fold (D x) in G |- *.
      apply Rmult_le_compat_l with (r := / N) in S; [|lra].
      change (sum n (fun i => E[ ‖m - (gradient f i x - zero)‖² | m <- draw g <- gradient_of i x ;; Q g ])) with (sum n spread).
      replace ((/ N) ^ 2 * sum n spread) with (/ N * mean n spread) by (unfold mean; fold N; ring).
      replace (2 * ((1 + 2 * omega / N) * L) * D x + 0 * 0 + (2 * omega * heterogeneity f x_star + (1 + omega) * variance) / N)
        with (2 * L * D x + / N * (omega * (4 * L * D x + 2 * heterogeneity f x_star) + (1 + omega) * variance)) by (field; lra).
      lra.
    - intros x t. rewrite expectation_const. lra.
    - intros t. lra.
  Qed.
End Qsgd.

(** gamma <= 1/A: E|x^k - x⋆|^2 <= (1 - gamma mu)^k |x^0 - x⋆|^2 + gamma D1/mu *)
Theorem qsgd_rate {H : space} (f : problem H) (x_star : H) (L mu variance omega gamma : R) (gradient_of : oracle H)
    (Q : compressor H) :
  convex_smooth f L x_star -> quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 < mu ->
  unbiased_oracle f gradient_of -> oracle_noise_at_most 0 variance f x_star gradient_of -> 0 <= variance ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < gamma -> gamma * ((1 + 2 * omega / INR (size f)) * L) <= 1 ->
  forall k s,
    E[ ‖fst s' - x_star‖² | s' <- iterate (sgd_step gamma (qsgd_estimator (size f) gradient_of Q)) k s ]
    <= (1 - gamma * mu) ^ k * ‖fst s - x_star‖²
       + gamma * ((2 * omega * heterogeneity f x_star + (1 + omega) * variance) / INR (size f)) / mu.
Proof.
  intros assumed quasi Hmu HG HN Hv HQ HV Hom Hg Hg1 k s.
  assert (HD : 0 <= (2 * omega * heterogeneity f x_star + (1 + omega) * variance) / INR (size f)).
  { apply Rmult_le_pos; [|apply inverse_nonnegative].
    assert (0 <= heterogeneity f x_star) by (apply mean_nonnegative; intros; apply dot_nonnegative).
    apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra. }
  destruct (Rle_dec (gamma * mu) 1) as [Hgm|Hgm].
  - apply (unified_sgd_without_sigma _ _ _ _ _ _ _ _ _ _ _ _
      (qsgd_assumption f x_star L assumed gradient_of variance Q omega HG HN HQ HV Hom) quasi (convex_minimiser f L x_star assumed));
      try assumption.
    apply Rmult_le_reg_r with mu; [assumption|]. replace (1 / mu * mu) with 1 by (field; lra). assumption.
  - (* mu > L: then all vectors have length zero *)
    assert (HL : gamma * L <= 1).
    { apply Rle_trans with (2 := Hg1). apply Rmult_le_compat_l; [lra|]. pose proof (L_positive assumed).
      assert (0 <= 2 * omega / INR (size f)) by (apply Rmult_le_pos; [lra|apply inverse_nonnegative]). nra. }
    assert (Hz : forall z : H, ‖z‖² = 0).
    { intros z. pose proof (strong_convexity_at_most_smoothness f L x_star assumed mu quasi z) as S.
      pose proof (dot_nonnegative H z). assert (L < mu) by nra. nra. }
    rewrite (expectation_ext _ _ (fun _ => 0)) by (intros; apply Hz). rewrite expectation_const, Hz, Rmult_0_r, Rplus_0_l.
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; now apply Rinv_0_lt_compat].
Qed.
