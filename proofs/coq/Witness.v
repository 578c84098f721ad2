(** The hypotheses can be met: a theorem about nothing would be true as well.

    f_i(x) = (L/2) |x - c_i|^2 with any centres c_i, in any space; the gradients at the solution differ as much as the
    centres do. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd Diana Marina EcGd.
Open Scope R_scope.

Definition squares {H : space} (n : nat) (L : R) (c : nat -> H) : problem H :=
  Problem n (fun i x => L / 2 * ‖x - c i‖²) (fun i x => (L * (x - c i))%v).

Section Squares.
  Context {H : space} (n : nat) (L : R) (c : nat -> H).
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis L_positive : 0 < L.
  Let f := squares n L c.
  Let centre : H := vector_mean n c.

  Lemma squares_gradient x z : ⟨mean_gradient f x, z⟩ = L * ⟨x - centre, z⟩.
  Proof using n_positive.
    unfold mean_gradient. rewrite dot_mean. simpl size; simpl gradient.
    rewrite (mean_ext n _ (fun i => L * ⟨x, z⟩ + (- L) * ⟨c i, z⟩)) by (intros; expand; ring).
    rewrite mean_add, !mean_scale, mean_const, <- dot_mean by assumption. fold centre. expand. ring.
  Qed.

  Lemma squares_value x : mean_value f x = mean_value f centre + L / 2 * ‖x - centre‖².
  Proof using n_positive.
    unfold mean_value. simpl size; simpl value.
    rewrite (mean_ext n (fun i => L / 2 * ‖x - c i‖²)
      (fun i => L / 2 * ‖centre - c i‖² + (L * ⟨centre - c i, x - centre⟩ + L / 2 * ‖x - centre‖²))).
    2:{ intros i _. expand. rewrite (dot_symmetric _ centre x), (dot_symmetric _ (c i) x), (dot_symmetric _ (c i) centre). field. }
    rewrite !mean_add, !mean_scale, mean_const by assumption.
    assert (mean n (fun i => ⟨centre - c i, x - centre⟩) = 0) as ->; [|ring].
    rewrite (mean_ext n _ (fun i => ⟨centre, x - centre⟩ + (-1) * ⟨c i, x - centre⟩)) by (intros; rewrite dot_add, dot_scale; ring).
    rewrite mean_add, !mean_scale, mean_const, <- dot_mean by assumption. fold centre. ring.
  Qed.

  Theorem squares_convex_smooth : convex_smooth f L centre.
  Proof using n_positive L_positive.
    split; try assumption.
    - intros i _ x y. simpl. assert (0 <= L / 2 * ‖y - x‖²) by (apply Rmult_le_pos; [lra|apply dot_nonnegative]).
      apply Rle_trans with (L / 2 * ‖y - c i‖² - L / 2 * ‖y - x‖²); [right|lra]. expand.
      rewrite (dot_symmetric _ (c i) x), (dot_symmetric _ (c i) y), (dot_symmetric _ y x). field.
    - intros i _ x y. simpl. right. expand. rewrite (dot_symmetric _ (c i) x), (dot_symmetric _ (c i) y), (dot_symmetric _ y x). field.
    - intros z. rewrite squares_gradient. expand. ring.
  Qed.

  Theorem squares_quasi_strongly_convex : quasi_strongly_convex L (mean_value f) (mean_gradient f) centre.
  Proof using n_positive.
    intros x. rewrite squares_gradient, (squares_value x). right. expand. rewrite (dot_symmetric _ centre x). field.
  Qed.

  (** MARINA's hypotheses *)
  Theorem squares_bounded_below x : mean_value f centre <= mean_value f x.
  Proof using n_positive L_positive.
    rewrite (squares_value x). assert (0 <= L / 2 * ‖x - centre‖²) by (apply Rmult_le_pos; [lra|apply dot_nonnegative]). lra.
  Qed.

  Theorem squares_smooth : smooth L (mean_value f) (mean_gradient f).
  Proof using n_positive.
    intros x y. rewrite squares_gradient, (squares_value x), (squares_value y). right. expand.
    rewrite (dot_symmetric _ centre x), (dot_symmetric _ centre y), (dot_symmetric _ y x). field.
  Qed.

  Theorem squares_mean_square_smooth : mean_square_smooth L f.
  Proof using n_positive.
    intros x y. simpl size; simpl gradient. right.
    rewrite (mean_ext n _ (fun _ => L ^ 2 * ‖y - x‖²)); [now apply mean_const|].
    intros i _. expand. rewrite (dot_symmetric _ (c i) x), (dot_symmetric _ (c i) y), (dot_symmetric _ y x). ring.
  Qed.
End Squares.

(** ** A contractive compressor: Top1, ties to the lower index *)

Fixpoint largest (x : nat -> R) (n : nat) : nat :=
  match n with
  | O => O
  | S m => if Rle_dec (Rabs (x n)) (Rabs (x (largest x m))) then largest x m else n
  end.

Definition top_1 (d : nat) (x : Rd d) : Rd d := fun i => if Nat.eqb i (largest x (pred d)) then x i else 0.

Lemma largest_in_range x n : (largest x n <= n)%nat.
Proof. induction n as [|n IH]; simpl; [lia|]. destruct (Rle_dec _ _); lia. Qed.

Lemma largest_is_largest x n : forall i, (i <= n)%nat -> Rabs (x i) <= Rabs (x (largest x n)).
Proof.
  induction n as [|n IH]; intros i Hi; [replace i with O by lia; simpl; lra|]. simpl.
  destruct (Rle_dec (Rabs (x (S n))) (Rabs (x (largest x n)))) as [Hle|Hgt];
    (destruct (Nat.eq_dec i (S n)) as [->|Hne]; [lra|]; specialize (IH i ltac:(lia)); lra).
Qed.

Theorem top_1_is_top_k d (x : Rd d) : (0 < d)%nat -> is_top_k d 1 x (top_1 d x).
Proof.
  intros Hd. pose proof (largest_in_range x (pred d)) as Hj. set (j := largest x (pred d)) in *.
  exists (fun i => Nat.eqb i j). repeat split.
  - rewrite (sum_ext d _ (fun i => if Nat.eqb i j then 1 else 0)) by reflexivity.
    rewrite (sum_update d j 1 (fun _ => 0)), sum_const by lia. simpl; ring.
  - intros i i' _ Hi' E _. apply Nat.eqb_eq in E as ->. apply largest_is_largest. lia.
  - intros i _. unfold top_1. fold j. destruct (Nat.eqb i j); simpl; ring.
Qed.

(** ** An admissible stepsize of error compensation: gamma = delta/(16 L), for A = L and A = 2L *)

Theorem small_stepsize_admissible L A delta : 0 < L -> 0 < delta <= 1 -> 0 <= A <= 2 * L ->
  0 <= descent_coefficient L A (delta / (16 * L)) delta.
Proof.
  intros HL Hd HA. unfold descent_coefficient, compression_factor.
  replace (1 - 2 * (delta / (16 * L)) * (L + 12 * L * (delta / (16 * L)) / delta * ((1 - delta) * (2 - delta) / delta) * A))
    with (1 - delta / 8 - 3 / 32 * ((1 - delta) * (2 - delta)) * (A / L)) by (field; lra).
  assert (HAL : 0 <= A / L <= 2).
  { split; [apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]|].
    apply Rmult_le_reg_r with L; [assumption|]. replace (A / L * L) with A by (field; lra). lra. }
  assert ((1 - delta) * (2 - delta) <= 2) by nra. assert (0 <= (1 - delta) * (2 - delta)) by nra.
  assert ((1 - delta) * (2 - delta) * (A / L) <= 2 * 2) by (apply Rmult_le_compat; lra).
  lra.
Qed.

(** ** Theorems with nothing left to assume *)

(** EC-GDstar with Top1 on the squares: from any state, with gamma = 1/(16 d L). *)
Corollary ec_gd_star_on_squares (d n : nat) (L : R) (c : nat -> Rd d) : (0 < d)%nat -> (0 < n)%nat -> 0 < L ->
  let f := squares n L c in
  let x_star := vector_mean n c in
  let delta := INR 1 / INR d in
  let gamma := delta / (16 * L) in
  forall k s,
    E[ ec_lyapunov f x_star L gamma delta s'
     | s' <- iterate (ec_gd_step f (star_shift f x_star) (fun x => ret (top_1 d x)) gamma) k s ]
    <= (1 - Rmin (gamma * L / 2) (delta / 4)) ^ k * ec_lyapunov f x_star L gamma delta s.
Proof.
  intros Hd Hn HL f x_star delta gamma.
  assert (HdR : 1 <= INR d) by (change 1 with (INR 1); apply le_INR; lia).
  assert (Hdelta : 0 < delta <= 1).
  { unfold delta. simpl INR at 1 3. split; [apply Rdiv_lt_0_compat; lra|].
    apply Rmult_le_reg_r with (INR d); [lra|]. replace (1 / INR d * INR d) with 1 by (field; lra). lra. }
  apply (ec_gd_star_rate f x_star L L delta gamma).
  - exact (squares_convex_smooth n L c Hn HL).
  - exact (squares_quasi_strongly_convex n L c Hn).
  - lra.
  - exact Hdelta.
  - exact (top_k_contractive d 1 (top_1 d) Hd (fun x => top_1_is_top_k d x Hd)).
  - unfold gamma. apply Rdiv_lt_0_compat; lra.
  - apply small_stepsize_admissible; lra.
Qed.

(** DIANA with RandK on the squares, with the largest stepsize and alpha = K/d. *)
Corollary diana_on_squares (d K n : nat) (L : R) (c : nat -> Rd d) : (1 <= K <= d)%nat -> (0 < n)%nat -> 0 < L ->
  let f := squares n L c in
  let x_star := vector_mean n c in
  let omega := INR d / INR K - 1 in
  let alpha := INR K / INR d in
  let gamma := 1 / ((1 + 6 * omega / INR n) * L) in
  forall k s,
    E[ diana_lyapunov f x_star omega alpha gamma s'
     | s' <- iterate (sgd_step gamma (diana_estimator n (full_gradient f) (rand_k d K) alpha)) k s ]
    <= Rmax (1 - gamma * L) (1 - alpha / 2) ^ k * diana_lyapunov f x_star omega alpha gamma s.
Proof.
  intros HK Hn HL f x_star omega alpha gamma.
  assert (HN : 0 < INR n) by now apply lt_0_INR.
  assert (Hom : 0 <= 6 * omega / INR n).
  { apply Rmult_le_pos; [|apply inverse_nonnegative]. pose proof (rand_k_omega_nonnegative d K HK). unfold omega. lra. }
  assert (Hc : 0 < (1 + 6 * omega / INR n) * L) by (apply Rmult_lt_0_compat; lra).
  apply (diana_rand_k_rate d K f x_star L L gamma HK (squares_convex_smooth n L c Hn HL) (squares_quasi_strongly_convex n L c Hn)).
  - unfold gamma. apply Rdiv_lt_0_compat; lra.
  - apply stepsize_product; [exact Hc|]. apply Rle_refl.
Qed.
