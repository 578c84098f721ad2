(** The hypotheses of chapter 6 can be met: groups in ascending order; a split that leaves one peer alone. *)
From Coq Require Import Reals Lra Lia List Permutation FunctionalExtensionality.
From Touchstone Require Import Sums Probability Space LocalParts Groups Moshpit MoshpitTheorems MoshpitContraction MoshpitFaults
  RandomSplit.
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

(** With probability q all peers take part, in ascending order, otherwise all are offline. *)
Definition all_or_none {H : space} (q : probability) (s : unit * moshpit_state H) : law (conduct * unit) :=
  draw all <- bernoulli q ;;
  ret (Conduct (fun _ => all) (fun _ => all) (ascending (key (snd s))), tt).

Definition all_ascending {H : space} (n : nat) (s : moshpit_state H) (c : conduct) : bool :=
  forallb (fun i => andb (takes_part c i) (Nat.eqb (rank_of c i) (ascending (key s) i))) (seq 0 n).

Lemma all_ascending_correct {H : space} n (s : moshpit_state H) c : all_ascending n s c = true -> without_faults n s c.
Proof.
  unfold all_ascending. rewrite forallb_forall. intros A.
  assert (B : forall i, (i < n)%nat -> takes_part c i = true /\ rank_of c i = ascending (key s) i).
  { intros i Hi. assert (In i (seq 0 n)) as I by (apply in_seq; lia). apply A, andb_prop in I as [P E]. now apply Nat.eqb_eq in E. }
  split; [intros i Hi; now apply B|]. intros k. pose proof (ascending_ordered n (key s) k) as O.
  erewrite map_ext_in; [exact O|]. intros i Hi. apply in_group in Hi as [Hi _]. now apply B.
Qed.

Corollary all_or_none_converges {H : space} (n D : nat) (q : probability) (s : moshpit_state H) : (0 < n)%nat ->
  (forall i, (i < n)%nat -> length (key s i) = D) ->
  let c := / (4 * INR (S D) * (2 * INR (S D) + 1) ^ 2 * INR n) in
  let u := vector_mean n (held s) in
  forall K, E[ mean n (fun i => ‖held (snd s') i - u‖²) | s' <- iterate (faulty_step n (all_or_none q)) (K * S D) (tt, s) ]
            <= (1 - q ^ S D * c) ^ K * mean n (fun i => ‖held s i - u‖²).
Proof.
  intros Hn L c u K. pose proof (chance_range q) as [Hq Hq1].
  assert (round : forall s : unit * moshpit_state H, (forall i, (i < n)%nat -> length (key (snd s) i) = D) ->
    q <= E[ if all_ascending n (snd s) (fst o) then 1 else 0 | o <- all_or_none q s ]).
  { intros [[] s'] _. unfold all_or_none. rewrite expectation_bind, expectation_bernoulli, !expectation_ret. simpl.
    assert (T : all_ascending n s' (Conduct (fun _ => true) (fun _ => true) (ascending (key s'))) = true).
    { unfold all_ascending. apply forallb_forall. intros i _. simpl. apply Nat.eqb_refl. }
    rewrite T. match goal with |- context [if ?b then _ else _] => destruct b end; lra. }
  refine (convergence n D (all_or_none q) (all_ascending n) Hn (all_ascending_correct n) (q ^ S D) _
    (chance_of_rounds n D (all_or_none q) (all_ascending n) Hn q Hq round (S D)) K (tt, s) L).
  split; [now apply pow_le|]. rewrite <- (pow1 (S D)). now apply pow_incr.
Qed.

(** One peer, drawn uniformly, stays alone. *)
Definition apart (a q : nat) : nat := if Nat.eqb q a then 1%nat else 0%nat.

Definition one_apart (n : nat) : law (nat -> nat) := draw a <- uniform n ;; ret (apart a).

Lemma one_apart_exchangeable n : exchangeable n (one_apart n).
Proof.
  intros i j F Hi Hj. unfold one_apart. rewrite !expectation_bind, !expectation_uniform by lia. unfold mean. f_equal.
  transitivity (sum n (fun a => expectation (ret (apart (swap i j a))) F));
    [|exact (sum_swap n i j (fun a => expectation (ret (apart a)) F) Hi Hj)].
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
    rewrite (mean_ext n _ (fun _ => 2)); [apply mean_const; lia|]. intros a Ha. rewrite expectation_ret, two_blocks by assumption.
    reflexivity. }
  rewrite E2. replace (2 - 1) with 1 by ring. reflexivity.
Qed.
