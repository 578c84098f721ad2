(** DIANA with full gradients on non-convex problems. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd Diana Marina.
Open Scope R_scope.

(** 2 <p, q> <= c |p|^2 + |q|^2/c *)
Lemma young_with {H : space} (p q : H) (c : R) : 0 < c -> ‖p + q‖² <= (1 + c) * ‖p‖² + (1 + / c) * ‖q‖².
Proof.
  intros Hc. pose proof (dot_nonnegative H (c * p - q)%v) as Y. revert Y. expand. rewrite (dot_symmetric _ q p). intros Y.
  assert (Hi : 0 < / c) by now apply Rinv_0_lt_compat. apply Rmult_le_compat_l with (r := / c) in Y; [|lra].
  match type of Y with _ <= ?e => replace e with (c * ⟨p, p⟩ - 2 * ⟨p, q⟩ + / c * ⟨q, q⟩) in Y by (field; lra) end. lra.
Qed.

Lemma below_every_multiple (A B : R) : 0 <= B -> (forall c, 0 < c -> A <= (1 + / c) * B) -> A <= B.
Proof.
  intros HB Hc. destruct (Rle_lt_dec A B) as [|E]; [assumption|exfalso].
  assert (P : 0 < (B + 1) / (A - B)) by (apply Rdiv_lt_0_compat; lra). specialize (Hc _ P).
  replace (/ ((B + 1) / (A - B))) with ((A - B) / (B + 1)) in Hc by (field; lra).
  assert ((A - B) / (B + 1) * B < A - B); [|lra].
  apply Rmult_lt_reg_r with (B + 1); [lra|]. replace ((A - B) / (B + 1) * B * (B + 1)) with ((A - B) * B) by (field; lra). nra.
Qed.

(** (1/n) sum_i |grad f_i(x) - h_i|^2 *)
Definition shift_distance {H : space} (f : problem H) (x : H) (h : nat -> H) : R := mean (size f) (fun i => ‖gradient f i x - h i‖²).

Section Diana.
  Context {H : space} (f : problem H) (L f_low omega alpha gamma : R) (Q : compressor H).
  Let n := size f.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis bounded_below : forall x, f_low <= mean_value f x.
  Hypothesis f_smooth : smooth L (mean_value f) (mean_gradient f).
  Hypothesis f_mean_square_smooth : mean_square_smooth L f.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis alpha_positive : 0 < alpha.
  Hypothesis alpha_small : alpha * (1 + omega) <= 1.
  Hypothesis gamma_positive : 0 < gamma.
  (** theta^2 = 2 (2 - alpha) omega/(alpha^2 n) *)
  Definition diana_theta_squared : R := 2 * (2 - alpha) * omega / (alpha ^ 2 * INR n).
  Let step := sgd_step gamma (diana_estimator n (full_gradient f) Q alpha).
  Let messages x h := independent zero n (message (full_gradient f) Q x h).
  Let g (h m : nat -> H) : H := vector_mean n (fun i => h i + m i)%v.
  Let u x (h : nat -> H) i : H := (gradient f i x - h i)%v.
  Let N x := ‖mean_gradient f x‖².

  Lemma full_message_mean x h i : (i < n)%nat -> has_mean (message (full_gradient f) Q x h i) (u x h i).
  Proof using Q_unbiased. exact (message_mean f (full_gradient f) Q (full_gradient_unbiased f) Q_unbiased x h i). Qed.

  Lemma full_message_variance x h i : (i < n)%nat -> E[ ‖m - u x h i‖² | m <- message (full_gradient f) Q x h i ] <= omega * ‖u x h i‖².
  Proof using Q_unbiased Q_variance.
    intros Hi. unfold message, full_gradient. rewrite expectation_bind, expectation_ret. apply Q_variance.
  Qed.

  (** E|g|^2 <= |grad f(x)|^2 + (omega/n) H *)
  Lemma diana_square x h : E[ ‖g h m‖² | m <- messages x h ] <= N x + omega * shift_distance f x h / INR n.
  Proof using n_positive Q_unbiased Q_variance.
    rewrite (expectation_ext _ _ (fun m => ‖(vector_mean n h + vector_mean n m) - zero‖²)).
    2:{ intros m. apply square_ext; intros z. unfold g. expand. rewrite !dot_mean, Rmult_0_r, Rplus_0_r, <- mean_add.
        apply mean_ext; intros; apply dot_add. }
    unfold N. rewrite (square_ext H (mean_gradient f x) ((vector_mean n h + vector_mean n (u x h)) - zero)%v).
    2:{ intros z. unfold mean_gradient. expand. rewrite !dot_mean, Rmult_0_r, Rplus_0_r, <- mean_add.
        apply mean_ext; intros; unfold u; expand; ring. }
    apply messages_error; [assumption|intros; now apply full_message_mean|].
    unfold shift_distance. rewrite <- mean_scale. apply mean_le; intros i Hi. now apply full_message_variance.
  Qed.

  (** E (1/n) sum_i |grad f_i(x) - h_i'|^2 <= (1 - alpha) H *)
  Lemma diana_learns x h : E[ mean n (fun i => ‖u x h i + (- alpha) * m i‖²) | m <- messages x h ] <= (1 - alpha) * shift_distance f x h.
  Proof using Q_unbiased Q_variance alpha_positive alpha_small.
    unfold messages. rewrite (expectation_independent_mean zero n _ (fun i v => ‖u x h i + (- alpha) * v‖²)).
    unfold shift_distance. rewrite <- mean_scale. apply mean_le; intros i Hi.
    rewrite (shifted_second_moment _ (u x h i)) by now apply full_message_mean.
    pose proof (full_message_variance x h i Hi) as S. set (spread := E[ ‖m - u x h i‖² | m <- message (full_gradient f) Q x h i ]) in *.
    fold (u x h i). set (d := ‖u x h i‖²) in *. assert (0 <= d) by apply dot_nonnegative.
    replace (‖u x h i + (- alpha) * u x h i‖²) with ((1 - alpha) ^ 2 * d) by (unfold d; expand; ring).
    assert ((- alpha) ^ 2 * spread <= alpha ^ 2 * (omega * d)).
    { replace ((- alpha) ^ 2) with (alpha ^ 2) by ring. apply Rmult_le_compat_l; [apply pow2_ge_0|assumption]. }
    assert (alpha * d * (alpha * (1 + omega)) <= alpha * d * 1) by (apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|assumption]). nra.
  Qed.

  (** E H' <= (1 - alpha/2) H + (2/alpha - 1) L^2 gamma^2 E|g|^2 *)
  Lemma diana_shifts x h :
    E[ shift_distance f (x - gamma * g h m)%v (fun i => h i + alpha * m i)%v | m <- messages x h ]
    <= (1 - alpha / 2) * shift_distance f x h + (2 / alpha - 1) * (L ^ 2 * gamma ^ 2 * E[ ‖g h m‖² | m <- messages x h ]).
  Proof using f_mean_square_smooth Q_unbiased Q_variance omega_nonnegative alpha_positive alpha_small.
    set (B := L ^ 2 * gamma ^ 2 * E[ ‖g h m‖² | m <- messages x h ]).
    assert (HB : 0 <= B).
    { apply Rmult_le_pos; [apply Rmult_le_pos; apply pow2_ge_0|apply expectation_nonnegative; intros; apply dot_nonnegative]. }
    pose proof (diana_learns x h) as P. set (P' := E[ mean n (fun i => ‖u x h i + (- alpha) * m i‖²) | m <- messages x h ]) in *.
    assert (D : 0 <= shift_distance f x h) by (apply mean_nonnegative; intros; apply dot_nonnegative).
    set (left := E[ shift_distance f _ _ | m <- messages x h ]).
    assert (Y : forall c, 0 < c -> left <= (1 + c) * P' + (1 + / c) * B).
    { intros c Hc. unfold left, B, P'. assert (0 < / c) by now apply Rinv_0_lt_compat. rewrite <- !expectation_scale, <- expectation_add.
      apply expectation_le. intros m. unfold shift_distance. fold n. set (y := (x - gamma * g h m)%v).
      apply Rle_trans with (mean n (fun i => (1 + c) * ‖u x h i + (- alpha) * m i‖² + (1 + / c) * ‖gradient f i y - gradient f i x‖²)).
      - apply mean_le; intros i _. rewrite (square_ext H (gradient f i y - (h i + alpha * m i))%v
          ((u x h i + (- alpha) * m i) + (gradient f i y - gradient f i x))%v) by (intros; unfold u; expand; ring). now apply young_with.
      - rewrite mean_add, !mean_scale. apply Rplus_le_compat_l, Rmult_le_compat_l; [lra|].
        apply Rle_trans with (1 := f_mean_square_smooth x y). right. unfold y. expand. ring. }
    destruct (Rle_lt_dec 1 alpha) as [A|A].
    - assert (Ha : alpha = 1) by nra. rewrite Ha in *. replace (2 / 1 - 1) with 1 by field.
      assert (left <= B); [|lra]. apply below_every_multiple; [assumption|]. intros c Hc. pose proof (Y c Hc). nra.
    - set (c := alpha / (2 * (1 - alpha))). assert (Hc : 0 < c) by (apply Rdiv_lt_0_compat; lra). pose proof (Y c Hc) as Yc.
      replace (2 / alpha - 1) with (1 + / c) by (unfold c; field; lra).
      apply Rmult_le_compat_l with (r := 1 + c) in P; [|lra].
      replace ((1 + c) * ((1 - alpha) * shift_distance f x h)) with ((1 - alpha / 2) * shift_distance f x h) in P by (unfold c; field; lra). lra.
  Qed.

  (** f(x) - f_low + c gamma omega/(n alpha) H *)
  Definition diana_potential (c : R) (s : H * (nat -> H)) : R :=
    mean_value f (fst s) - f_low + c * gamma * omega / (INR n * alpha) * shift_distance f (fst s) (snd s).

  (** E V' <= V - (gamma/2) |grad f(x)|^2 - (c - 1) (gamma/2) (omega/n) H *)
  Lemma diana_one_step c s : 0 <= c -> 0 <= 1 - gamma * L - c * (gamma ^ 2 * (L ^ 2 * diana_theta_squared)) ->
    E[ diana_potential c s' | s' <- step s ]
    <= diana_potential c s - gamma / 2 * N (fst s) - (c - 1) * (gamma / 2 * (omega / INR n * shift_distance f (fst s) (snd s))).
  Proof using n_positive f_smooth f_mean_square_smooth Q_unbiased Q_variance omega_nonnegative alpha_positive alpha_small gamma_positive.
    intros Hc margin. destruct s as [x h]. assert (HN : 0 < INR n) by now apply lt_0_INR.
    set (w := c * gamma * omega / (INR n * alpha)).
    assert (Hw : 0 <= w).
    { apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra]. }
    unfold step, sgd_step, diana_estimator. rewrite !expectation_bind. fold (messages x h).
    rewrite (expectation_ext (messages x h) _ (fun m => (mean_value f (x - gamma * g h m)%v - f_low)
      + w * shift_distance f (x - gamma * g h m)%v (fun i => h i + alpha * m i)%v)) by (intros; now rewrite !expectation_ret).
    rewrite expectation_add, expectation_scale.
    pose proof (Rmult_le_compat_l w _ _ Hw (diana_shifts x h)) as HS. pose proof (diana_square x h) as S2.
    set (S := E[ ‖g h m‖² | m <- messages x h ]) in *. unfold diana_potential. simpl fst; simpl snd. fold w.
    set (Hd := shift_distance f x h) in *.
    assert (F : E[ mean_value f (x - gamma * g h m)%v - f_low | m <- messages x h ]
                <= mean_value f x - f_low - gamma * N x + L / 2 * (gamma ^ 2 * S)).
    { pose proof (diana_unbiased f (full_gradient f) Q alpha (full_gradient_unbiased f) Q_unbiased x h (mean_gradient f x)) as U.
      unfold diana_estimator in U. rewrite expectation_bind in U. fold n (messages x h) in U.
      rewrite (expectation_ext (messages x h) _ (fun m => ⟨g h m, mean_gradient f x⟩)) in U by (intros; now rewrite expectation_ret).
      apply Rle_trans with (E[ (mean_value f x - f_low) + ((- gamma) * ⟨g h m, mean_gradient f x⟩ + L / 2 * gamma ^ 2 * ‖g h m‖²)
                             | m <- messages x h ]).
      - apply expectation_le; intros m. pose proof (f_smooth x (x - gamma * g h m)%v) as K. revert K. expand.
        rewrite (dot_symmetric _ (mean_gradient f x) (g h m)), (dot_symmetric _ (g h m) x). lra.
      - rewrite !expectation_add, expectation_const, !expectation_scale, U. fold S (N x). lra. }
    set (t := gamma ^ 2 * (L ^ 2 * diana_theta_squared)) in *.
    assert (W : w * ((2 / alpha - 1) * (L ^ 2 * gamma ^ 2 * S)) = gamma / 2 * (c * t) * S) by (unfold w, t, diana_theta_squared; field; lra).
    assert (W2 : w * (alpha / 2 * Hd) = c * (gamma / 2 * (omega / INR n * Hd))) by (unfold w; field; lra).
    assert (S0 : 0 <= S) by (apply expectation_nonnegative; intros; apply dot_nonnegative).
    assert (M : 0 <= gamma / 2 * (S * (1 - gamma * L - c * t))) by (apply Rmult_le_pos; [lra|now apply Rmult_le_pos]).
    assert (S3 : gamma / 2 * S <= gamma / 2 * (N x + omega / INR n * Hd)).
    { apply Rmult_le_compat_l; [lra|]. replace (omega / INR n * Hd) with (omega * Hd / INR n) by (field; lra). exact S2. }
    replace (w * ((1 - alpha / 2) * Hd + (2 / alpha - 1) * (L ^ 2 * gamma ^ 2 * S)))
      with (w * Hd - w * (alpha / 2 * Hd) + w * ((2 / alpha - 1) * (L ^ 2 * gamma ^ 2 * S))) in HS by ring.
    rewrite W, W2 in HS.
    replace (gamma / 2 * (S * (1 - gamma * L - c * t))) with (gamma / 2 * S - L / 2 * (gamma ^ 2 * S) - gamma / 2 * (c * t) * S) in M by field.
    lra.
  Qed.

  (** (1/K) sum_{k<K} E|grad f(x^k)|^2 <= 2 Phi^0/(gamma K), Phi with c = 1 *)
  Theorem diana_nonconvex K s : 0 <= 1 - gamma * L - gamma ^ 2 * (L ^ 2 * diana_theta_squared) -> (0 < K)%nat ->
    mean K (fun k => E[ N (fst s') | s' <- iterate step k s ]) <= 2 * diana_potential 1 s / (gamma * INR K).
  Proof using All.
    intros margin HK. assert (HK0 : 0 < INR K) by now apply lt_0_INR. assert (HN : 0 < INR n) by now apply lt_0_INR.
    assert (D : forall s, E[ diana_potential 1 s' | s' <- step s ] <= diana_potential 1 s - gamma / 2 * N (fst s)).
    { intros s'. pose proof (diana_one_step 1 s' Rle_0_1 ltac:(lra)). lra. }
    pose proof (telescope step (diana_potential 1) (fun s => gamma / 2 * N (fst s)) D K s) as T.
    rewrite (sum_ext K _ (fun k => gamma / 2 * E[ N (fst s') | s' <- iterate step k s ])) in T by (intros; apply expectation_scale).
    rewrite sum_scale in T.
    assert (0 <= E[ diana_potential 1 s' | s' <- iterate step K s ]).
    { apply expectation_nonnegative. intros s'. unfold diana_potential. pose proof (bounded_below (fst s')).
      assert (0 <= 1 * gamma * omega / (INR n * alpha) * shift_distance f (fst s') (snd s')); [|lra].
      apply Rmult_le_pos; [apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra]|].
      apply mean_nonnegative; intros; apply dot_nonnegative. }
    unfold mean. apply Rmult_le_reg_l with (gamma / 2 * INR K); [apply Rmult_lt_0_compat; lra|].
    replace (gamma / 2 * INR K * (2 * diana_potential 1 s / (gamma * INR K))) with (diana_potential 1 s) by (field; lra).
    rewrite Rmult_assoc, <- (Rmult_assoc (INR K)), Rinv_r, Rmult_1_l by lra. lra.
  Qed.

  (** E Psi^k <= (1 - gamma mu)^k Psi^0, Psi with c = 2 *)
  Theorem diana_nonconvex_pl (mu : R) : polyak_lojasiewicz mu (mean_value f) (mean_gradient f) f_low ->
    4 * gamma * mu <= alpha -> 0 <= 1 - gamma * L - 2 * (gamma ^ 2 * (L ^ 2 * diana_theta_squared)) -> forall k s,
    E[ diana_potential 2 s' | s' <- iterate step k s ] <= (1 - gamma * mu) ^ k * diana_potential 2 s.
  Proof using n_positive f_smooth f_mean_square_smooth Q_unbiased Q_variance omega_nonnegative alpha_positive alpha_small gamma_positive.
    intros PL Hgm margin. assert (HN : 0 < INR n) by now apply lt_0_INR. assert (Ha : alpha <= 1) by nra.
    apply contraction_without_noise; [lra|]. intros s.
    pose proof (diana_one_step 2 s ltac:(lra) margin) as D. pose proof (PL (fst s)) as P. fold (N (fst s)) in P. unfold diana_potential in *.
    set (Hd := shift_distance f (fst s) (snd s)) in *. assert (H0 : 0 <= Hd) by (apply mean_nonnegative; intros; apply dot_nonnegative).
    assert (A : gamma * mu * (mean_value f (fst s) - f_low) <= gamma / 2 * N (fst s)).
    { apply Rle_trans with (gamma / 2 * (2 * mu * (mean_value f (fst s) - f_low))); [right; field|apply Rmult_le_compat_l; lra]. }
    assert (B : gamma * mu * (2 * gamma * omega / (INR n * alpha) * Hd) <= gamma / 2 * (omega / INR n * Hd)).
    { replace (gamma * mu * (2 * gamma * omega / (INR n * alpha) * Hd)) with (4 * gamma * mu / alpha * (gamma / 2 * (omega / INR n * Hd))) by (field; lra).
      rewrite <- (Rmult_1_l (gamma / 2 * (omega / INR n * Hd))) at 2. apply Rmult_le_compat_r.
      - apply Rmult_le_pos; [lra|apply Rmult_le_pos; [apply Rmult_le_pos; [assumption|left; now apply Rinv_0_lt_compat]|assumption]].
      - apply Rmult_le_reg_r with alpha; [lra|]. replace (4 * gamma * mu / alpha * alpha) with (4 * gamma * mu) by (field; lra). lra. }
    lra.
  Qed.
End Diana.
