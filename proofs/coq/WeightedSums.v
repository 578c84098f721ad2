(** The lemmas behind the weighted averages of chapters 3 and 4: a contraction with an input controls weighted sums. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums.
Open Scope R_scope.

(** e_{k+1} <= (1 - r) e_k + y_k gives (r - eta) sum_{k<K} w_k e_k <= (1 - eta) w_0 e_0 + sum_{k<K} w_k y_k, whatever the sign of
    the y_k, where w_{k+1} (1 - eta) = w_k. *)
Lemma weighted_recursion (w e y : nat -> R) (r eta : R) :
  eta <= 1 -> (forall k, 0 <= e k) -> (forall k, 0 <= w k) ->
  (forall k, w (S k) * (1 - eta) = w k) ->
  (forall k, e (S k) <= (1 - r) * e k + y k) ->
  forall K, (r - eta) * sum K (fun k => w k * e k) <= (1 - eta) * (w O * e O) + sum K (fun k => w k * y k).
Proof.
  intros Heta He Hw Hw1 Hs.
  (* the next term, which the statement drops, carries the induction *)
  assert (Hnext : forall K, (r - eta) * sum K (fun k => w k * e k) + (1 - eta) * (w K * e K)
                            <= (1 - eta) * (w O * e O) + sum K (fun k => w k * y k)).
  { induction K as [|K IH]; [simpl; lra|]. rewrite !sum_last. pose proof (Rmult_le_compat_l (w K) _ _ (Hw K) (Hs K)) as H.
    replace ((1 - eta) * (w (S K) * e (S K))) with (w (S K) * (1 - eta) * e (S K)) by ring. rewrite Hw1. lra. }
  intros K. specialize (Hnext K).
  assert (0 <= (1 - eta) * (w K * e K)) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; [apply Hw|apply He]]). lra.
Qed.

(** e is what is lost so far (an error, a shift), a what adds to it, w_k = (1 - eta)^-(k+1) up to a factor. *)
Theorem weighted_contraction (w e a : nat -> R) (delta eta c : R) :
  0 < delta <= 1 -> 0 <= eta <= delta / 4 -> 0 <= c ->
  (forall k, 0 <= e k) -> (forall k, 0 <= a k) -> (forall k, 0 < w k) ->
  (forall k, w (S k) * (1 - eta) = w k) ->
  (forall k, e (S k) <= (1 - delta / 2) * e k + c * a k) ->
  forall K, delta / 4 * sum K (fun k => w k * e k) <= w O * e O + c / (1 - eta) * sum K (fun k => w k * a k).
Proof.
  intros Hd He Hc He0 Ha0 Hw Hw1 Hs K.
  assert (Hw0 : forall k, 0 <= w k) by (intros; left; apply Hw).
  pose proof (weighted_recursion w e (fun k => c * a k) (delta / 2) eta ltac:(lra) He0 Hw0 Hw1 Hs K) as R.
  assert (Y : sum K (fun k => w k * (c * a k)) = c * sum K (fun k => w k * a k))
    by (rewrite <- sum_scale; apply sum_ext; intros; ring).
  cbv beta in R. rewrite Y in R.
  assert (E : 0 <= sum K (fun k => w k * e k)) by (apply sum_nonnegative; intros; apply Rmult_le_pos; [apply Hw0|apply He0]).
  assert (A : 0 <= c * sum K (fun k => w k * a k)).
  { apply Rmult_le_pos; [assumption|]. apply sum_nonnegative; intros; apply Rmult_le_pos; [apply Hw0|apply Ha0]. }
  apply Rmult_le_pos with (r1 := delta / 4 - eta) in E; [|lra].
  assert (F : 0 <= eta * (w O * e O)) by (apply Rmult_le_pos; [lra|apply Rmult_le_pos; [apply Hw0|apply He0]]).
  replace (c / (1 - eta) * sum K (fun k => w k * a k))
    with (c * sum K (fun k => w k * a k) + eta * (/ (1 - eta) * (c * sum K (fun k => w k * a k)))) by (field; lra).
  assert (0 <= eta * (/ (1 - eta) * (c * sum K (fun k => w k * a k)))).
  { apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; [left; apply Rinv_0_lt_compat; lra|assumption]. }
  lra.
Qed.

(** ** The weights w_k = (1 - eta)^-(k+1) *)

Definition local_weight (eta : R) (k : nat) : R := / (1 - eta) ^ S k.

Section Weights.
  Variable eta : R.
  Hypothesis eta_below_one : eta < 1.
  Let w := local_weight eta.

  Lemma local_weight_positive k : 0 < w k.
  Proof using eta_below_one. apply Rinv_0_lt_compat, pow_lt. lra. Qed.

  Lemma local_weight_next k : w (S k) * (1 - eta) = w k.
  Proof using eta_below_one.
    unfold w, local_weight. assert (0 < (1 - eta) ^ S k) by (apply pow_lt; lra).
    change ((1 - eta) ^ S (S k)) with ((1 - eta) * (1 - eta) ^ S k). field. lra.
  Qed.

  (** W = w_0 + ... + w_K >= (1 - eta)^-(K+1) *)
  Lemma total_weight K : w K <= sum (S K) w.
  Proof using eta_below_one.
    rewrite sum_last. assert (0 <= sum K w) by (apply sum_nonnegative; intros; left; apply local_weight_positive). lra.
  Qed.

  Lemma total_weight_positive K : 0 < sum (S K) w.
  Proof using eta_below_one. apply Rlt_le_trans with (1 := local_weight_positive K), total_weight. Qed.

  Lemma total_weight_inverse K : / sum (S K) w <= (1 - eta) ^ S K.
  Proof using eta_below_one.
    rewrite <- (Rinv_inv ((1 - eta) ^ S K)). apply Rinv_le_contravar; [apply local_weight_positive|apply total_weight].
  Qed.

  Lemma local_weighted_recursion (e y : nat -> R) (r : R) :
    (forall k, 0 <= e k) -> (forall k, e (S k) <= (1 - r) * e k + y k) ->
    forall K, (r - eta) * sum K (fun k => w k * e k) <= e O + sum K (fun k => w k * y k).
  Proof using eta_below_one.
    intros He Hs K.
    pose proof (weighted_recursion w e y r eta ltac:(lra) He (fun k => Rlt_le _ _ (local_weight_positive k)) local_weight_next Hs K) as R.
    replace ((1 - eta) * (w O * e O)) with (e O) in R by (unfold w, local_weight; simpl; field; lra). exact R.
  Qed.

  Lemma weighted_combination K (a b c d : nat -> R) (ka kb kc kd k1 : R) :
    sum K (fun k => w k * (ka * a k + kb * b k + kc * c k + kd * d k + k1))
    = ka * sum K (fun k => w k * a k) + kb * sum K (fun k => w k * b k) + kc * sum K (fun k => w k * c k)
      + kd * sum K (fun k => w k * d k) + k1 * sum K w.
  Proof. rewrite <- !sum_scale, <- !sum_add. apply sum_ext; intros; ring. Qed.
End Weights.
