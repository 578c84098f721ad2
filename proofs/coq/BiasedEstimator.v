(** Non-convex methods x' = x - gamma g whose g is not unbiased: what is assumed of g is how fast its error shrinks.
    The theorem of the MARINA family, without the Polyak-Lojasiewicz condition and with it. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem.
Open Scope R_scope.

Record marina_state (H : space) := MarinaState { model : H; estimate : H }.
Arguments MarinaState {H}. Arguments model {H}. Arguments estimate {H}.

(** The law of the next g, given the iterates before and after the step and the present g. *)
Definition biased_estimator (H : space) : Type := H -> H -> H -> law H.

Definition next_model {H : space} (gamma : R) (s : marina_state H) : H := (model s - gamma * estimate s)%v.

Definition biased_step {H : space} (gamma : R) (estimator : biased_estimator H) (s : marina_state H) : law (marina_state H) :=
  let x := next_model gamma s in
  draw g <- estimator (model s) x (estimate s) ;;
  ret (MarinaState x g).

(** E|g' - grad f(x')|^2 <= (1 - p) |g - grad f(x)|^2 + p Lambda^2 |x' - x|^2 + p nu, where x' = x - gamma g *)
Definition error_shrinks {H : space} (grad : H -> H) (gamma p Lambda_squared nu : R) (estimator : biased_estimator H) : Prop :=
  forall x g, let y := (x - gamma * g)%v in
    E[ ‖g' - grad y‖² | g' <- estimator x y g ] <= (1 - p) * ‖g - grad x‖² + p * Lambda_squared * ‖y - x‖² + p * nu.

(** |grad f(x)|^2 >= 2 mu (f(x) - f_low) *)
Definition polyak_lojasiewicz {H : space} (mu : R) (f : H -> R) (grad : H -> H) (f_low : R) : Prop :=
  forall x, 2 * mu * (f x - f_low) <= ‖grad x‖².

(** f(x) - f_low + weight |g - grad f(x)|^2 *)
Definition biased_potential {H : space} (f : H -> R) (grad : H -> H) (f_low weight : R) (s : marina_state H) : R :=
  f (model s) - f_low + weight * ‖estimate s - grad (model s)‖².

