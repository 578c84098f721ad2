(** Moshpit All-Reduce: the exact average of M^N peers after N rounds; connected groups from any keys. *)
From Coq Require Import Reals Lra Lia List Permutation Relation_Operators.
From Touchstone Require Import Sums Probability Space Groups Moshpit.
Import ListNotations.
Open Scope R_scope.

(** ** The keys at the start *)

(** All D digits of q, most significant first. *)
Definition digits (M D q : nat) : list nat := map (fun j => (q / M ^ (D - j)) mod M)%nat (seq 1 D).

Section InitialKeys.
  Variable M : nat.
  Hypothesis M_positive : (0 < M)%nat.

  Lemma division_by_base D q j : (j <= D)%nat -> (q / M ^ (S D - j) = q / M / M ^ (D - j))%nat.
  Proof using M_positive.
    intros Hj. replace (S D - j)%nat with (S (D - j)) by lia. assert (M ^ (D - j) <> 0)%nat by (apply Nat.pow_nonzero; lia).
    rewrite Nat.div_div by lia. reflexivity.
  Qed.

  Lemma last_digit D q : digits M (S D) q = digits M D (q / M) ++ [(q mod M)%nat].
  Proof using M_positive.
    unfold digits. rewrite seq_S, map_app. f_equal.
    - apply map_ext_in; intros j Hj. apply in_seq in Hj. now rewrite division_by_base by lia.
    - simpl. now rewrite Nat.sub_diag, Nat.pow_0_r, Nat.div_1_r.
  Qed.

  Lemma initial_key_is_digits D i : initial_key M (S D) i = digits M D (i / M).
  Proof using M_positive.
    unfold initial_key, digits. replace (S D - 1)%nat with D by lia.
    apply map_ext_in; intros j Hj. apply in_seq in Hj. now rewrite division_by_base by lia.
  Qed.

  Lemma digits_are_key D q : is_key M D (digits M D q).
  Proof using M_positive.
    unfold digits. split; [now rewrite map_length, seq_length|]. apply Forall_forall. intros d Hd.
    apply in_map_iff in Hd as (j & <- & _). apply Nat.mod_upper_bound. lia.
  Qed.

  Lemma sum_app a b f : sum (a + b) f = sum a f + sum b (fun i => f (a + i)%nat).
  Proof using Type. revert f; induction a as [|a IH]; intros f; simpl; [now rewrite Rplus_0_l|]. rewrite IH. lra. Qed.

  Lemma sum_by_quotient P (F : nat -> nat -> R) : sum (M * P) (fun i => F (i / M) (i mod M))%nat = sum P (fun q => sum M (F q)).
  Proof using M_positive.
    induction P as [|P IH]; [now rewrite Nat.mul_0_r|].
    replace (M * S P)%nat with (M * P + M)%nat by lia. rewrite sum_app, IH, sum_last. f_equal.
    apply sum_ext; intros a Ha. rewrite (Nat.mul_comm M P), Nat.div_add_l, Nat.div_small, Nat.add_0_r by lia.
    now rewrite Nat.add_comm, Nat.mod_add, Nat.mod_small by lia.
  Qed.

  (** Every list of D digits is that of one number. *)
  Lemma digits_occur_once D : forall k, is_key M D k -> sum (M ^ D) (fun q => has_label same_key (digits M D) k q) = 1.
  Proof using M_positive.
    induction D as [|D IH]; intros k [Hlen Hall].
    - apply length_zero_iff_nil in Hlen as ->. simpl. unfold has_label, digits. simpl. destruct (same_key [] []); [ring|contradiction].
    - destruct (exists_last (l := k)) as (w & c & ->); [intros E; rewrite E in Hlen; discriminate|].
      rewrite app_length in Hlen. simpl in Hlen. apply Forall_app in Hall as [Hw Hc]. apply Forall_inv in Hc.
      rewrite (sum_ext _ _ (fun q => has_label same_key (digits M D) w (q / M)%nat * (if Nat.eq_dec (q mod M)%nat c then 1 else 0))).
      + rewrite Nat.pow_succ_r', (sum_by_quotient (M ^ D) (fun q a => has_label same_key (digits M D) w q * (if Nat.eq_dec a c then 1 else 0))).
        rewrite (sum_ext (M ^ D) _ (has_label same_key (digits M D) w)); [apply IH; split; [lia|assumption]|].
        intros q _.
        rewrite (sum_ext M _ (fun a => (if Nat.eq_dec a c then 1 else 0) * has_label same_key (digits M D) w q)) by (intros; ring).
        exact (sum_of_one M c (fun _ => has_label same_key (digits M D) w q) Hc).
      + intros q _. unfold has_label. rewrite last_digit.
        destruct (same_key (digits M D (q / M) ++ [(q mod M)%nat]) (w ++ [c])) as [E1|E1].
        * apply app_inj_tail in E1 as [-> ->]. destruct (same_key w w); [|contradiction]. destruct (Nat.eq_dec c c); [ring|contradiction].
        * destruct (same_key (digits M D (q / M)) w) as [E2|E2], (Nat.eq_dec (q mod M)%nat c) as [E3|E3]; try ring. exfalso; congruence.
  Qed.

  Lemma initial_keys_balanced D : balanced M D (initial_key M (S D)).
  Proof using M_positive.
    split.
    - intros i _. rewrite initial_key_is_digits. apply digits_are_key.
    - intros k Hk. apply INR_eq. rewrite group_size.
      rewrite (sum_ext _ _ (fun i => has_label same_key (digits M D) k (i / M)%nat)).
      + rewrite Nat.pow_succ_r', (sum_by_quotient (M ^ D) (fun q _ => has_label same_key (digits M D) k q)).
        rewrite (sum_ext (M ^ D) _ (fun q => INR M * has_label same_key (digits M D) k q)) by (intros; apply sum_const).
        rewrite sum_scale, digits_occur_once by assumption. ring.
      + intros i _. unfold has_label. now rewrite initial_key_is_digits.
  Qed.
