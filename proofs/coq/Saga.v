(** SAGA: variance reduction with a table of the gradient that each component showed last. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem UnifiedSgd VarianceReduction.
Open Scope R_scope.

(** g = grad f_j(x) - T_j + (1/m) sum_l T_l with the mean from before T_j <- grad f_j(x) *)
Definition saga_estimator {H : space} (f : problem H) : estimator H (nat -> H) := fun x T =>
  draw j <- uniform (size f) ;;
  ret ((gradient f j x - T j + vector_mean (size f) T)%v,
       fun i => if Nat.eqb i j then gradient f j x else T i).

(** sigma^2 = (1/m) sum_j |T_j - grad f_j(x⋆)|^2 *)
Definition table_error {H : space} (f : problem H) (x_star : H) (T : nat -> H) : R :=
  mean (size f) (fun j => ‖T j - gradient f j x_star‖²).

Section Saga.
  Context {H : space} (f : problem H) (x_star : H) (L : R).
  Hypothesis assumed : convex_smooth f L x_star.
  Let m := size f.

  Lemma expectation_saga x T F :
    expectation (saga_estimator f x T) F
    = mean m (fun j => F (corrected m (fun j => gradient f j x) T j, fun i => if Nat.eqb i j then gradient f j x else T i)).
  Proof using assumed.
    unfold saga_estimator. rewrite expectation_bind, expectation_uniform by apply (nonempty assumed).
    apply mean_ext; intros j _. apply expectation_ret.
  Qed.

  (** One entry of m is exchanged. *)
  Lemma table_error_after x T j : (j < m)%nat ->
    table_error f x_star (fun i => if Nat.eqb i j then gradient f j x else T i)
    = table_error f x_star T + / INR m * (‖gradient f j x - gradient f j x_star‖² - ‖T j - gradient f j x_star‖²).
  Proof.
    intros Hj. unfold table_error, mean. fold m.
    rewrite (sum_ext m _ (fun i => if Nat.eqb i j then ‖gradient f j x - gradient f j x_star‖² else ‖T i - gradient f i x_star‖²)).
    2:{ intros i _. destruct (Nat.eqb_spec i j) as [->|]; reflexivity. }
    rewrite (sum_update m j _ (fun i => ‖T i - gradient f i x_star‖²) Hj). ring.
  Qed.

  Theorem saga_assumption :
    key_assumption (mean_value f) (mean_gradient f) x_star (saga_estimator f) (table_error f x_star)
      (2 * L) 2 (/ INR m) (L / INR m) 0 0.
  Proof using assumed.
    assert (Hm : 0 < / INR m) by (apply Rinv_0_lt_compat, lt_0_INR, (nonempty assumed)).
    split.
    - intros x T z. rewrite expectation_saga. simpl fst. apply corrected_unbiased, (nonempty assumed).
    - intros x T. rewrite expectation_saga. simpl fst.
      pose proof (corrected_second_moment m (fun j => gradient f j x) T (fun j => gradient f j x_star)
        (nonempty assumed) (optimal assumed)) as S.
      pose proof (mean_cocoercive f L x_star assumed x) as C. unfold table_error. fold m in C |- *. lra.
    - intros x T. rewrite expectation_saga. simpl snd.
      rewrite (mean_ext m _ (fun j => table_error f x_star T + (/ INR m * ‖gradient f j x - gradient f j x_star‖²
                                       + (- / INR m) * ‖T j - gradient f j x_star‖²))).
      2:{ intros j Hj. rewrite table_error_after by assumption. ring. }
      rewrite !mean_add, !mean_scale, mean_const by apply (nonempty assumed).
      pose proof (mean_cocoercive f L x_star assumed x) as C. fold m in C.
      apply Rmult_le_compat_l with (r := / INR m) in C; [|lra].
      change (mean m (fun j => ‖T j - gradient f j x_star‖²)) with (table_error f x_star T). unfold Rdiv. lra.
    - intros T. apply mean_nonnegative; intros; apply dot_nonnegative.
  Qed.

  Theorem saga_rate mu gamma : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
    0 < gamma -> gamma <= 1 / (6 * L) ->
    forall k s,
      E[ lyapunov x_star (table_error f x_star) (4 * INR m) gamma s' | s' <- iterate (sgd_step gamma (saga_estimator f)) k s ]
      <= Rmax (1 - gamma * mu) (1 - 1 / (2 * INR m)) ^ k * lyapunov x_star (table_error f x_star) (4 * INR m) gamma s.
  Proof using assumed.
    intros quasi Hg Hg1. pose proof (L_positive assumed) as HL. apply stepsize_product in Hg1; [|lra].
    assert (Hm : 1 <= INR m) by (change 1 with (INR 1); apply le_INR, (nonempty assumed)).
    set (q := Rmax (1 - gamma * mu) (1 - 1 / (2 * INR m))).
    assert (Hq : 1 - 1 / (2 * INR m) <= q) by apply Rmax_r.
    assert (Hsmall : 1 / (2 * INR m) <= 1 / 2).
    { unfold Rdiv. rewrite !Rmult_1_l. apply Rinv_le_contravar; lra. }
    apply (unified_rate _ _ _ _ _ _ _ _ _ _ _ _ _ _ saga_assumption quasi (convex_minimiser f L x_star assumed) Hg); try lra.
    - replace (2 * L + L / INR m * (4 * INR m)) with (6 * L) by (field; lra). assumption.
    - apply Rmax_l.
    - replace (4 * INR m * (1 - / INR m) + 2) with ((1 - 1 / (2 * INR m)) * (4 * INR m)) by (field; lra).
      apply Rmult_le_compat_r; lra.
  Qed.
End Saga.
