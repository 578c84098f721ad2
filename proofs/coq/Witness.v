(** The hypotheses can be met: a theorem about nothing would be true as well.

    f_i(x) = (L/2) |x - c_i|^2 with any centres c_i, in any space; the gradients at the solution differ as much as the
    centres do. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd LSvrg Diana Marina
  ErrorCompensation EcTheorem EcEstimators EcGd EcLsvrg.
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

(** ... and with several components each: f_ij(x) = (L/2) |x - c_ij|^2 *)
Section SquaresOfComponents.
  Context {H : space} (n : nat) (m : nat -> nat) (L : R) (c : nat -> nat -> H).
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis m_positive : forall i, (i < n)%nat -> (0 < m i)%nat.
  Hypothesis L_positive : 0 < L.

  Definition squared_distance (i j : nat) (x : H) : R := L / 2 * ‖x - c i j‖².
  Definition squared_distance_gradient (i j : nat) (x : H) : H := (L * (x - c i j))%v.

  Let f := problem_of_components n m squared_distance squared_distance_gradient.
  Let centre : H := vector_mean n (fun i => vector_mean (m i) (c i)).

  Lemma squared_distance_convex i j : convex (squared_distance i j) (squared_distance_gradient i j).
  Proof using L_positive. exact (each_convex (squares_convex_smooth 1 L (fun _ => c i j) (Nat.lt_0_succ 0) L_positive) 0%nat (Nat.lt_0_succ 0)). Qed.

  Lemma squared_distance_smooth i j : smooth L (squared_distance i j) (squared_distance_gradient i j).
  Proof using L_positive. exact (each_smooth (squares_convex_smooth 1 L (fun _ => c i j) (Nat.lt_0_succ 0) L_positive) 0%nat (Nat.lt_0_succ 0)). Qed.

  Lemma squares_of_components_gradient x z : ⟨mean_gradient f x, z⟩ = L * ⟨x - centre, z⟩.
  Proof using n_positive m_positive.
    unfold mean_gradient. rewrite dot_mean. simpl.
    rewrite (mean_ext n _ (fun i => L * ⟨x, z⟩ + (- L) * ⟨vector_mean (m i) (c i), z⟩)).
    - rewrite mean_add, !mean_scale, mean_const by assumption. unfold centre. expand. rewrite (dot_mean H n). ring.
    - intros i Hi. rewrite !dot_mean. unfold squared_distance_gradient.
      rewrite (mean_ext (m i) _ (fun j => L * ⟨x, z⟩ + (- L) * ⟨c i j, z⟩)) by (intros; expand; ring).
      rewrite mean_add, !mean_scale, mean_const by now apply m_positive. ring.
  Qed.

  Lemma squares_of_components_stationary : stationary (mean_gradient f) centre.
  Proof using n_positive m_positive. intros z. rewrite squares_of_components_gradient. expand. ring. Qed.

  Lemma squares_of_components_quasi_strongly_convex : quasi_strongly_convex L (mean_value f) (mean_gradient f) centre.
  Proof using n_positive m_positive.
    intros x. right. unfold mean_value, mean_gradient. rewrite dot_mean. simpl.
    rewrite <- (mean_const n (L / 2 * ‖centre - x‖²)), <- !mean_add by assumption. apply mean_ext; intros i Hi.
    rewrite dot_mean, <- (mean_const (m i) (L / 2 * ‖centre - x‖²)), <- !mean_add by now apply m_positive. apply mean_ext; intros j _.
    unfold squared_distance, squared_distance_gradient. expand.
    rewrite (dot_symmetric _ (c i j) x), (dot_symmetric _ centre x), (dot_symmetric _ (c i j) centre). field.
  Qed.
End SquaresOfComponents.

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

(** ** An admissible stepsize of error compensation: gamma = delta/(16 L), for A = L, 2L and (14/3) L *)

Theorem small_stepsize_admissible L A delta : 0 < L -> 0 < delta <= 1 -> 0 <= A <= 14 / 3 * L ->
  let gamma := delta / (16 * L) in
  2 * gamma * (L + 12 * L * gamma / delta * compression_factor delta * A) <= 1.
Proof.
  intros HL Hd HA gamma. unfold gamma, compression_factor.
  replace (2 * (delta / (16 * L)) * (L + 12 * L * (delta / (16 * L)) / delta * ((1 - delta) * (2 - delta) / delta) * A))
    with (delta / 8 + 3 / 32 * ((1 - delta) * (2 - delta)) * (A / L)) by (field; lra).
  assert (HAL : 0 <= A / L <= 14 / 3).
  { split; [apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]|].
    apply Rmult_le_reg_r with L; [assumption|]. replace (A / L * L) with A by (field; lra). lra. }
  assert ((1 - delta) * (2 - delta) <= 2) by nra. assert (0 <= (1 - delta) * (2 - delta)) by nra.
  assert ((1 - delta) * (2 - delta) * (A / L) <= 2 * (14 / 3)) by (apply Rmult_le_compat; lra).
  lra.
