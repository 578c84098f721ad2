(** Finite sums and means of real numbers. *)
From Coq Require Import Reals Lra Lia.
Open Scope R_scope.

(** f 0 + f 1 + ... + f (n-1) *)
Fixpoint sum (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S m => f O + sum m (fun i => f (S i))
  end.

Definition mean (n : nat) (f : nat -> R) : R := / INR n * sum n f.

Lemma sum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof.
  revert f g; induction n as [|n IH]; intros f g H; simpl; [reflexivity|].
  rewrite (H 0%nat) by lia. f_equal. apply IH. intros; apply H; lia.
Qed.

Lemma sum_add n f g : sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. revert f g; induction n as [|n IH]; intros; simpl; [lra|]. rewrite IH; lra. Qed.

Lemma sum_scale n c f : sum n (fun i => c * f i) = c * sum n f.
Proof. revert f; induction n as [|n IH]; intros; simpl; [lra|]. rewrite IH; lra. Qed.

Lemma sum_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  revert f g; induction n as [|n IH]; intros f g H; simpl; [lra|].
  apply Rplus_le_compat; [apply H; lia|]. apply IH; intros; apply H; lia.
Qed.

Lemma sum_const n c : sum n (fun _ => c) = INR n * c.
Proof. induction n as [|n IH]; [simpl; lra|]. rewrite S_INR; simpl sum; rewrite IH; lra. Qed.

Lemma sum_nonnegative n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
  intros H. replace 0 with (sum n (fun _ => 0)) by (rewrite sum_const; lra).
  now apply sum_le.
Qed.

Lemma sum_last n f : sum (S n) f = sum n f + f n.
Proof.
  revert f; induction n as [|n IH]; intros f; [simpl; lra|].
  change (sum (S (S n)) f) with (f O + sum (S n) (fun i => f (S i))). rewrite IH. simpl; lra.
Qed.

(** Exactly one summand differs: what a table overwritten at one place needs. *)
Lemma sum_update n j a f : (j < n)%nat ->
  sum n (fun i => if Nat.eqb i j then a else f i) = sum n f + (a - f j).
Proof.
  revert j f; induction n as [|n IH]; intros j f Hj; [lia|]. destruct j as [|j]; simpl; [lra|].
  rewrite (IH j (fun i => f (S i))) by lia. lra.
Qed.

Lemma mean_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> mean n f = mean n g.
Proof. intros H. unfold mean. now rewrite (sum_ext n f g H). Qed.

Lemma mean_add n f g : mean n (fun i => f i + g i) = mean n f + mean n g.
Proof. unfold mean. rewrite sum_add. ring. Qed.

Lemma mean_scale n c f : mean n (fun i => c * f i) = c * mean n f.
Proof. unfold mean. rewrite sum_scale. ring. Qed.

Lemma mean_const n c : (0 < n)%nat -> mean n (fun _ => c) = c.
Proof. intros Hn. unfold mean. rewrite sum_const. field. apply not_0_INR; lia. Qed.

Lemma inverse_nonnegative n : 0 <= / INR n.
Proof.
  destruct n as [|n]; [simpl INR; rewrite Rinv_0; lra|].
  left; apply Rinv_0_lt_compat, lt_0_INR; lia.
Qed.

Lemma mean_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> mean n f <= mean n g.
Proof. intros H. apply Rmult_le_compat_l; [apply inverse_nonnegative|now apply sum_le]. Qed.

Lemma mean_nonnegative n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= mean n f.
Proof. intros H. apply Rmult_le_pos; [apply inverse_nonnegative|now apply sum_nonnegative]. Qed.

(** Means over two indices are exchanged by exchanging sums. *)
Lemma sum_sum n m (F : nat -> nat -> R) :
  sum n (fun i => sum m (F i)) = sum m (fun j => sum n (fun i => F i j)).
Proof.
  revert F; induction n as [|n IH]; intros F; simpl.
  - rewrite sum_const; lra.
  - rewrite IH, <- sum_add. reflexivity.
Qed.