Section BiasedEstimator.
  Context {H : space} (f : H -> R) (grad : H -> H) (estimator : biased_estimator H).
  Variables L f_low gamma p Lambda_squared nu : R.
  Hypothesis bounded_below : forall x, f_low <= f x.
  Hypothesis f_smooth : smooth L f grad.
  Hypothesis p_range : 0 < p <= 1.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis row : error_shrinks grad gamma p Lambda_squared nu estimator.

  Let step := biased_step gamma estimator.
  Let V := biased_potential f grad f_low.
  Let G s := ‖estimate s - grad (model s)‖².
  Let N s := ‖grad (model s)‖².

  Lemma biased_potential_nonnegative weight s : 0 <= weight -> 0 <= V weight s.
  Proof using bounded_below.
    intros Hw. pose proof (bounded_below (model s)). unfold V, biased_potential.
    assert (0 <= weight * ‖estimate s - grad (model s)‖²) by (apply Rmult_le_pos; [assumption|apply dot_nonnegative]). lra.
  Qed.

  (** E V' <= V - (gamma/2) |grad f(x)|^2 - (c - 1/2) gamma |g - grad f(x)|^2 + c gamma nu for the weight c gamma/p *)
  Lemma biased_one_step c s : 0 <= c -> 0 <= 1 - gamma * L - 2 * c * gamma ^ 2 * Lambda_squared ->
    E[ V (c * gamma / p) s' | s' <- step s ] <= V (c * gamma / p) s - gamma / 2 * N s - (c - 1 / 2) * gamma * G s + c * gamma * nu.
  Proof using f_smooth p_range gamma_positive row.
    intros Hc margin. set (w := c * gamma / p). assert (Hw : w * p = c * gamma) by (unfold w; field; lra).
    assert (Hw0 : 0 <= w) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; lra]).
    unfold step, biased_step. cbv zeta. rewrite expectation_bind. set (y := next_model gamma s).
    rewrite (expectation_ext (estimator (model s) y (estimate s))
      _ (fun g => (f y - f_low) + w * ‖g - grad y‖²)) by (intros; now rewrite expectation_ret).
    rewrite expectation_add, expectation_const, expectation_scale.
    pose proof (Rmult_le_compat_l w _ _ Hw0 (row (model s) (estimate s))) as R. cbv zeta in R.
    change (model s - gamma * estimate s)%v with y in R. fold (G s) in R.
    pose proof (f_smooth (model s) y) as P.
    set (S := ‖estimate s‖²). assert (HS : 0 <= S) by apply dot_nonnegative.
    set (I := ⟨grad (model s), estimate s⟩).
    assert (E1 : ‖y - model s‖² = gamma ^ 2 * S) by (unfold S, y, next_model; expand; ring).
    assert (E2 : ⟨grad (model s), y - model s⟩ = - gamma * I) by (unfold I, y, next_model; expand; ring).
    assert (E3 : G s = S - 2 * I + N s) by (unfold G, N, S, I; expand; rewrite (dot_symmetric _ (estimate s) (grad (model s))); ring).
    rewrite E1 in R. rewrite E1, E2 in P. unfold V, biased_potential. fold (G s).
    assert (K : 0 <= gamma / 2 * (S * (1 - gamma * L - 2 * c * gamma ^ 2 * Lambda_squared)))
      by (apply Rmult_le_pos; [lra|now apply Rmult_le_pos]).
    replace (w * ((1 - p) * G s + p * Lambda_squared * (gamma ^ 2 * S) + p * nu))
      with (w * G s - w * p * G s + w * p * (Lambda_squared * (gamma ^ 2 * S)) + w * p * nu) in R by ring.
    rewrite Hw in R.
    replace (gamma / 2 * (S * (1 - gamma * L - 2 * c * gamma ^ 2 * Lambda_squared)))
      with (gamma / 2 * S - L / 2 * (gamma ^ 2 * S) - c * gamma * (Lambda_squared * (gamma ^ 2 * S))) in K by field.
    assert (gamma * G s = gamma * S - 2 * (gamma * I) + gamma * N s) by (rewrite E3; ring).
    lra.
  Qed.

  (** E Phi' <= Phi - (gamma/2) |grad f(x)|^2 + (gamma/2) nu, Phi with the weight gamma/(2p) *)
  Lemma biased_descent s : 0 <= 1 - gamma * L - gamma ^ 2 * Lambda_squared ->
    E[ V (gamma / (2 * p)) s' | s' <- step s ] <= V (gamma / (2 * p)) s - (gamma / 2 * N s - gamma / 2 * nu).
  Proof using f_smooth p_range gamma_positive row.
    intros margin. replace (gamma / (2 * p)) with (1 / 2 * gamma / p) by (field; lra).
    pose proof (biased_one_step (1 / 2) s ltac:(lra) ltac:(lra)). lra.
  Qed.

  (** (1/K) sum_{k<K} E|grad f(x^k)|^2 <= 2 Phi^0/(gamma K) + nu *)
  Theorem biased_rate : 0 <= 1 - gamma * L - gamma ^ 2 * Lambda_squared -> forall K s, (0 < K)%nat ->
    mean K (fun k => E[ N s' | s' <- iterate step k s ]) <= 2 * V (gamma / (2 * p)) s / (gamma * INR K) + nu.
  Proof using bounded_below f_smooth p_range gamma_positive row.
    intros margin K s HK. assert (HK0 : 0 < INR K) by now apply lt_0_INR.
    pose proof (telescope step (V (gamma / (2 * p))) (fun s => gamma / 2 * N s - gamma / 2 * nu)
      (fun s => biased_descent s margin) K s) as T.
    rewrite (sum_ext K _ (fun k => gamma / 2 * E[ N s' | s' <- iterate step k s ] + - (gamma / 2 * nu))) in T.
    2:{ intros k _. rewrite <- expectation_scale, <- (expectation_const (iterate step k s) (- (gamma / 2 * nu))), <- expectation_add.
        apply expectation_ext; intros; lra. }
    rewrite sum_add, sum_scale, sum_const in T.
    assert (0 <= E[ V (gamma / (2 * p)) s' | s' <- iterate step K s ]).
    { apply expectation_nonnegative. intros s'. apply biased_potential_nonnegative. left; apply Rdiv_lt_0_compat; lra. }
    unfold mean. apply Rmult_le_reg_l with (gamma / 2 * INR K); [apply Rmult_lt_0_compat; lra|].
    replace (gamma / 2 * INR K * (2 * V (gamma / (2 * p)) s / (gamma * INR K) + nu))
      with (V (gamma / (2 * p)) s + INR K * (gamma / 2 * nu)) by (field; lra).
    rewrite Rmult_assoc, <- (Rmult_assoc (INR K)), Rinv_r, Rmult_1_l by lra. lra.
  Qed.

  (** E Psi' <= (1 - gamma mu) Psi + gamma nu, Psi with the weight gamma/p *)
  Lemma biased_descent_pl (mu : R) s : polyak_lojasiewicz mu f grad f_low -> 2 * gamma * mu <= p ->
    0 <= 1 - gamma * L - 2 * gamma ^ 2 * Lambda_squared ->
    E[ V (gamma / p) s' | s' <- step s ] <= (1 - gamma * mu) * V (gamma / p) s + gamma * nu.
  Proof using f_smooth p_range gamma_positive row.
    intros PL Hgm margin.
    pose proof (biased_one_step 1 s ltac:(lra) ltac:(lra)) as D. replace (1 * gamma / p) with (gamma / p) in D by (field; lra).
    pose proof (PL (model s)) as P. fold (N s) in P. unfold V, biased_potential in *. fold (G s) in *.
    assert (0 <= G s) by apply dot_nonnegative.
    assert (A : gamma * mu * (f (model s) - f_low) <= gamma / 2 * N s).
    { apply Rle_trans with (gamma / 2 * (2 * mu * (f (model s) - f_low))); [right; field|apply Rmult_le_compat_l; lra]. }
    assert (B : gamma * mu * (gamma / p * G s) <= 1 / 2 * gamma * G s).
    { replace (gamma * mu * (gamma / p * G s)) with (gamma * (mu * gamma / p) * G s) by (field; lra).
      apply Rmult_le_compat_r; [assumption|]. rewrite (Rmult_comm (1 / 2)). apply Rmult_le_compat_l; [lra|].
      apply Rmult_le_reg_r with p; [lra|]. replace (mu * gamma / p * p) with (mu * gamma) by (field; lra). lra. }
    lra.
  Qed.

  (** E Psi^k <= (1 - gamma mu)^k Psi^0 + nu/mu *)
  Theorem biased_rate_pl (mu : R) : polyak_lojasiewicz mu f grad f_low -> 0 < mu -> 0 <= nu -> 2 * gamma * mu <= p ->
    0 <= 1 - gamma * L - 2 * gamma ^ 2 * Lambda_squared -> forall k s,
    E[ V (gamma / p) s' | s' <- iterate step k s ] <= (1 - gamma * mu) ^ k * V (gamma / p) s + nu / mu.
  Proof using f_smooth p_range gamma_positive row.
    intros PL Hmu Hnu Hgm margin k s. assert (0 < gamma * mu) by now apply Rmult_lt_0_compat.
    assert (Hq : 0 <= 1 - gamma * mu) by lra.
    apply Rle_trans with ((1 - gamma * mu) ^ k * V (gamma / p) s + gamma * nu * (1 - (1 - gamma * mu) ^ k) / (1 - (1 - gamma * mu))).
    - apply (contraction step); [assumption|lra|]. intros s'. now apply biased_descent_pl.
    - apply Rplus_le_compat_l. pose proof (pow_le _ k Hq).
      replace (gamma * nu * (1 - (1 - gamma * mu) ^ k) / (1 - (1 - gamma * mu)))
        with (nu / mu * (1 - (1 - gamma * mu) ^ k)) by (field; lra).
      assert (0 <= nu / mu) by (apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat]; lra). nra.
  Qed.
End BiasedEstimator.

(** gamma <= 1/(L + sqrt(r)) gives 1 - gamma L - gamma^2 r >= 0 *)
Lemma stepsize_margin (L r gamma : R) : 0 < L -> 0 <= r -> 0 < gamma -> gamma <= 1 / (L + sqrt r) ->
  0 <= 1 - gamma * L - gamma ^ 2 * r.
Proof.
  intros HL Hr Hg Hg1. pose proof (sqrt_pos r) as Ht. pose proof (sqrt_sqrt r Hr) as E. set (t := sqrt r) in *.
  assert (U : gamma * (L + t) <= 1).
  { apply Rle_trans with (1 / (L + t) * (L + t)); [apply Rmult_le_compat_r; lra|right; field; lra]. }
  rewrite <- E. replace (1 - gamma * L - gamma ^ 2 * (t * t))
    with ((1 - gamma * (L + t)) + gamma * t * (1 - gamma * (L + t)) + gamma * gamma * (L * t)) by ring.
  assert (0 <= gamma * t) by (apply Rmult_le_pos; lra). assert (0 <= L * t) by (apply Rmult_le_pos; lra).
  assert (0 <= gamma * gamma * (L * t)) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
  assert (0 <= gamma * t * (1 - gamma * (L + t))) by (apply Rmult_le_pos; lra). lra.
Qed.

(** With R = sqrt(L^2 + 4 Lambda^2): 4 (1 - gamma L - gamma^2 Lambda^2) = (2 - gamma (L + R)) (2 + gamma (R - L)) *)
Lemma largest_stepsize (L Lambda gamma : R) : 0 < L -> 0 < gamma ->
  0 <= 1 - gamma * L - gamma ^ 2 * Lambda ^ 2 <-> gamma <= 2 / (L + sqrt (L ^ 2 + 4 * Lambda ^ 2)).
Proof.
  intros HL Hg. assert (P : L ^ 2 <= L ^ 2 + 4 * Lambda ^ 2) by (pose proof (pow2_ge_0 Lambda); lra).
  assert (P0 : 0 <= L ^ 2 + 4 * Lambda ^ 2) by (pose proof (pow2_ge_0 L); lra).
  assert (Q : L <= sqrt (L ^ 2 + 4 * Lambda ^ 2)).
  { replace L with (sqrt (L ^ 2)) at 1; [now apply sqrt_le_1_alt|]. replace (L ^ 2) with (Rsqr L) by (unfold Rsqr; ring). apply sqrt_Rsqr. lra. }
  pose proof (sqrt_sqrt _ P0) as E. set (r := sqrt (L ^ 2 + 4 * Lambda ^ 2)) in *.
  assert (F : 4 * (1 - gamma * L - gamma ^ 2 * Lambda ^ 2) = (2 - gamma * (L + r)) * (2 + gamma * (r - L))).
  { replace ((2 - gamma * (L + r)) * (2 + gamma * (r - L))) with (4 - 4 * gamma * L - gamma ^ 2 * (r * r - L ^ 2)) by ring. rewrite E. ring. }
  assert (T : 0 < 2 + gamma * (r - L)) by (assert (0 <= gamma * (r - L)) by (apply Rmult_le_pos; lra); lra).
  assert (G : gamma <= 2 / (L + r) <-> 0 <= 2 - gamma * (L + r)).
  { split; intros K.
    - apply Rmult_le_compat_r with (r := L + r) in K; [|lra]. replace (2 / (L + r) * (L + r)) with 2 in K by (field; lra). lra.
    - apply Rmult_le_reg_r with (L + r); [lra|]. replace (2 / (L + r) * (L + r)) with 2 by (field; lra). lra. }
  rewrite G. split; intros K.
  - apply Rmult_le_reg_r with (2 + gamma * (r - L)); [assumption|]. lra.
  - assert (0 <= (2 - gamma * (L + r)) * (2 + gamma * (r - L))) by (apply Rmult_le_pos; lra). lra.
Qed.

(** Without noise and from g^0 = grad f(x^0), with the stepsizes of the theorems. *)
Section FromGradient.
  Context {H : space} (f : H -> R) (grad : H -> H) (estimator : biased_estimator H).
  Variables L f_low gamma p Lambda_squared : R.
  Hypothesis L_positive : 0 < L.
  Hypothesis bounded_below : forall x, f_low <= f x.
  Hypothesis f_smooth : smooth L f grad.
  Hypothesis p_range : 0 < p <= 1.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis Lambda_nonnegative : 0 <= Lambda_squared.
  Hypothesis row : error_shrinks grad gamma p Lambda_squared 0 estimator.
  Let from k x := iterate (biased_step gamma estimator) k (MarinaState x (grad x)).

  Lemma potential_of_gradient weight x : biased_potential f grad f_low weight (MarinaState x (grad x)) = f x - f_low.
  Proof. unfold biased_potential. simpl model; simpl estimate. expand. ring. Qed.

  Theorem rate_from_gradient : gamma <= 1 / (L + sqrt Lambda_squared) -> forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖grad (model s)‖² | s <- from k x ]) <= 2 * (f x - f_low) / (gamma * INR K).
  Proof using L_positive bounded_below f_smooth p_range gamma_positive Lambda_nonnegative row.
    intros Hg K x HK. rewrite <- (potential_of_gradient (gamma / (2 * p)) x), <- (Rplus_0_r (_ / _)).
    exact (biased_rate f grad estimator L f_low gamma p Lambda_squared 0 bounded_below f_smooth p_range gamma_positive row
      (stepsize_margin L Lambda_squared gamma L_positive Lambda_nonnegative gamma_positive Hg) K (MarinaState x (grad x)) HK).
  Qed.

  Theorem rate_from_gradient_pl (mu : R) : polyak_lojasiewicz mu f grad f_low -> 0 < mu ->
    gamma <= 1 / (L + sqrt (2 * Lambda_squared)) -> gamma <= p / (2 * mu) -> forall k x,
    E[ f (model s) - f_low | s <- from k x ] <= (1 - gamma * mu) ^ k * (f x - f_low).
  Proof using L_positive f_smooth p_range gamma_positive Lambda_nonnegative row.
    intros PL Hmu Hg Hgm k x.
    assert (Hgm' : 2 * gamma * mu <= p).
    { apply Rmult_le_compat_r with (r := 2 * mu) in Hgm; [|lra]. replace (p / (2 * mu) * (2 * mu)) with p in Hgm by (field; lra). lra. }
    pose proof (stepsize_margin L (2 * Lambda_squared) gamma L_positive ltac:(lra) gamma_positive Hg) as margin.
    apply Rle_trans with (E[ biased_potential f grad f_low (gamma / p) s | s <- from k x ]).
    - apply expectation_le; intros s. unfold biased_potential.
      assert (0 <= gamma / p * ‖estimate s - grad (model s)‖²); [|lra].
      apply Rmult_le_pos; [left; apply Rdiv_lt_0_compat; lra|apply dot_nonnegative].
    - rewrite <- (potential_of_gradient (gamma / p) x).
      pose proof (biased_rate_pl f grad estimator L f_low gamma p Lambda_squared 0 f_smooth p_range gamma_positive row mu PL Hmu
        (Rle_refl 0) Hgm' ltac:(lra) k (MarinaState x (grad x))) as T. unfold from. lra.
  Qed.
End FromGradient.