Qed.

(** ... and gamma = delta/(40 L) for EC-LSVRG-DIANA *)
Theorem small_stepsize_with_references L delta W n : 0 < L -> 0 < delta <= 1 -> 0 <= W <= 1 -> (0 < n)%nat ->
  let gamma := delta / (40 * L) in
  2 * gamma * (L + 14 * L / (3 * INR n)
               + 12 * L * gamma / delta * ((14 / 3 + 112 / 9 * W) * L * compression_factor delta + 14 / 3 * L * (1 - delta))) <= 1.
Proof.
  intros HL Hd HW Hn gamma. assert (HN : 1 <= INR n) by (change 1 with (INR 1); apply le_INR; lia). unfold gamma, compression_factor.
  match goal with |- ?left <= 1 => replace left with (/ 20 * (delta + 14 / 3 * (delta / INR n)
    + 3 / 10 * ((14 / 3 + 112 / 9 * W) * ((1 - delta) * (2 - delta)) + 14 / 3 * (delta * (1 - delta))))) by (field; lra) end.
  assert (0 <= (1 - delta) * (2 - delta) <= 2) by nra. assert (0 <= delta * (1 - delta) <= 1) by nra.
  assert (delta / INR n <= 1) by (apply Rmult_le_reg_r with (INR n); [lra|]; replace (delta / INR n * INR n) with delta by (field; lra); lra).
  assert ((14 / 3 + 112 / 9 * W) * ((1 - delta) * (2 - delta)) <= (14 / 3 + 112 / 9) * 2) by (apply Rmult_le_compat; lra).
  lra.
Qed.

(** ** Theorems with nothing left to assume *)

Lemma top_1_delta (d : nat) : (0 < d)%nat -> 0 < INR 1 / INR d <= 1.
Proof.
  intros Hd. assert (1 <= INR d) by (change 1 with (INR 1); apply le_INR; lia). simpl INR at 1 3.
  split; [apply Rdiv_lt_0_compat; lra|].
  apply Rmult_le_reg_r with (INR d); [lra|]. replace (1 / INR d * INR d) with 1 by (field; lra). lra.
Qed.

Lemma rand_k_alpha (d K : nat) : (1 <= K <= d)%nat -> 0 < INR K / INR d /\ INR K / INR d * (1 + (INR d / INR K - 1)) = 1.
Proof.
  intros HK. assert (0 < INR K) by (apply lt_0_INR; lia). assert (0 < INR d) by (apply lt_0_INR; lia).
  split; [now apply Rdiv_lt_0_compat|field; lra].
Qed.

