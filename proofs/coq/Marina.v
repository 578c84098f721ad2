(** MARINA: with probability p all workers send gradients, otherwise compressed gradient differences. Non-convex. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors.
Open Scope R_scope.

Record marina_state (H : space) := MarinaState { model : H; estimate : H }.
Arguments MarinaState {H}. Arguments model {H}. Arguments estimate {H}.

Section Method.
  Context {H : space} (f : problem H) (Q : compressor H) (p : probability) (gamma : R).

  Definition marina_model (s : marina_state H) : H := (model s - gamma * estimate s)%v.

  (** One coin for all workers. *)
  Definition marina_step (s : marina_state H) : law (marina_state H) :=
    let x := marina_model s in
    draw synchronise <- bernoulli p ;;
    if synchronise then
      ret (MarinaState x (mean_gradient f x))
    else
      draw q <- independent zero (size f) (fun i => Q (gradient f i x - gradient f i (model s))%v) ;;
      ret (MarinaState x (vector_mean (size f) (fun i => estimate s + q i)%v)).

  (** g^0 = grad f(x^0) *)
  Definition marina_start (x : H) : marina_state H := MarinaState x (mean_gradient f x).
End Method.

(** (1/n) sum_i |grad f_i(y) - grad f_i(x)|^2 <= L^2 |y - x|^2 *)
Definition mean_square_smooth {H : space} (L : R) (f : problem H) : Prop :=
  forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖².

Section Marina.
  Context {H : space} (f : problem H) (L f_low omega gamma t : R) (Q : compressor H) (p : probability).
  Hypothesis n_positive : (0 < size f)%nat.
  Hypothesis L_positive : 0 < L.
  Hypothesis bounded_below : forall x, f_low <= mean_value f x.
  Hypothesis f_smooth : smooth L (mean_value f) (mean_gradient f).
  Hypothesis f_mean_square_smooth : mean_square_smooth L f.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis p_positive : 0 < p.
  Hypothesis gamma_positive : 0 < gamma.
  (** t = sqrt((1 - p) omega/(p n)) *)
  Hypothesis t_nonnegative : 0 <= t.
  Hypothesis t_square : t * t * (p * INR (size f)) = (1 - p) * omega.
  Hypothesis gamma_small : gamma * (L * (1 + t)) <= 1.

  Let n := size f.
  Let N := INR n.
  Let grad := mean_gradient f.
  Let next (s : marina_state H) := marina_model gamma s.
  Let d s i := (gradient f i (next s) - gradient f i (model s))%v.

  (** Phi = f(x) - f_low + gamma/(2p) |g - grad f(x)|^2 *)
  Definition marina_potential (s : marina_state H) : R :=
    mean_value f (model s) - f_low + gamma / (2 * p) * ‖estimate s - mean_gradient f (model s)‖².
  Let Phi := marina_potential.
  Let compressed s := E[ ‖vector_mean n (fun i => estimate s + q i)%v - grad (next s)‖²
                       | q <- independent zero n (fun i => Q (d s i)) ].

  Lemma estimate_error s : compressed s <= ‖estimate s - grad (model s)‖² + omega / N * (L ^ 2 * ‖next s - model s‖²).
  Proof using n_positive Q_unbiased Q_variance omega_nonnegative f_mean_square_smooth.
    assert (HN : 0 < N) by (now apply lt_0_INR). assert (0 < / N) by now apply Rinv_0_lt_compat. unfold compressed.
    rewrite (expectation_ext _ _ (fun q => ‖(estimate s - grad (next s)) + / N * vector_sum n q‖²)).
    2:{ intros q. apply square_ext; intros z. expand. rewrite dot_mean, dot_sum.
        rewrite (mean_ext n _ (fun i => ⟨estimate s, z⟩ + ⟨q i, z⟩)) by (intros; apply dot_add).
        rewrite mean_add, mean_const by assumption. unfold mean. fold N. ring. }
    rewrite (independent_second_moment n _ (d s)) by (intros i _; apply Q_unbiased).
    rewrite (square_ext H ((estimate s - grad (next s)) + / N * vector_sum n (d s))%v (estimate s - grad (model s))%v).
    2:{ intros z. expand. unfold grad, mean_gradient. rewrite !dot_mean, dot_sum. fold n.
        rewrite (sum_ext n (fun i => ⟨d s i, z⟩) (fun i => ⟨gradient f i (next s), z⟩ + (-1) * ⟨gradient f i (model s), z⟩))
          by (intros; unfold d; expand; ring).
        rewrite sum_add, sum_scale. unfold mean. fold N. ring. }
    apply Rplus_le_compat_l.
    apply Rle_trans with ((/ N) ^ 2 * (omega * sum n (fun i => ‖d s i‖²))).
    { apply Rmult_le_compat_l; [apply pow2_ge_0|]. rewrite <- sum_scale. apply sum_le; intros i _. apply Q_variance. }
    pose proof (f_mean_square_smooth (model s) (next s)) as MS. fold n in MS.
    apply Rle_trans with (omega / N * mean n (fun i => ‖d s i‖²)); [right; unfold mean; fold N; field; lra|].
    apply Rmult_le_compat_l; [apply Rmult_le_pos; lra|exact MS].
  Qed.

  (** u (1 + t) <= 1 gives 1 - u - u^2 t^2 >= 0 *)
  Lemma stepsize_margin : 0 <= 1 - gamma * L - (gamma * L) ^ 2 * (t * t).
  Proof using L_positive gamma_positive gamma_small t_nonnegative.
    set (u := gamma * L). assert (0 < u) by (unfold u; nra). assert (u * (1 + t) <= 1) by (unfold u; lra).
    replace (1 - u - u ^ 2 * (t * t)) with ((1 - u * (1 + t)) + u * t * (1 - u * (1 + t)) + u * u * t) by ring.
    assert (0 <= u * t) by nra. assert (0 <= u * u * t) by nra. nra.
  Qed.

  Lemma expected_potential s :
    E[ Phi s' | s' <- marina_step f Q p gamma s ]
    = mean_value f (next s) - f_low + gamma / (2 * p) * ((1 - p) * compressed s).
  Proof.
    unfold marina_step. cbv zeta. rewrite expectation_bind, expectation_bernoulli. cbv iota.
    rewrite expectation_ret, expectation_bind. unfold Phi, marina_potential at 1. simpl model; simpl estimate.
    replace (‖mean_gradient f (marina_model gamma s) - mean_gradient f (marina_model gamma s)‖²) with 0 by (expand; ring).
    rewrite (expectation_ext _ _ (fun q => (mean_value f (next s) - f_low)
               + gamma / (2 * p) * ‖vector_mean n (fun i => estimate s + q i)%v - grad (next s)‖²)).
    2:{ intros q. now rewrite expectation_ret. }
    rewrite expectation_add, expectation_const, expectation_scale. fold n.
    unfold compressed, d, next, grad. ring.
  Qed.

  Lemma marina_descent s : E[ Phi s' | s' <- marina_step f Q p gamma s ] <= Phi s - gamma / 2 * ‖grad (model s)‖².
  Proof using n_positive L_positive f_smooth Q_unbiased Q_variance omega_nonnegative f_mean_square_smooth p_positive gamma_positive
    gamma_small t_nonnegative t_square.
    assert (HN : 0 < N) by (now apply lt_0_INR).
    rewrite expected_potential. pose proof (estimate_error s) as Rc. pose proof stepsize_margin as Margin.
    pose proof (f_smooth (model s) (next s)) as Sm. pose proof (chance_range p) as [_ Hp1].
    unfold Phi, marina_potential. fold grad in Sm |- *.
    set (error := ‖estimate s - grad (model s)‖²) in *. set (G := ‖grad (model s)‖²).
    set (X := ‖estimate s‖²). assert (0 <= X) by apply dot_nonnegative.
    set (I := ⟨grad (model s), estimate s⟩).
    assert (HX : ‖next s - model s‖² = gamma ^ 2 * X) by (unfold X, next, marina_model; expand; ring).
    assert (HI : ⟨grad (model s), next s - model s⟩ = - gamma * I) by (unfold I, next, marina_model; expand; ring).
    assert (He : error = X - 2 * I + G) by (unfold error, X, I, G; expand; rewrite (dot_symmetric _ (estimate s) (grad (model s))); ring).
    rewrite HX in *. rewrite HI in Sm.
    assert (Ho : (1 - p) * (omega / N) = t * t * p).
    { replace ((1 - p) * (omega / N)) with (((1 - p) * omega) / N) by (field; lra). rewrite <- t_square; fold n N; field; lra. }
    assert (K1 : gamma / (2 * p) * ((1 - p) * compressed s)
                 <= gamma / (2 * p) * ((1 - p) * error + t * t * p * (L ^ 2 * (gamma ^ 2 * X)))).
    { apply Rmult_le_compat_l; [left; apply Rdiv_lt_0_compat; lra|]. rewrite <- Ho.
      apply Rle_trans with ((1 - p) * (error + omega / N * (L ^ 2 * (gamma ^ 2 * X)))); [apply Rmult_le_compat_l; lra|right; ring]. }
    replace (gamma / (2 * p) * ((1 - p) * error + t * t * p * (L ^ 2 * (gamma ^ 2 * X))))
      with (gamma / (2 * p) * error - gamma / 2 * error + gamma / 2 * (t * t * (L ^ 2 * (gamma ^ 2 * X)))) in K1 by (field; lra).
    assert (K2 : 0 <= gamma / 2 * (X * (1 - gamma * L - (gamma * L) ^ 2 * (t * t)))).
    { apply Rmult_le_pos; [lra|apply Rmult_le_pos; assumption]. }
    assert (gamma / 2 * error = gamma / 2 * X - gamma * I + gamma / 2 * G) by (rewrite He; field).
    nra.
  Qed.

  Lemma marina_sum K s :
    gamma / 2 * sum K (fun k => E[ ‖grad (model s')‖² | s' <- iterate (marina_step f Q p gamma) k s ]) <= Phi s.
  Proof using n_positive L_positive f_smooth Q_unbiased Q_variance omega_nonnegative f_mean_square_smooth p_positive gamma_positive
    gamma_small t_nonnegative t_square bounded_below.
    pose proof (telescope (marina_step f Q p gamma) Phi (fun s => gamma / 2 * ‖grad (model s)‖²) marina_descent K s) as T.
    rewrite (sum_ext K _ (fun k => gamma / 2 * E[ ‖grad (model s')‖² | s' <- iterate (marina_step f Q p gamma) k s ])) in T
      by (intros; apply expectation_scale).
    rewrite sum_scale in T.
    assert (0 <= E[ Phi s' | s' <- iterate (marina_step f Q p gamma) K s ]); [|lra].
    apply expectation_nonnegative. intros s'. unfold Phi, marina_potential. pose proof (bounded_below (model s')).
    assert (0 <= gamma / (2 * p) * ‖estimate s' - mean_gradient f (model s')‖²); [|lra].
    apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|apply dot_nonnegative].
  Qed.
