(** The hypotheses of chapter 6 can be met: groups in ascending order; a split that leaves one peer alone. *)
From Coq Require Import Reals Lra Lia List Permutation FunctionalExtensionality.
From Touchstone Require Import Sums Probability Space LocalParts Groups Moshpit MoshpitTheorems RandomSplit.
Import ListNotations.
Open Scope R_scope.

(** The number of peers with a lower number in the same group. *)
Definition ascending (keys : nat -> list nat) (i : nat) : nat := length (group same_key i keys (keys i)).

Lemma ascending_ranks keys n k : map (ascending keys) (group same_key n keys k) = seq 0 (length (group same_key n keys k)).
Proof.
  induction n as [|n IH]; [reflexivity|]. unfold group in *. rewrite seq_S, filter_app, map_app, app_length, IH. simpl.
  destruct (same_key (keys n) k) as [E|_]; simpl; [|now rewrite app_nil_r, Nat.add_0_r].
  rewrite Nat.add_1_r, seq_S. simpl. f_equal. f_equal. unfold ascending, group. now rewrite E.
Qed.

Lemma ascending_ordered n keys : ordered n (ascending keys) keys.
Proof. intros k. rewrite ascending_ranks. apply Permutation_refl. Qed.

(** All groups ascending in all rounds: the keys are those of the rounds before. *)
Fixpoint ascending_keys (M N t : nat) : nat -> list nat :=
  match t with
  | O => initial_key M N
  | S t' => fun i => tl (ascending_keys M N t' i ++ [ascending (ascending_keys M N t') i])
  end.

Corollary ascending_exact {H : space} (M N : nat) (x : nat -> H) : (0 < M)%nat -> (0 < N)%nat ->
  let n := (M ^ N)%nat in
  let after t := moshpit n (fun t => ascending (ascending_keys M N t)) t (Peers (initial_key M N) x) in
  forall i z, (i < n)%nat -> ⟨held (after N) i, z⟩ = ⟨vector_mean n x, z⟩.
Proof.
  intros HM HN n after i z Hi.
  assert (K : forall t, key (after t) = ascending_keys M N t) by (induction t as [|t IH]; simpl; [reflexivity|now rewrite <- IH]).
  apply (exact_average_later M N x x 0 (fun _ _ => O) (fun t => ascending (ascending_keys M N t)) HM HN); [lia| |assumption].
  intros t _. change (ordered n (ascending (ascending_keys M N t)) (key (after t))). rewrite K. apply ascending_ordered.
Qed.

(** One peer, drawn uniformly, stays alone. *)
Definition apart (a q : nat) : nat := if Nat.eqb q a then 1%nat else 0%nat.

Definition one_apart (n : nat) : law (nat -> nat) := draw a <- uniform n ;; ret (apart a).

Lemma one_apart_exchangeable n : exchangeable n (one_apart n).
Proof.
  intros i j F Hi Hj. unfold one_apart. rewrite !expectation_bind, !expectation_uniform by lia. unfold mean. f_equal.
  transitivity (sum n (fun a => expectation (ret (apart (swap i j a))) F)); [|exact (sum_swap n i j (fun a => expectation (ret (apart a)) F) Hi Hj)].
  apply sum_ext; intros a _. rewrite !expectation_ret. f_equal.
  apply functional_extensionality; intros q. unfold apart, swap.
  destruct (Nat.eqb_spec q i), (Nat.eqb_spec a i), (Nat.eqb_spec q j), (Nat.eqb_spec a j); subst;
    repeat match goal with |- context [Nat.eqb ?u ?v] => destruct (Nat.eqb_spec u v) end; congruence || lia.
Qed.

Lemma two_blocks n a : (2 <= n)%nat -> (a < n)%nat -> blocks n (apart a) = 2%nat.
Proof.
  intros Hn Ha. unfold blocks. apply Nat.le_antisymm.
  - apply (NoDup_incl_length (l' := [0; 1]%nat) (NoDup_nodup _ _)). intros c Hc. apply nodup_In, in_map_iff in Hc as (q & <- & _).
    unfold apart. destruct (Nat.eqb q a); simpl; auto.
  - apply (NoDup_incl_length (l := [0; 1]%nat)).
    + repeat constructor; simpl; intuition discriminate.
    + intros c Hc. apply nodup_In, in_map_iff. destruct Hc as [<-|[<-|[]]].
      * exists (if Nat.eqb a 0 then 1%nat else 0%nat). split; [|apply in_seq; destruct (Nat.eqb a 0); lia].
        unfold apart. destruct (Nat.eqb_spec a 0) as [->|E]; [reflexivity|]. destruct (Nat.eqb_spec 0 a); [lia|reflexivity].
      * exists a. split; [unfold apart; now rewrite Nat.eqb_refl|apply in_seq; lia].
Qed.

Corollary one_apart_mixing {H : space} (n T : nat) (x : nat -> H) : (2 <= n)%nat ->
  E[ discrepancy n x' | x' <- iterate (split_step n (one_apart n)) T x ] = (1 / (INR n - 1)) ^ T * discrepancy n x.
Proof.
  intros Hn. rewrite (mixing_rate n (one_apart n) Hn (one_apart_exchangeable n) T x).
  assert (E2 : E[ INR (blocks n l) | l <- one_apart n ] = 2).
  { unfold one_apart. rewrite expectation_bind, expectation_uniform by lia.
    rewrite (mean_ext n _ (fun _ => 2)); [apply mean_const; lia|]. intros a Ha. rewrite expectation_ret, two_blocks by assumption. reflexivity. }
  rewrite E2. replace (2 - 1) with 1 by ring. reflexivity.
Qed.
