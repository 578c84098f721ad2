(** GD: gradient descent. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem UnifiedSgd.
Open Scope R_scope.

Definition gd_step {H : space} (gamma : R) (grad : H -> H) (x : H) : H := (x - gamma * grad x)%v.

(** GD as an estimator that errs nowhere and remembers nothing. *)
Definition gd_estimator {H : space} (grad : H -> H) : estimator H unit := fun x _ => ret (grad x, tt).

Section GradientDescent.
  Context {H : space} (f : H -> R) (grad : H -> H) (x_star : H) (L mu gamma : R).
  Hypothesis L_positive : 0 < L.
  Hypothesis f_smooth : smooth L f grad.
  Hypothesis minimum : minimiser f x_star.

  (** A = L, B = 0, rho = 1, C = 0, D1 = D2 = 0 *)
  Theorem gd_assumption : key_assumption f grad x_star (gd_estimator grad) (fun _ => 0) L 0 1 0 0 0.
  Proof using L_positive f_smooth minimum.
    split; intros; unfold gd_estimator; rewrite ?expectation_ret; simpl fst; try lra.
    pose proof (gradient_square_bound L f grad x_star L_positive f_smooth minimum x). lra.
  Qed.

  Hypothesis quasi : quasi_strongly_convex mu f grad x_star.
  Hypothesis gamma_range : 0 < gamma <= 1 / L.

  Lemma gamma_L : gamma * L <= 1.
  Proof using L_positive gamma_range. apply stepsize_product; [assumption|apply gamma_range]. Qed.

  Lemma gd_contraction x : ‖gd_step gamma grad x - x_star‖² <= (1 - gamma * mu) * ‖x - x_star‖².
  Proof using L_positive f_smooth minimum quasi gamma_range.
    pose proof gamma_L as HgL.
    pose proof (one_step_inequality L 0 0 0 0 1 0 mu gamma (1 - gamma * mu) ‖x - x_star‖² (f x - f x_star) 0
      ⟨grad x, x - x_star⟩ ‖grad x‖² 0) as O.
    apply Rle_trans with (‖x - x_star‖² - 2 * gamma * ⟨grad x, x - x_star⟩ + gamma ^ 2 * ‖grad x‖² + 0 * gamma ^ 2 * 0).
    { right. unfold gd_step. expand. rewrite (dot_symmetric _ x (grad x)), (dot_symmetric _ x_star (grad x)). ring. }
    apply Rle_trans with ((1 - gamma * mu) * (‖x - x_star‖² + 0 * gamma ^ 2 * 0) + gamma ^ 2 * (0 + 0 * 0)); [|right; ring].
    apply O; try lra.
    - apply dot_nonnegative.
    - generalize (minimum x); lra.
    - pose proof (quasi x) as Q. revert Q. expand. rewrite (dot_symmetric _ x_star x). lra.
    - pose proof (gradient_square_bound L f grad x_star L_positive f_smooth minimum x). lra.
  Qed.

  Theorem gd_rate k x : ‖Nat.iter k (gd_step gamma grad) x - x_star‖² <= (1 - gamma * mu) ^ k * ‖x - x_star‖².
  Proof using L_positive f_smooth minimum quasi gamma_range.
    induction k as [|k IH]; simpl; [lra|].
    set (y := Nat.iter k (gd_step gamma grad) x) in *. pose proof (gd_contraction y) as C.
    destruct (Rle_dec 0 (1 - gamma * mu)) as [Hq|Hq].
    - apply Rle_trans with (1 := C). rewrite Rmult_assoc. now apply Rmult_le_compat_l.
    - (* then a step already leads to x⋆, and it never was anywhere else *)
      pose proof (dot_nonnegative H (gd_step gamma grad y - x_star)%v). pose proof (dot_nonnegative H (y - x_star)%v).
      pose proof (gd_contraction x). pose proof (dot_nonnegative H (gd_step gamma grad x - x_star)%v).
      pose proof (dot_nonnegative H (x - x_star)%v).
      assert (‖x - x_star‖² = 0) as -> by nra. assert (‖y - x_star‖² = 0) by nra. nra.
  Qed.
End GradientDescent.