(** EC-GDstar with Top1 on the squares: from any state, with gamma = 1/(16 d L). *)
Corollary ec_gd_star_on_squares (d n : nat) (L : R) (c : nat -> Rd d) : (0 < d)%nat -> (0 < n)%nat -> 0 < L ->
  let f := squares n L c in
  let x_star := vector_mean n c in
  let delta := INR 1 / INR d in
  let gamma := delta / (16 * L) in
  forall k s,
    E[ ec_gd_lyapunov f x_star L gamma delta s'
     | s' <- iterate (ec_gd_step f (star_shift f x_star) (fun x => ret (top_1 d x)) gamma) k s ]
    <= (1 - Rmin (gamma * L / 2) (delta / 4)) ^ k * ec_gd_lyapunov f x_star L gamma delta s.
Proof.
  intros Hd Hn HL f x_star delta gamma.
  assert (Hdelta : 0 < delta <= 1) by exact (top_1_delta d Hd).
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

(** EC-LSVRG-DIANA with Top1 and RandK on squares of components: from any state, with gamma = 1/(40 d L), alpha = K/d. *)
Corollary ec_lsvrg_diana_on_squares (d K n : nat) (m : nat -> nat) (L : R) (c : nat -> nat -> Rd d) (p : probability) :
  (1 <= K <= d)%nat -> (0 < n)%nat -> (forall i, (i < n)%nat -> (0 < m i)%nat) -> 0 < L -> 0 < p ->
  let g := squared_distance_gradient L c in
  let x_star := vector_mean n (fun i => vector_mean (m i) (c i)) in
  let delta := INR 1 / INR d in
  let alpha := INR K / INR d in
  let gamma := delta / (40 * L) in
  let eta := Rmin (gamma * L / 2) (Rmin (Rmin (alpha / 4) (p / 4)) (delta / 4)) in
  let step := ec_step n (learned_shifts n (l_svrg_source m (squared_distance L c) g p) (rand_k d K) alpha)
                (fun x => ret (top_1 d x)) gamma in
  exists M1 M2 N, 0 <= M1 /\ 0 < M2 /\ 0 < N /\
    let V s := ‖(ec_model s - vector_mean n (errors s)) - x_star‖²
               + M1 * gamma ^ 2 * mean n (fun i => ‖shifts (memory s) i - vector_mean (m i) (fun j => g i j x_star)‖²)
               + M2 * gamma ^ 2 * mean n (fun i => mean (m i) (fun j => ‖g i j (references (memory s) i) - g i j x_star‖²))
               + N * mean n (fun i => ‖errors s i‖²) in
    forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s.
Proof.
  intros HK Hn Hm HL Hp g x_star delta alpha gamma eta step.
  assert (Hd : (0 < d)%nat) by lia. assert (Hdelta : 0 < delta <= 1) by exact (top_1_delta d Hd).
  destruct (rand_k_alpha d K HK) as [Ha Ha1]. fold alpha in Ha, Ha1. pose proof (rand_k_omega_nonnegative d K HK) as Hom.
  assert (Hg : 0 < gamma) by (apply Rdiv_lt_0_compat; lra).
  destruct (error_weights_nonnegative n L Hn HL delta gamma Hdelta Hg) as (HnR & HN & HNK & HNq).
  pose proof (small_stepsize_with_references L delta (alpha * (1 + (INR d / INR K - 1))) n HL Hdelta ltac:(lra) Hn) as Hsmall.
  rewrite <- Rmult_assoc in Hsmall.
  eexists; eexists; eexists; repeat split; [| | |apply (proj2 (ec_lsvrg_diana n m (squared_distance L c) g x_star L p Hn Hm HL
    (fun i j _ _ => squared_distance_convex L c HL i j) (fun i j _ _ => squared_distance_smooth L c HL i j)
    (squares_of_components_stationary n m L c Hn Hm) (fun x => ret (top_1 d x)) delta L gamma (Rlt_le _ _ HL)
    (squares_of_components_quasi_strongly_convex n m L c Hn Hm) Hdelta
    (top_k_contractive d 1 (top_1 d) Hd (fun x => top_1_is_top_k d x Hd)) Hg Hp
    (rand_k d K) (INR d / INR K - 1) alpha (rand_k_unbiased d K HK) (fun x => Req_le _ _ (rand_k_variance d K HK x)) Hom Ha
    (Req_le _ _ Ha1))); exact Hsmall].
  - apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra].
  - apply Rmult_lt_0_compat; [apply Rdiv_lt_0_compat; lra|]. assert (0 < 2 / INR n) by (apply Rdiv_lt_0_compat; lra).
    replace (16 / 3 * alpha * (1 + (INR d / INR K - 1))) with (16 / 3 * (alpha * (1 + (INR d / INR K - 1)))) by ring. rewrite Ha1. lra.
  - exact HN.
Qed.
