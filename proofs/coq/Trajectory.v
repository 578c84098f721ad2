(** The states of the first k steps together, and averages along them. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem.
Open Scope R_scope.

Section Trajectory.
  Context {S : Type} (step : S -> law S).

  (** The last step apart, where [iterate] has the first one apart. *)
  Lemma expectation_iterate_last k : forall s F,
    expectation (iterate step (Datatypes.S k) s) F = E[ expectation (step s') F | s' <- iterate step k s ].
  Proof.
    induction k as [|k IH]; intros s F.
    - rewrite expectation_iterate_S, expectation_iterate_O. apply expectation_ext; intros. apply expectation_iterate_O.
    - rewrite expectation_iterate_S, (expectation_iterate_S step k). apply expectation_ext; intros. apply IH.
  Qed.

  (** s_0, s_1, ..., s_k; from k on, s_k. *)
  Fixpoint trajectory (k : nat) (s : S) : law (nat -> S) :=
    match k with
    | O => ret (fun _ => s)
    | Datatypes.S j =>
        draw s' <- step s ;;
        draw later <- trajectory j s' ;;
        ret (cons s later)
    end.

  Lemma expectation_trajectory k : forall j s F, (j <= k)%nat ->
    E[ F (path j) | path <- trajectory k s ] = expectation (iterate step j s) F.
  Proof.
    induction k as [|k IH]; intros j s F Hj; simpl trajectory.
    - replace j with O by lia. now rewrite expectation_iterate_O, expectation_ret.
    - rewrite expectation_bind. destruct j as [|j].
      + rewrite expectation_iterate_O. transitivity (E[ F s | _s <- step s ]); [|apply expectation_const].
        apply expectation_ext; intros s'. rewrite expectation_bind.
        transitivity (E[ F s | _l <- trajectory k s' ]); [|apply expectation_const].
        apply expectation_ext; intros; now rewrite expectation_ret.
      + rewrite expectation_iterate_S. apply expectation_ext; intros s'. rewrite expectation_bind, <- (IH j s' F) by lia.
        apply expectation_ext; intros later. now rewrite expectation_ret.
  Qed.
End Trajectory.

(** (1/W) sum_{k<K} w_k x_k, W = sum_{k<K} w_k *)
Definition weighted_average {H : space} (K : nat) (w : nat -> R) (x : nat -> H) : H :=
  (/ sum K w * vector_sum K (fun k => (w k * x k)%v))%v.

(** Jensen: f(weighted average) - c <= (1/W) sum_k w_k (f(x_k) - c) *)
Lemma convex_weighted_average {H : space} (f : H -> R) (grad : H -> H) (K : nat) (w : nat -> R) (x : nat -> H) (c : R) :
  convex f grad -> (forall k, 0 <= w k) -> 0 < sum K w ->
  f (weighted_average K w x) - c <= sum K (fun k => w k * (f (x k) - c)) / sum K w.
Proof.
  intros Hf Hw HW. set (y := weighted_average K w x).
  assert (D : forall z, ⟨vector_sum K (fun k => w k * x k), z⟩ = sum K w * ⟨y, z⟩).
  { intros z. unfold y, weighted_average. rewrite dot_scale. field. lra. }
  clearbody y.
  apply Rmult_le_reg_r with (sum K w); [assumption|].
  replace (sum K (fun k => w k * (f (x k) - c)) / sum K w * sum K w) with (sum K (fun k => w k * (f (x k) - c))) by (field; lra).
  apply Rle_trans with (sum K (fun k => w k * (f y - c + ⟨grad y, x k - y⟩))).
  2:{ apply sum_le; intros k _. apply Rmult_le_compat_l; [apply Hw|]. pose proof (Hf y (x k)). lra. }
  right; symmetry. rewrite (sum_ext K _ (fun k => (f y - c - ⟨grad y, y⟩) * w k + ⟨w k * x k, grad y⟩)).
  2:{ intros k _. expand. rewrite (dot_symmetric _ (x k) (grad y)). ring. }
  rewrite sum_add, sum_scale, <- dot_sum, D, (dot_symmetric _ y (grad y)). ring.
Qed.
