(** Parallel gradient descent with Top1 diverges exponentially on three strongly convex quadratics. *)
From Coq Require Import Reals Lra Lia Psatz.
From Touchstone Require Import Sums Probability Space Problem Compressors.
Open Scope R_scope.

(** a_1 = (-3, 2, 2), a_2 = (2, -3, 2), a_3 = (2, 2, -3) *)
Definition direction (w : nat) : Rd 3 := fun i => if Nat.eqb i w then -3 else 2.

(** f_w(x) = <a_w, x>^2 + |x|^2/4 *)
Definition top1_problem : problem (Rd 3) :=
  Problem 3
    (fun w x => ⟨direction w, x⟩ ^ 2 + ‖x‖² / 4)
    (fun w x => ((2 * ⟨direction w, x⟩) * direction w + (1 / 2) * x)%v).

(** x <- x - gamma (1/n) sum_w u_w, where u_w is the message of worker w *)
Definition parallel_step {H : space} (gamma : R) (n : nat) (u : nat -> H) (x : H) : H :=
  (x - gamma * vector_mean n u)%v.

(** On the diagonal, worker w's own coordinate is the largest, -11/2 against 9/2; at zero all choices are zero. *)
Lemma only_choice (v u : Rd 3) (w : nat) (s : R) : (w < 3)%nat -> is_top_k 3 1 v u ->
  (forall i, (i < 3)%nat -> v i = if Nat.eqb i w then - (11 / 2) * s else 9 / 2 * s) ->
  forall i, (i < 3)%nat -> u i = if Nat.eqb i w then - (11 / 2) * s else 0.
Proof.
  intros Hw (kept & Hcount & Hlargest & Hu) Hv.
  simpl in Hcount.
  assert (Hs : forall j, (j < 3)%nat -> kept j = true -> kept w = false -> s = 0).
  { intros j Hj Kj Kw. pose proof (square_le_of_abs _ _ (Hlargest j w Hj Hw Kj Kw)) as Q.
    rewrite (Hv w Hw), (Hv j Hj), Nat.eqb_refl in Q. destruct (Nat.eqb_spec j w) as [->|]; [congruence|]. nra. }
  assert (Hzero : kept w = false -> s = 0).
  { intros Kw. destruct (kept 0%nat) eqn:K0; [now apply (Hs 0%nat); try lia|].
    destruct (kept 1%nat) eqn:K1; [now apply (Hs 1%nat); try lia|].
    destruct (kept 2%nat) eqn:K2; [now apply (Hs 2%nat); try lia|]. unfold bit in Hcount. lra. }
  intros i Hi. rewrite (Hu i Hi), (Hv i Hi). destruct (Nat.eqb_spec i w) as [->|Hne].
  - destruct (kept w) eqn:Kw; simpl; [ring|]. rewrite (Hzero eq_refl). ring.
  - destruct (kept i) eqn:Ki; simpl; [|ring]. destruct (kept w) eqn:Kw; [|rewrite (Hzero eq_refl); ring].
    exfalso. destruct i as [|[|[|i]]]; destruct w as [|[|[|w]]]; try lia;
      rewrite Ki, Kw in Hcount; unfold bit in Hcount;
      repeat match goal with H : context [if kept ?j then _ else _] |- _ => destruct (kept j) end; lra.
Qed.

Lemma diagonal_gradient (x : Rd 3) s w i : (forall j, (j < 3)%nat -> x j = s) -> (w < 3)%nat -> (i < 3)%nat ->
  gradient top1_problem w x i = if Nat.eqb i w then - (11 / 2) * s else 9 / 2 * s.
Proof.
  intros Hx Hw Hi. simpl. rewrite !Hx by lia.
  destruct w as [|[|[|w]]]; [| | |lia]; destruct i as [|[|[|i]]]; try lia; unfold direction; simpl; field.
Qed.

Lemma diagonal_step gamma (x : Rd 3) s (u : nat -> Rd 3) : (forall i, (i < 3)%nat -> x i = s) ->
  (forall w, (w < 3)%nat -> is_top_k 3 1 (gradient top1_problem w x) (u w)) ->
  forall i, (i < 3)%nat -> parallel_step gamma 3 u x i = (1 + 11 * gamma / 6) * s.
Proof.
  intros Hx Hu i Hi.
  assert (Hmessage : forall w, (w < 3)%nat -> u w i = if Nat.eqb i w then - (11 / 2) * s else 0).
  { intros w Hw. apply (only_choice _ _ w s Hw (Hu w Hw)); [|assumption].
    intros j Hj. now apply diagonal_gradient. }
  unfold parallel_step, vector_mean. simpl. rewrite !Hmessage, Hx by lia.
  destruct i as [|[|[|i]]]; try lia; simpl; field.
Qed.

Theorem top1_diverges gamma t (x : nat -> Rd 3) (u : nat -> nat -> Rd 3) :
  (forall i, (i < 3)%nat -> x O i = t) ->
  (forall k w, (w < 3)%nat -> is_top_k 3 1 (gradient top1_problem w (x k)) (u k w)) ->
  (forall k i, (i < 3)%nat -> x (S k) i = parallel_step gamma 3 (u k) (x k) i) ->
  forall k i, (i < 3)%nat -> x k i = (1 + 11 * gamma / 6) ^ k * t.
Proof.
  intros H0 Hu Hstep. induction k as [|k IH]; intros i Hi; [rewrite H0 by assumption; simpl; ring|].
  rewrite Hstep by assumption. rewrite (diagonal_step gamma (x k) _ (u k) IH (Hu k) i Hi). simpl. ring.
Qed.

Theorem top1_unbounded gamma t : 0 < gamma -> t <> 0 ->
  forall bound, exists k, bound < Rabs ((1 + 11 * gamma / 6) ^ k * t).
Proof.
  intros Hg Ht bound. assert (0 < Rabs t) by now apply Rabs_pos_lt.
  destruct (Pow_x_infinity (1 + 11 * gamma / 6)) with (b := (Rabs bound + 1) / Rabs t) as [N HN].
  { rewrite Rabs_right; lra. }
  exists N. rewrite Rabs_mult. specialize (HN N (le_n N)).
  apply Rlt_le_trans with (Rabs bound + 1); [generalize (Rle_abs bound); lra|].
  apply Rge_le in HN. apply Rmult_le_compat_r with (r := Rabs t) in HN; [|lra].
  replace ((Rabs bound + 1) / Rabs t * Rabs t) with (Rabs bound + 1) in HN by (field; lra). exact HN.
Qed.

(** x⋆ = 0 is where every f_w is least, and grad f_w(x⋆) = 0. *)
Lemma top1_solution w (z : Rd 3) : ⟨gradient top1_problem w zero, z⟩ = 0.
Proof. simpl. unfold direction. ring. Qed.
