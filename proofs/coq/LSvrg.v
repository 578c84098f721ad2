(** L-SVRG: loopless SVRG. Variance reduction with a reference point that a coin refreshes. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem UnifiedSgd VarianceReduction.
Open Scope R_scope.

(** g = grad f_j(x) - grad f_j(w) + grad f(w); w <- x with probability p, the x from before the step. *)
Definition l_svrg_estimator {H : space} (f : problem H) (p : probability) : estimator H H := fun x w =>
  draw j <- uniform (size f) ;;
  draw refresh <- bernoulli p ;;
  ret ((gradient f j x - gradient f j w + mean_gradient f w)%v, if refresh then x else w).

(** sigma^2 = (1/m) sum_j |grad f_j(w) - grad f_j(x⋆)|^2 *)
Definition reference_error {H : space} (f : problem H) (x_star w : H) : R :=
  mean (size f) (fun j => ‖gradient f j w - gradient f j x_star‖²).

Lemma expectation_l_svrg {H : space} (f : problem H) (p : probability) x w F : (0 < size f)%nat ->
  expectation (l_svrg_estimator f p x w) F
  = mean (size f) (fun j => p * F (corrected (size f) (fun j => gradient f j x) (fun j => gradient f j w) j, x)
                            + (1 - p) * F (corrected (size f) (fun j => gradient f j x) (fun j => gradient f j w) j, w)).
Proof.
  intros Hm. unfold l_svrg_estimator. rewrite expectation_bind, expectation_uniform by assumption.
  apply mean_ext; intros j _. rewrite expectation_bind, expectation_bernoulli, !expectation_ret. reflexivity.
Qed.

Section LSvrg.
  Context {H : space} (f : problem H) (x_star : H) (L : R) (p : probability).
  Hypothesis assumed : convex_smooth f L x_star.
  Let m := size f.

  Theorem l_svrg_assumption :
    key_assumption (mean_value f) (mean_gradient f) x_star (l_svrg_estimator f p) (reference_error f x_star)
      (2 * L) 2 p (p * L) 0 0.
  Proof using assumed.
    split.
    - intros x w z. rewrite expectation_l_svrg by apply (nonempty assumed). fold m. simpl fst.
      rewrite (mean_ext m _ (fun j => ⟨corrected m (fun j => gradient f j x) (fun j => gradient f j w) j, z⟩)) by (intros; ring).
      apply corrected_unbiased, (nonempty assumed).
    - intros x w. rewrite expectation_l_svrg by apply (nonempty assumed). fold m. simpl fst.
      rewrite (mean_ext m _ (fun j => ‖corrected m (fun j => gradient f j x) (fun j => gradient f j w) j‖²)) by (intros; ring).
      pose proof (corrected_second_moment m (fun j => gradient f j x) (fun j => gradient f j w) (fun j => gradient f j x_star)
        (nonempty assumed) (optimal assumed)) as S.
      pose proof (mean_cocoercive f L x_star assumed x) as C. unfold reference_error. fold m in C |- *. lra.
    - intros x w. rewrite expectation_l_svrg by apply (nonempty assumed). fold m. simpl snd.
      rewrite mean_const by apply (nonempty assumed).
      pose proof (mean_cocoercive f L x_star assumed x) as C. change (reference_error f x_star x <= 2 * L * (mean_value f x - mean_value f x_star)) in C.
      pose proof (chance_range p) as [Hp _]. apply Rmult_le_compat_l with (r := p) in C; [|assumption]. lra.
    - intros w. apply mean_nonnegative; intros; apply dot_nonnegative.
  Qed.

  Theorem l_svrg_rate mu gamma : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
    0 < p -> 0 < gamma -> gamma <= 1 / (6 * L) ->
    forall k s,
      E[ lyapunov x_star (reference_error f x_star) (4 / p) gamma s' | s' <- iterate (sgd_step gamma (l_svrg_estimator f p)) k s ]
      <= Rmax (1 - gamma * mu) (1 - p / 2) ^ k * lyapunov x_star (reference_error f x_star) (4 / p) gamma s.
  Proof using assumed.
    intros quasi Hp Hg Hg1. pose proof (L_positive assumed) as HL. pose proof (chance_range p) as [_ Hp1].
    apply stepsize_product in Hg1; [|lra].
    assert (HM : 0 < 4 / p) by (apply Rdiv_lt_0_compat; lra).
    assert (Hq : 1 - p / 2 <= Rmax (1 - gamma * mu) (1 - p / 2)) by apply Rmax_r.
    apply (unified_rate _ _ _ _ _ _ _ _ _ _ _ _ _ _ l_svrg_assumption quasi (convex_minimiser f L x_star assumed) Hg); try lra.
    - replace (2 * L + p * L * (4 / p)) with (6 * L) by (field; lra). assumption.
    - apply Rmax_l.
    - replace (4 / p * (1 - p) + 2) with ((1 - p / 2) * (4 / p)) by (field; lra). apply Rmult_le_compat_r; lra.
  Qed.
End LSvrg.
