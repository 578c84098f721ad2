(** Random choices with finitely many outcomes.

    A [law T] is a list of outcomes of type T with their probabilities. Laws compose: [ret v] is certain,
    [draw v <- m ;; k] draws v from m and goes on with the law k. A method's step is written with these two, so that
    it reads like its pseudocode, and its expectation is a finite sum. *)
From Coq Require Import Reals Lra Lia List.
From Touchstone Require Import Sums.
Import ListNotations.
Open Scope R_scope.

Fixpoint weighted_sum {T} (l : list (R * T)) (F : T -> R) : R :=
  match l with
  | [] => 0
  | (p, v) :: l' => p * F v + weighted_sum l' F
  end.

Record law (T : Type) := Law {
  outcomes : list (R * T);
  weights_nonnegative : Forall (fun o => 0 <= fst o) outcomes;
  weights_sum_to_one : weighted_sum outcomes (fun _ => 1) = 1
}.
Arguments Law {T}. Arguments outcomes {T}.

Definition expectation {T} (m : law T) (F : T -> R) : R := weighted_sum (outcomes m) F.

(** E[ F | v <- m ]: the expectation of F, an expression in v, where v has the law m. *)
Notation "'E[' F '|' v '<-' m ']'" := (expectation m (fun v => F)) (at level 0, F at level 99, v name, m at level 99).

(** ** Expectation is linear and monotone *)

Section Expectation.
  Context {T : Type}.
  Implicit Types (m : law T) (F G : T -> R).

  Lemma expectation_ext m F G : (forall v, F v = G v) -> expectation m F = expectation m G.
  Proof.
    intros H; unfold expectation. induction (outcomes m) as [|[p v] l IH]; simpl; [reflexivity|].
    now rewrite H, IH.
  Qed.

  Lemma expectation_add m F G : E[ F v + G v | v <- m ] = E[ F v | v <- m ] + E[ G v | v <- m ].
  Proof. unfold expectation; induction (outcomes m) as [|[p v] l IH]; simpl; [lra|]. rewrite IH; lra. Qed.

  Lemma expectation_scale m c F : E[ c * F v | v <- m ] = c * E[ F v | v <- m ].
  Proof. unfold expectation; induction (outcomes m) as [|[p v] l IH]; simpl; [lra|]. rewrite IH; lra. Qed.

  Lemma expectation_const m c : E[ c | _v <- m ] = c.
  Proof.
    transitivity (E[ c * 1 | _v <- m ]); [apply expectation_ext; intros; ring|].
    rewrite expectation_scale. unfold expectation. rewrite weights_sum_to_one. ring.
  Qed.

  Lemma expectation_le m F G : (forall v, F v <= G v) -> expectation m F <= expectation m G.
  Proof.
    intros H; unfold expectation. pose proof (weights_nonnegative T m) as W.
    induction W as [|[p v] l Hp _ IH]; simpl in *; [lra|].
    apply Rplus_le_compat; [|assumption]. now apply Rmult_le_compat_l.
  Qed.

  Lemma expectation_nonnegative m F : (forall v, 0 <= F v) -> 0 <= expectation m F.
  Proof. intros H. rewrite <- (expectation_const m 0). now apply expectation_le. Qed.

  Lemma expectation_sum m n (F : nat -> T -> R) :
    E[ sum n (fun i => F i v) | v <- m ] = sum n (fun i => E[ F i v | v <- m ]).
  Proof.
    revert F; induction n as [|n IH]; intros; simpl; [apply expectation_const|].
    rewrite expectation_add. f_equal. apply (IH (fun i => F (S i))).
  Qed.

  Lemma expectation_mean m n (F : nat -> T -> R) :
    E[ mean n (fun i => F i v) | v <- m ] = mean n (fun i => E[ F i v | v <- m ]).
  Proof. unfold mean. now rewrite expectation_scale, expectation_sum. Qed.
End Expectation.

(** ** Composition *)

Lemma ret_nonnegative {T} (v : T) : Forall (fun o : R * T => 0 <= fst o) [(1, v)].
Proof. repeat constructor; simpl; lra. Qed.

Lemma ret_sum {T} (v : T) : weighted_sum [(1, v)] (fun _ => 1) = 1.
Proof. simpl; lra. Qed.