End Marina.

(** The mean over the first K iterates is what an iterate chosen uniformly among them has in expectation. *)
Theorem marina_rate {H : space} (f : problem H) (L f_low omega gamma : R) (Q : compressor H) (p : probability) :
  (0 < size f)%nat -> 0 < L ->
  (forall x, f_low <= mean_value f x) -> smooth L (mean_value f) (mean_gradient f) -> mean_square_smooth L f ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma -> gamma <= 1 / (L * (1 + sqrt ((1 - p) * omega / (p * INR (size f))))) ->
  forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- iterate (marina_step f Q p gamma) k (marina_start f x) ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K).
Proof.
  intros Hn HL Hlow Hs Hms HQ HV Hom Hp Hg Hg1 K x HK.
  assert (HN : 0 < INR (size f)) by now apply lt_0_INR. assert (HK0 : 0 < INR K) by now apply lt_0_INR.
  pose proof (chance_range p) as [_ Hp1].
  assert (Hpn : 0 < p * INR (size f)) by (apply Rmult_lt_0_compat; lra).
  set (r := (1 - p) * omega / (p * INR (size f))) in *.
  assert (Hr : 0 <= r) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; now apply Rinv_0_lt_compat]).
  pose proof (sqrt_pos r) as Ht.
  assert (Ht2 : sqrt r * sqrt r * (p * INR (size f)) = (1 - p) * omega).
  { rewrite sqrt_sqrt by assumption. unfold r. field; lra. }
  assert (Hstep : gamma * (L * (1 + sqrt r)) <= 1).
  { assert (0 < L * (1 + sqrt r)) by (apply Rmult_lt_0_compat; lra).
    apply Rle_trans with (1 / (L * (1 + sqrt r)) * (L * (1 + sqrt r))); [apply Rmult_le_compat_r; lra|].
    right; unfold Rdiv; rewrite Rmult_1_l; apply Rinv_l; lra. }
  pose proof (marina_sum f L f_low omega gamma (sqrt r) Q p Hn HL Hlow Hs Hms HQ HV Hom Hp Hg Ht Ht2 Hstep K (marina_start f x)) as S.
  unfold marina_potential, marina_start in S. simpl model in S; simpl estimate in S.
  replace (‖mean_gradient f x - mean_gradient f x‖²) with 0 in S by (expand; ring).
  unfold mean. apply Rmult_le_reg_l with (gamma / 2 * INR K); [apply Rmult_lt_0_compat; lra|].
  replace (gamma / 2 * INR K * (2 * (mean_value f x - f_low) / (gamma * INR K))) with (mean_value f x - f_low) by (field; lra).
  rewrite Rmult_assoc, <- (Rmult_assoc (INR K)), Rinv_r, Rmult_1_l by lra. unfold marina_start. lra.
Qed.