End InitialKeys.

(** ** The exact average *)

Lemma keys_stay_balanced {H : space} (M D : nat) (ranks : nat -> nat -> nat) (s : moshpit_state H) (T : nat) : (0 < M)%nat ->
  let after t := moshpit (M ^ S D) ranks t s in
  balanced M D (key s) -> (forall t, (t < T)%nat -> ordered (M ^ S D) (ranks t) (key (after t))) -> balanced M D (key (after T)).
Proof.
  intros HM after Hs Ho. induction T as [|T IH]; [exact Hs|].
  exact (next_balanced M D HM (key (after T)) (ranks T) (IH (fun t Ht => Ho t ltac:(lia))) (Ho T ltac:(lia))).
Qed.

(** N rounds without faults after T rounds in which peers did get ranks, whatever vectors y they hold by then. *)
Theorem exact_average_later {H : space} (M N : nat) (x y : nat -> H) (T : nat) (ranks later : nat -> nat -> nat) : (0 < M)%nat -> (0 < N)%nat ->
  let n := (M ^ N)%nat in
  let before t := moshpit n ranks t (Peers (initial_key M N) x) in
  let after t := moshpit n later t (Peers (key (before T)) y) in
  (forall t, (t < T)%nat -> ordered n (ranks t) (key (before t))) ->
  (forall t, (t < N)%nat -> ordered n (later t) (key (after t))) ->
  forall i z, (i < n)%nat -> ⟨held (after N) i, z⟩ = ⟨vector_mean n y, z⟩.
Proof.
  intros HM HN n before after Hb Ha i z Hi. destruct N as [|D]; [lia|].
  exact (exact_from_balanced M D HM (Peers (key (before T)) y) later
    (keys_stay_balanced M D ranks (Peers (initial_key M (S D)) x) T HM (initial_keys_balanced M HM D) Hb)
    (fun t Ht => Ha t ltac:(lia)) i z Hi).
Qed.

(** ** Connected groups, from any keys *)

Section Connected.
  Context {H : space} (n D : nat) (s : moshpit_state H) (ranks : nat -> nat -> nat).
  Let after t := moshpit n ranks t s.
  Hypothesis keys_length : forall i, (i < n)%nat -> length (key s i) = D.
  Hypothesis ranks_ordered : forall t, (t < S D)%nat -> ordered n (ranks t) (key (after t)).

  (** i and j are in the same group in one of the N = D + 1 rounds. *)
  Definition meet (i j : nat) : Prop := (i < n)%nat /\ (j < n)%nat /\ exists t, (t < S D)%nat /\ key (after t) i = key (after t) j.

  Lemma first_member t i : (t < S D)%nat -> (i < n)%nat ->
    exists j, (j < n)%nat /\ key (after t) j = key (after t) i /\ ranks t j = O.
  Proof using ranks_ordered.
    intros Ht Hi. set (k := key (after t) i). pose proof (ranks_ordered t Ht k) as P.
    pose proof (group_not_empty same_key n (key (after t)) i Hi) as L.
    assert (In O (map (ranks t) (group same_key n (key (after t)) k))) as I.
    { apply (Permutation_in _ (Permutation_sym P)), in_seq. fold k in L. lia. }
    apply in_map_iff in I as (j & E & J). apply in_group in J as [Hj Ej]. now exists j.
  Qed.

  (** Going to the first member u times leads to a key that ends in u zeros. *)
  Lemma towards_zero u i : (u <= D)%nat -> (i < n)%nat ->
    exists j w, (j < n)%nat /\ clos_refl_sym_trans nat meet i j /\ length w = (D - u)%nat /\ key (after u) j = w ++ repeat O u.
  Proof using keys_length ranks_ordered.
    induction u as [|u IH]; intros Hu Hi.
    - exists i, (key s i). repeat split; [assumption|apply rst_refl|rewrite keys_length by assumption; lia|simpl; now rewrite app_nil_r].
    - destruct (IH ltac:(lia) Hi) as (j & w & Hj & Hc & Hw & Ek). destruct (first_member u j ltac:(lia) Hj) as (j' & Hj' & E & E0).
      destruct w as [|a w]; [simpl in Hw; lia|]. exists j', w. repeat split.
      + assumption.
      + apply rst_trans with j; [assumption|]. apply rst_step. split; [assumption|]. split; [assumption|].
        exists u. split; [lia|now symmetry].
      + simpl in Hw. lia.
      + change (key (after (S u)) j') with (tl (key (after u) j' ++ [ranks u j'])). rewrite E, Ek, E0. simpl.
        rewrite <- app_assoc. f_equal. symmetry. apply repeat_cons.
  Qed.

  Theorem groups_connected i j : (i < n)%nat -> (j < n)%nat -> clos_refl_sym_trans nat meet i j.
  Proof using keys_length ranks_ordered.
    intros Hi Hj. destruct (towards_zero D i (le_n D) Hi) as (i' & w & Hi' & Ci & Lw & Ei).
    destruct (towards_zero D j (le_n D) Hj) as (j' & v & Hj' & Cj & Lv & Ej).
    rewrite Nat.sub_diag in Lw, Lv. apply length_zero_iff_nil in Lw as ->. apply length_zero_iff_nil in Lv as ->.
    apply rst_trans with i'; [assumption|]. apply rst_trans with j'; [|now apply rst_sym].
    apply rst_step. split; [assumption|]. split; [assumption|]. exists D. split; [lia|]. now rewrite Ei, Ej.
  Qed.
End Connected.