Definition ret {T} (v : T) : law T := Law [(1, v)] (ret_nonnegative v) (ret_sum v).

Lemma expectation_ret {T} (v : T) F : expectation (ret v) F = F v.
Proof. unfold expectation; simpl; lra. Qed.

Definition bind_outcomes {T U} (l : list (R * T)) (k : T -> law U) : list (R * U) :=
  flat_map (fun o => map (fun o' => (fst o * fst o', snd o')) (outcomes (k (snd o)))) l.

Lemma weighted_sum_app {T} (l l' : list (R * T)) F : weighted_sum (l ++ l') F = weighted_sum l F + weighted_sum l' F.
Proof. induction l as [|[p v] l IH]; simpl; [lra|]. rewrite IH; lra. Qed.

Lemma weighted_sum_bind {T U} (l : list (R * T)) (k : T -> law U) F :
  weighted_sum (bind_outcomes l k) F = weighted_sum l (fun v => expectation (k v) F).
Proof.
  unfold bind_outcomes. induction l as [|[p v] l IH]; simpl; [reflexivity|].
  rewrite weighted_sum_app, IH. f_equal. unfold expectation.
  induction (outcomes (k v)) as [|[q w] l' IH']; simpl; [lra|]. rewrite IH'; lra.
Qed.

Lemma bind_nonnegative {T U} (m : law T) (k : T -> law U) :
  Forall (fun o => 0 <= fst o) (bind_outcomes (outcomes m) k).
Proof.
  apply Forall_forall. intros [r w] Hin. unfold bind_outcomes in Hin.
  apply in_flat_map in Hin as [[p v] [Hp Hw]]. apply in_map_iff in Hw as [[q w'] [Heq Hq]].
  inversion Heq; subst; simpl. apply Rmult_le_pos.
  - exact (proj1 (Forall_forall _ _) (weights_nonnegative T m) _ Hp).
  - exact (proj1 (Forall_forall _ _) (weights_nonnegative U (k v)) _ Hq).
Qed.

Lemma bind_sum {T U} (m : law T) (k : T -> law U) :
  weighted_sum (bind_outcomes (outcomes m) k) (fun _ => 1) = 1.
Proof.
  rewrite weighted_sum_bind. transitivity (E[ 1 | _v <- m ]); [|apply expectation_const].
  apply (expectation_ext m). intros v. apply expectation_const.
Qed.

Definition bind {T U} (m : law T) (k : T -> law U) : law U :=
  Law (bind_outcomes (outcomes m) k) (bind_nonnegative m k) (bind_sum m k).

Notation "'draw' v '<-' m ';;' k" := (bind m (fun v => k)) (at level 100, v name, m at level 99, right associativity).

Lemma expectation_bind {T U} (m : law T) (k : T -> law U) F :
  expectation (bind m k) F = E[ expectation (k v) F | v <- m ].
Proof. apply weighted_sum_bind. Qed.

(** ** The laws that methods draw from *)

Fixpoint list_sum {T} (l : list T) (F : T -> R) : R :=
  match l with
  | [] => 0
  | v :: l' => F v + list_sum l' F
  end.

Lemma weighted_sum_equal_weights {T} (l : list T) p F :
  weighted_sum (map (fun v => (p, v)) l) F = p * list_sum l F.
Proof. induction l as [|v l IH]; simpl; [lra|]. rewrite IH; lra. Qed.

Lemma list_sum_one {T} (l : list T) : list_sum l (fun _ => 1) = INR (length l).
Proof. induction l as [|v l IH]; [reflexivity|]. simpl length. rewrite S_INR; simpl; lra. Qed.

Lemma equal_weights_nonnegative {T} (v : T) l :
  Forall (fun o : R * T => 0 <= fst o) (map (fun w => (/ INR (length (v :: l)), w)) (v :: l)).
Proof. apply Forall_forall. intros o Ho. apply in_map_iff in Ho as [w [<- _]]. apply inverse_nonnegative. Qed.

Lemma equal_weights_sum {T} (v : T) l :
  weighted_sum (map (fun w => (/ INR (length (v :: l)), w)) (v :: l)) (fun _ => 1) = 1.
Proof. rewrite weighted_sum_equal_weights, list_sum_one. apply Rinv_l, not_0_INR. discriminate. Qed.

(** Every entry of the list with the same probability. A law needs an outcome: from an empty list, [default]. *)
Definition one_of {T} (default : T) (l : list T) : law T :=
  match l with
  | [] => ret default
  | v :: l' =>
      Law (map (fun w => (/ INR (length (v :: l')), w)) (v :: l')) (equal_weights_nonnegative v l') (equal_weights_sum v l')
  end.

Lemma expectation_one_of {T} (default : T) l F : l <> [] ->
  expectation (one_of default l) F = / INR (length l) * list_sum l F.
Proof. intros H. destruct l as [|v l]; [easy|]. apply weighted_sum_equal_weights. Qed.

(** 0, ..., n-1 with the same probability *)
Definition uniform (n : nat) : law nat := one_of O (seq 0 n).

Lemma list_sum_seq a n F : list_sum (seq a n) F = sum n (fun i => F (a + i)%nat).
Proof.
  revert a; induction n as [|n IH]; intros a; [reflexivity|]. simpl. rewrite IH, Nat.add_0_r.
  f_equal. apply sum_ext; intros; f_equal; lia.
Qed.

Lemma expectation_uniform n F : (0 < n)%nat -> expectation (uniform n) F = mean n F.
Proof.
  intros Hn. unfold uniform. rewrite expectation_one_of by (destruct n; [lia|discriminate]).
  now rewrite seq_length, list_sum_seq.
Qed.

Record probability := Probability { chance :> R; chance_range : 0 <= chance <= 1 }.

Lemma bernoulli_nonnegative (p : probability) : Forall (fun o => 0 <= fst o) [(p : R, true); (1 - p, false)].
Proof. pose proof (chance_range p). apply Forall_cons; [|apply Forall_cons; [|apply Forall_nil]]; simpl; lra. Qed.

Lemma bernoulli_sum (p : probability) : weighted_sum [(p : R, true); (1 - p, false)] (fun _ => 1) = 1.
Proof. simpl; lra. Qed.

(** A coin that shows [true] with probability p. *)
Definition bernoulli (p : probability) : law bool :=
  Law [(p : R, true); (1 - p, false)] (bernoulli_nonnegative p) (bernoulli_sum p).

Lemma expectation_bernoulli p F : expectation (bernoulli p) F = p * F true + (1 - p) * F false.
Proof. unfold expectation; simpl; lra. Qed.

(** v in front of w: v, w 0, w 1, ... *)
Definition cons {T} (v : T) (w : nat -> T) : nat -> T :=
  fun i => match i with
           | O => v
           | S j => w j
           end.

(** The n draws of n workers, independent of each other: draw i has the law m i. From n on, [default]. *)
Fixpoint independent {T} (default : T) (n : nat) (m : nat -> law T) : law (nat -> T) :=
  match n with
  | O => ret (fun _ => default)
  | S n' =>
      draw v <- m O ;;
      draw w <- independent default n' (fun i => m (S i)) ;;
      ret (cons v w)
  end.

Section Independent.
  Context {T : Type} (default : T).

  Lemma expectation_independent_S n (m : nat -> law T) F :
    expectation (independent default (S n) m) F
    = E[ E[ F (cons v w) | w <- independent default n (fun i => m (S i)) ] | v <- m O ].
  Proof.
    simpl. rewrite expectation_bind. apply expectation_ext; intros v. rewrite expectation_bind.
    apply expectation_ext; intros w. apply expectation_ret.
  Qed.

  Lemma expectation_independent_sum n : forall (m : nat -> law T) (F : nat -> T -> R),
    E[ sum n (fun i => F i (w i)) | w <- independent default n m ] = sum n (fun i => E[ F i v | v <- m i ]).
  Proof.
    induction n as [|n IH]; intros m F; [now simpl; rewrite expectation_ret|].
    rewrite expectation_independent_S. simpl.
    rewrite (expectation_ext _ _ (fun v => F O v + sum n (fun i => E[ F (S i) w | w <- m (S i) ]))).
    - now rewrite expectation_add, expectation_const.
    - intros v. rewrite expectation_add, expectation_const. f_equal. apply (IH _ (fun i => F (S i))).
  Qed.

  Lemma expectation_independent_mean n (m : nat -> law T) (F : nat -> T -> R) :
    E[ mean n (fun i => F i (w i)) | w <- independent default n m ] = mean n (fun i => E[ F i v | v <- m i ]).
  Proof. unfold mean. now rewrite expectation_scale, expectation_independent_sum. Qed.
End Independent.

(** ** k steps *)

Section Iterate.
  Context {S : Type} (step : S -> law S).

  Fixpoint iterate (k : nat) (s : S) : law S :=
    match k with
    | O => ret s
    | Datatypes.S j => draw s' <- step s ;; iterate j s'
    end.

  Lemma expectation_iterate_O s F : expectation (iterate 0 s) F = F s.
  Proof. apply expectation_ret. Qed.

  Lemma expectation_iterate_S k s F :
    expectation (iterate (Datatypes.S k) s) F = E[ expectation (iterate k s') F | s' <- step s ].
  Proof. apply expectation_bind. Qed.

  (** What one step contracts up to noise, k steps contract to the power k, up to a geometric series. *)
  Lemma contraction (V : S -> R) (q noise : R) : 0 <= q -> q <> 1 ->
    (forall s, E[ V s' | s' <- step s ] <= q * V s + noise) ->
    forall k s, E[ V s' | s' <- iterate k s ] <= q ^ k * V s + noise * (1 - q ^ k) / (1 - q).
  Proof.
    intros Hq Hq1 Hstep. induction k as [|k IH]; intros s.
    - rewrite expectation_iterate_O. simpl. right; field; lra.
    - rewrite expectation_iterate_S.
      apply Rle_trans with (E[ q ^ k * V s' + noise * (1 - q ^ k) / (1 - q) | s' <- step s ]).
      { apply expectation_le; intros s'. apply IH. }
      rewrite expectation_add, expectation_scale, expectation_const.
      pose proof (Rmult_le_compat_l _ _ _ (pow_le q k Hq) (Hstep s)) as H.
      apply Rle_trans with (q ^ k * (q * V s + noise) + noise * (1 - q ^ k) / (1 - q)); [lra|].
      right; simpl; field; lra.
  Qed.

  Lemma contraction_without_noise (V : S -> R) (q : R) : 0 <= q ->
    (forall s, E[ V s' | s' <- step s ] <= q * V s) ->
    forall k s, E[ V s' | s' <- iterate k s ] <= q ^ k * V s.
  Proof.
    intros Hq Hstep. induction k as [|k IH]; intros s.
    - rewrite expectation_iterate_O. simpl. lra.
    - rewrite expectation_iterate_S.
      apply Rle_trans with (E[ q ^ k * V s' | s' <- step s ]); [apply expectation_le; intros s'; apply IH|].
      rewrite expectation_scale. pose proof (Rmult_le_compat_l _ _ _ (pow_le q k Hq) (Hstep s)) as H. simpl; lra.
  Qed.

  (** What every step takes from a potential, k steps take in total. *)
  Lemma telescope (V G : S -> R) :
    (forall s, E[ V s' | s' <- step s ] <= V s - G s) ->
    forall k s, sum k (fun j => E[ G s' | s' <- iterate j s ]) + E[ V s' | s' <- iterate k s ] <= V s.
  Proof.
    intros Hstep. induction k as [|k IH]; intros s.
    - rewrite expectation_iterate_O. simpl. lra.
    - simpl sum. rewrite expectation_ret, expectation_iterate_S.
      rewrite (sum_ext k _ (fun j => E[ E[ G s'' | s'' <- iterate j s' ] | s' <- step s ])).
      2:{ intros j _. apply expectation_bind. }
      rewrite <- (expectation_sum (step s) k (fun j s' => E[ G s'' | s'' <- iterate j s' ])).
      rewrite Rplus_assoc, <- expectation_add.
      apply Rle_trans with (G s + E[ V s' | s' <- step s ]); [|specialize (Hstep s); lra].
      apply Rplus_le_compat_l, expectation_le. intros s'. apply IH.
  Qed.
End Iterate.
