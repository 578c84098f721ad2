(** Moshpit All-Reduce: peers with the same key average, and the rank of a peer in its group becomes part of its next key. *)
From Coq Require Import Reals Lra Lia List Permutation.
From Touchstone Require Import Sums Probability Space Compressors Groups.
Import ListNotations.
Open Scope R_scope.

Record moshpit_state (H : space) := Peers { key : nat -> list nat; held : nat -> H }.
Arguments Peers {H}. Arguments key {H}. Arguments held {H}.

Definition same_key : forall a b : list nat, {a = b} + {a <> b} := list_eq_dec Nat.eq_dec.

(** The N-1 most significant of the N digits of i in base M, most significant first. *)
Definition initial_key (M N i : nat) : list nat := map (fun j => (i / M ^ (N - j)) mod M)%nat (seq 1 (N - 1)).

Section Method.
  Context {H : space} (n : nat).

  (** The ranks of the members of every group are 0, ..., |group| - 1 in some order. *)
  Definition ordered (rank : nat -> nat) (keys : nat -> list nat) : Prop := forall k,
    Permutation (map rank (group same_key n keys k)) (seq 0 (length (group same_key n keys k))).

  (** Average within the group; append the rank to the key and drop the oldest entry. A key without entries (N = 1) stays so. *)
  Definition moshpit_round (rank : nat -> nat) (s : moshpit_state H) : moshpit_state H :=
    Peers (fun i => tl (key s i ++ [rank i])) (average_groups same_key n (key s) (held s)).

  (** t rounds; [ranks t i]: the rank of peer i in round t. *)
  Fixpoint moshpit (ranks : nat -> nat -> nat) (t : nat) (s : moshpit_state H) : moshpit_state H :=
    match t with
    | O => s
    | S t' => moshpit_round (ranks t') (moshpit ranks t' s)
    end.
End Method.

(** ** Lists and sums *)

Lemma list_sum_permutation {T : Type} (l l' : list T) F : Permutation l l' -> list_sum l F = list_sum l' F.
Proof. induction 1; simpl; lra. Qed.

Lemma skipn_first (l : list nat) u : (u < length l)%nat -> exists a, In a l /\ skipn u l = a :: skipn (S u) l.
Proof.
  revert u; induction l as [|a l IH]; intros [|u] Hu; simpl in Hu; try lia.
  - exists a. split; [now left|reflexivity].
  - destruct (IH u ltac:(lia)) as (a' & Hin & E). exists a'. split; [now right|exact E].
Qed.

(** Of M numbers, one is a. *)
Lemma sum_of_one M a c : (a < M)%nat -> sum M (fun i => (if Nat.eq_dec i a then 1 else 0) * c i) = c a.
Proof.
  intros Ha. rewrite (sum_ext M _ (fun i => if Nat.eqb i a then c a else 0)).
  - rewrite (sum_update M a (c a) (fun _ => 0) Ha), sum_const. ring.
  - intros i _. destruct (Nat.eq_dec i a) as [->|E]; [rewrite Nat.eqb_refl; ring|]. apply Nat.eqb_neq in E. rewrite E. ring.
Qed.

Section Grid.
  Context {H : space} (M D : nat).
  Hypothesis M_positive : (0 < M)%nat.
  Let n := (M ^ S D)%nat.

  Definition is_key (k : list nat) : Prop := length k = D /\ Forall (fun d => (d < M)%nat) k.

  (** Every key is that of M peers. *)
  Definition balanced (keys : nat -> list nat) : Prop :=
    (forall i, (i < n)%nat -> is_key (keys i)) /\ (forall k, is_key k -> length (group same_key n keys k) = M).

  Section Round.
    Variables (keys : nat -> list nat) (rank : nat -> nat).
    Hypothesis keys_balanced : balanced keys.
    Hypothesis rank_ordered : ordered n rank keys.
    Let next i := tl (keys i ++ [rank i]).

    Lemma rank_below i : (i < n)%nat -> (rank i < M)%nat.
    Proof using M_positive keys_balanced rank_ordered.
      intros Hi. destruct keys_balanced as [valid count].
      assert (In (rank i) (map rank (group same_key n keys (keys i)))) as I by (apply in_map, in_group; now split).
      apply (Permutation_in _ (rank_ordered (keys i))), in_seq in I. rewrite (count _ (valid i Hi)) in I. lia.
    Qed.

    (** Of every group, one member has the rank c. *)
    Lemma one_of_each_rank k c : is_key k -> (c < M)%nat ->
      sum n (fun i => has_label same_key keys k i * (if Nat.eq_dec (rank i) c then 1 else 0)) = 1.
    Proof using M_positive keys_balanced rank_ordered.
      intros Hk Hc. rewrite <- sum_over_group.
      transitivity (list_sum (map rank (group same_key n keys k)) (fun a => if Nat.eq_dec a c then 1 else 0)); [symmetry; apply list_sum_map|].
      rewrite (list_sum_permutation _ _ _ (rank_ordered k)), (proj2 keys_balanced k Hk), list_sum_seq. simpl.
      rewrite (sum_ext M _ (fun i => (if Nat.eq_dec i c then 1 else 0) * 1)) by (intros; ring). exact (sum_of_one M c (fun _ => 1) Hc).
    Qed.

    Lemma key_of_length_zero (k : list nat) : D = O -> is_key k -> k = [].
    Proof using Type. intros D0 [E _]. apply length_zero_iff_nil. now rewrite E. Qed.

    (** Where keys have an entry: the peers that come to have the key w, c come from the keys a, w, one from each. *)
    Lemma sum_over_next w c F : is_key (w ++ [c]) ->
      sum n (fun i => has_label same_key next (w ++ [c]) i * F (keys i)) = sum M (fun a => F (a :: w)).
    Proof using M_positive keys_balanced rank_ordered.
      intros [Hlen Hall]. rewrite app_length in Hlen. simpl in Hlen. apply Forall_app in Hall as [Hw Hc]. apply Forall_inv in Hc.
      transitivity (sum n (fun i => sum M (fun a => 
        F (a :: w) * (has_label same_key keys (a :: w) i * (if Nat.eq_dec (rank i) c then 1 else 0))))).
      - apply sum_ext; intros i Hi. destruct (proj1 keys_balanced i Hi) as [Li Ai]. unfold next.
        destruct (keys i) as [|b l] eqn:E; [simpl in Li; lia|].
        apply Forall_inv in Ai. unfold has_label. rewrite E. change (tl ((b :: l) ++ [rank i])) with (l ++ [rank i]).
        destruct (Nat.eq_dec (rank i) c) as [Ec|Ec].
        + rewrite (sum_ext M _ (fun a => (if Nat.eq_dec a b then 1 else 0) * (F (a :: w) * (if same_key l w then 1 else 0)))).
          * rewrite (sum_of_one M b (fun a => F (a :: w) * (if same_key l w then 1 else 0)) Ai). rewrite Ec.
            destruct (same_key (l ++ [c]) (w ++ [c])) as [E2|E2], (same_key l w) as [E3|E3].
            -- rewrite E3. ring.
            -- apply app_inj_tail in E2 as [E2 _]. contradiction.
            -- rewrite E3 in E2. contradiction.
            -- ring.
          * intros a _. destruct (same_key (b :: l) (a :: w)) as [E1|E1], (Nat.eq_dec a b) as [E2|E2], (same_key l w) as [E3|E3];
              try ring; exfalso; congruence.
        + rewrite (sum_ext M _ (fun _ => 0)) by (intros; ring). rewrite sum_const.
          destruct (same_key (l ++ [rank i]) (w ++ [c])) as [E2|_]; [apply app_inj_tail in E2 as [_ E2]; contradiction|ring].
      - rewrite sum_sum. apply sum_ext; intros a Ha. rewrite sum_scale, one_of_each_rank; [ring| |assumption].
        split; [simpl; lia|now constructor].
    Qed.

    Lemma next_balanced : balanced next.
    Proof using M_positive keys_balanced rank_ordered.
      destruct (Nat.eq_dec D 0) as [D0|D1].
      - assert (same : forall i, (i < n)%nat -> next i = keys i).
        { intros i Hi. unfold next. now rewrite (key_of_length_zero (keys i) D0 (proj1 keys_balanced i Hi)). }
        split; [intros i Hi; rewrite (same i Hi); now apply keys_balanced|].
        intros k Hk. rewrite <- (proj2 keys_balanced k Hk). f_equal. apply filter_ext_in. intros i Hi. apply in_seq in Hi.
        now rewrite same by lia.
      - split.
        + intros i Hi. destruct (proj1 keys_balanced i Hi) as [Li Ai]. unfold next. destruct (keys i) as [|b l]; [simpl in Li; lia|].
          simpl in *. split; [rewrite app_length; simpl; lia|]. apply Forall_app. split; [now apply Forall_inv_tail in Ai|].
          repeat constructor. now apply rank_below.
        + intros k Hk. destruct (exists_last (l := k)) as (w & c & ->).
          { intros ->. destruct Hk as [Hk _]. simpl in Hk. lia. }
          apply INR_eq. rewrite group_size, (sum_ext n _ (fun i => has_label same_key next (w ++ [c]) i * 1)) by (intros; ring).
          rewrite (sum_over_next w c (fun _ => 1) Hk), sum_const. ring.
    Qed.
  End Round.

  Section Rounds.
    Variables (s : moshpit_state H) (ranks : nat -> nat -> nat).
    Hypothesis start_balanced : balanced (key s).
    Hypothesis ranks_ordered : forall t, (t <= D)%nat -> ordered n (ranks t) (key (moshpit n ranks t s)).
    Let after t := moshpit n ranks t s.

    Lemma rounds_balanced t : (t <= S D)%nat -> balanced (key (after t)).
    Proof using M_positive start_balanced ranks_ordered.
      induction t as [|t IH]; intros Ht; [exact start_balanced|].
      exact (next_balanced (key (after t)) (ranks t) (IH ltac:(lia)) (ranks_ordered t ltac:(lia))).
    Qed.

    Lemma group_mean t i z : (t <= D)%nat -> (i < n)%nat ->
      ⟨held (after (S t)) i, z⟩ = / INR M * sum n (fun j => has_label same_key (key (after t)) (key (after t) i) j * ⟨held (after t) j, z⟩).
    Proof using M_positive start_balanced ranks_ordered.
      intros Ht Hi. destruct (rounds_balanced t ltac:(lia)) as [valid count]. simpl. unfold average_groups.
      rewrite dot_mean_over. fold (after t). now rewrite (count _ (valid i Hi)).
    Qed.

    (** After round u + 1 a peer holds the mean over those peers whose first keys, without u entries, begin the key that it had. *)
    Lemma partial_means u i z : (u <= D)%nat -> (i < n)%nat ->
      ⟨held (after (S u)) i, z⟩
      = / INR M ^ S u * sum n (fun j => has_label same_key (fun j => skipn u (key s j)) (firstn (D - u) (key (after u) i)) j * ⟨held s j, z⟩).
    Proof using M_positive start_balanced ranks_ordered.
      assert (HM : 0 < INR M) by now apply lt_0_INR. revert i. induction u as [|u IH]; intros i Hu Hi.
      - rewrite group_mean by lia. change (after O) with s.
        rewrite Nat.sub_0_r, firstn_all2 by (rewrite (proj1 (proj1 start_balanced i Hi)); lia).
        simpl pow. rewrite Rmult_1_r. reflexivity.
      - rewrite group_mean by lia. set (k := key (after (S u)) i). pose proof (rounds_balanced u ltac:(lia)) as Bu.
        destruct (proj1 (rounds_balanced (S u) ltac:(lia)) i Hi) as [Lk Ak]. fold k in Lk, Ak.
        destruct (exists_last (l := k)) as (w & c & Ek); [intros E; rewrite E in Lk; simpl in Lk; lia|].
        set (X := fun v => sum n (fun j => has_label same_key (fun j => skipn u (key s j)) v j * ⟨held s j, z⟩)).
        rewrite (sum_ext n _ (fun j => has_label same_key (key (after (S u))) k j * (/ INR M ^ S u * X (firstn (D - u) (key (after u) j)))))
          by (intros j Hj; now rewrite IH by lia).
        rewrite Ek in *. rewrite app_length in Lk. simpl in Lk.
        pose proof (sum_over_next (key (after u)) (ranks u) Bu (ranks_ordered u ltac:(lia)) w c
          (fun v => / INR M ^ S u * X (firstn (D - u) v))) as T. cbv beta in T.
        change (key (after (S u))) with (fun i => tl (key (after u) i ++ [ranks u i])).
        rewrite T by (split; [rewrite app_length; simpl; lia|assumption]). rewrite sum_scale.
        replace (D - u)%nat with (S (D - S u)) by lia. rewrite firstn_app.
        replace (D - S u - length w)%nat with O by lia. rewrite firstn_O, app_nil_r.
        replace (sum M (fun a => X (firstn (S (D - S u)) (a :: w))))
          with (sum n (fun j => has_label same_key (fun j => skipn (S u) (key s j)) (firstn (D - S u) w) j * ⟨held s j, z⟩)).
        + simpl pow. field. split; [apply pow_nonzero|]; lra.
        + unfold X. rewrite sum_sum. apply sum_ext; intros j Hj. destruct (proj1 start_balanced j Hj) as [Lj Aj].
          destruct (skipn_first (key s j) u ltac:(lia)) as (b & Hb & Eb). rewrite Forall_forall in Aj. pose proof (Aj b Hb) as Hb'.
          rewrite (sum_ext M _ (fun a => (if Nat.eq_dec a b then 1 else 0)
            * (has_label same_key (fun j => skipn (S u) (key s j)) (firstn (D - S u) w) j * ⟨held s j, z⟩))).
          * symmetry.
            exact (sum_of_one M b (fun _ => has_label same_key (fun j => skipn (S u) (key s j)) (firstn (D - S u) w) j * ⟨held s j, z⟩) Hb').
          * intros a _. unfold has_label. rewrite Eb. change (firstn (S (D - S u)) (a :: w)) with (a :: firstn (D - S u) w).
            destruct (same_key (b :: skipn (S u) (key s j)) (a :: firstn (D - S u) w)) as [E1|E1], (Nat.eq_dec a b) as [E2|E2],
              (same_key (skipn (S u) (key s j)) (firstn (D - S u) w)) as [E3|E3]; try ring; exfalso; congruence.
    Qed.

    Theorem exact_from_balanced i z : (i < n)%nat -> ⟨held (after (S D)) i, z⟩ = ⟨vector_mean n (held s), z⟩.
    Proof using M_positive start_balanced ranks_ordered.
      intros Hi. rewrite partial_means, dot_mean by lia. unfold mean. rewrite (pow_INR M (S D) : INR n = INR M ^ S D). f_equal.
      apply sum_ext; intros j Hj.
      unfold has_label. rewrite Nat.sub_diag, firstn_O, skipn_all2 by (rewrite (proj1 (proj1 start_balanced j Hj)); lia).
      destruct (same_key [] []); [ring|contradiction].
    Qed.
  End Rounds.
End Grid.
