(** Rational instances: what a generated file needs to state that the formal step has the expectation that the program's
    enumeration found, and to prove it by evaluation. *)
From Coq Require Import Reals Lra Lia List.
From Touchstone Require Import Sums Probability Space Problem Compressors UnifiedSgd Top1Divergence.
From Touchstone Require Export Rational.
Import ListNotations.
Open Scope R_scope.

(** ** Data *)

Definition coordinates {d : nat} (l : list R) : Rd d := fun i => nth i l 0.

(** n vectors: shifts, a table, ... *)
Definition vectors {d : nat} (l : list (list R)) : nat -> Rd d := fun i => coordinates (nth i l []).

(** x'Ax/2 - b'x and Ax - b, A as a list of rows *)
Definition quadratic_gradient {d : nat} (A : list (list R)) (b : list R) (x : Rd d) : Rd d :=
  fun i => sum d (fun j => nth j (nth i A []) 0 * x j) - nth i b 0.

Definition quadratic_value {d : nat} (A : list (list R)) (b : list R) (x : Rd d) : R :=
  sum d (fun i => x i * (1 / 2 * sum d (fun j => nth j (nth i A []) 0 * x j) - nth i b 0)).

Definition quadratic_problem (d : nat) (forms : list (list (list R) * list R)) : problem (Rd d) :=
  Problem (length forms)
    (fun i => let (A, b) := nth i forms ([], []) in quadratic_value A b)
    (fun i => let (A, b) := nth i forms ([], []) in quadratic_gradient A b).

(** The coin of L-SVRG and MARINA. [Probability (1 / 3) ltac:(chance)] *)
Ltac chance := lra.

(** ** Parallel gradient descent with Top1 *)

Fixpoint below (n : nat) (P : nat -> Prop) : Prop :=
  match n with
  | O => True
  | S m => below m P /\ P m
  end.

Lemma below_correct n P : below n P -> forall i, (i < n)%nat -> P i.
Proof.
  induction n as [|n IH]; simpl; [lia|]. intros [Hn HP] i Hi. destruct (Nat.eq_dec i n) as [->|]; [assumption|].
  apply IH; [assumption|lia].
Qed.

(** The step from x to x_next is one of parallel gradient descent with Top1. *)
Definition is_top_1_step {d : nat} (f : problem (Rd d)) (gamma : R) (x x_next : Rd d) : Prop :=
  exists u : nat -> Rd d,
    (forall w, (w < size f)%nat -> is_top_k d 1 (gradient f w x) (u w)) /\
    (forall i, (i < d)%nat -> x_next i = parallel_step gamma (size f) u x i).

Definition only {d : nat} (j : nat) (v : Rd d) : Rd d := fun i => if Nat.eqb i j then v i else 0.

Lemma only_is_top_1 d (v : Rd d) j : (j < d)%nat -> (forall i, (i < d)%nat -> v i * v i <= v j * v j) ->
  is_top_k d 1 v (only j v).
Proof.
  intros Hj Hv. exists (fun i => Nat.eqb i j). repeat split.
  - rewrite (sum_ext d _ (fun i => if Nat.eqb i j then 1 else 0)) by reflexivity.
    rewrite (sum_update d j 1 (fun _ => 0) Hj), sum_const. simpl; ring.
  - intros i i' Hi Hi' E _. apply Nat.eqb_eq in E as ->. apply Rsqr_le_abs_0. now apply Hv.
  - intros i _. unfold only. destruct (Nat.eqb i j); simpl; ring.
Qed.

(** [kept]: the coordinate that each worker sent. *)
Lemma top_1_step_from {d : nat} (f : problem (Rd d)) gamma (x x_next : Rd d) (kept : list nat) :
  below (size f) (fun w => let j := nth w kept O in
    (j < d)%nat /\ below d (fun i => gradient f w x i * gradient f w x i <= gradient f w x j * gradient f w x j)) ->
  below d (fun i => x_next i = parallel_step gamma (size f) (fun w => only (nth w kept O) (gradient f w x)) x i) ->
  is_top_1_step f gamma x x_next.
Proof.
  intros Hkept Hnext. exists (fun w => only (nth w kept O) (gradient f w x)). split.
  - intros w Hw. destruct (below_correct _ _ Hkept w Hw) as [Hj Hlargest]. apply only_is_top_1; [assumption|].
    exact (below_correct _ _ Hlargest).
  - exact (below_correct _ _ Hnext).
Qed.

Ltac bridge_top_1 sent :=
  apply (top_1_step_from _ _ _ _ sent);
  lazy -[Rplus Rmult Rinv Ropp IZR Rle]; repeat split; first [lia | compute_rational].
