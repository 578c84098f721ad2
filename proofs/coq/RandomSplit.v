(** Peers split at random into groups, each of which averages: how much of the dispersion remains in expectation. *)
From Coq Require Import Reals Lra Lia List.
From Touchstone Require Import Sums Probability Space Compressors LocalParts Groups GroupAverages.
Import ListNotations.
Open Scope R_scope.

(** A split is a label for every peer; its blocks are the labels that occur. *)
Definition blocks (n : nat) (l : nat -> nat) : nat := length (nodup Nat.eq_dec (map l (seq 0 n))).

Definition swap (i j q : nat) : nat := if Nat.eqb q i then j else if Nat.eqb q j then i else q.

(** No peer is preferred: exchanging two of them does not change the law. *)
Definition exchangeable (n : nat) (split : law (nat -> nat)) : Prop := forall i j F, (i < n)%nat -> (j < n)%nat ->
  E[ F (fun q => l (swap i j q)) | l <- split ] = E[ F l | l <- split ].

Definition split_step {H : space} (n : nat) (split : law (nat -> nat)) (x : nat -> H) : law (nat -> H) :=
  draw l <- split ;;
  ret (average_groups Nat.eq_dec n l x).

Lemma sum_swap n i j f : (i < n)%nat -> (j < n)%nat -> sum n (fun q => f (swap i j q)) = sum n f.
Proof.
  intros Hi Hj. rewrite (sum_ext n _ (fun q => if Nat.eqb q i then f j else if Nat.eqb q j then f i else f q)).
  - rewrite (sum_update n i (f j) (fun q => if Nat.eqb q j then f i else f q) Hi), (sum_update n j (f i) f Hj).
    destruct (Nat.eqb_spec i j) as [->|]; ring.
  - intros q _. unfold swap. destruct (Nat.eqb q i), (Nat.eqb q j); reflexivity.
Qed.

(** sum_i 1/|block of i| is the number of blocks. *)
Section Blocks.
  Variables (n : nat) (l : nat -> nat).

  Lemma list_sum_of_one (L : list nat) a G : NoDup L -> In a L -> list_sum L (fun c => (if Nat.eq_dec a c then 1 else 0) * G c) = G a.
  Proof using Type.
    induction 1 as [|b L Hb HL IH]; intros Ha; [destruct Ha|]. simpl. destruct (Nat.eq_dec a b) as [->|E].
    - rewrite (list_sum_ext L _ (fun _ => 0)); [rewrite list_sum_const; ring|].
      intros c Hc. destruct (Nat.eq_dec b c) as [->|]; [contradiction|ring].
    - rewrite IH; [ring|]. destruct Ha as [->|]; [contradiction|assumption].
  Qed.

  Lemma list_sum_sum (L : list nat) (F : nat -> nat -> R) : list_sum L (fun c => sum n (F c)) = sum n (fun i => list_sum L (fun c => F c i)).
  Proof using Type. induction L as [|c L IH]; simpl; [rewrite sum_const; ring|]. now rewrite IH, <- sum_add. Qed.

  Lemma own_shares : sum n (fun i => share Nat.eq_dec n l i i) = INR (blocks n l).
  Proof using Type.
    unfold blocks. set (L := nodup Nat.eq_dec (map l (seq 0 n))). rewrite <- list_sum_one.
    transitivity (list_sum L (fun c => sum n (fun i => (if Nat.eq_dec (l i) c then 1 else 0) * / INR (length (group Nat.eq_dec n l c))))).
    - rewrite list_sum_sum. apply sum_ext; intros i Hi.
      rewrite (list_sum_of_one L (l i) (fun c => / INR (length (group Nat.eq_dec n l c)))).
      + unfold share, has_label. destruct (Nat.eq_dec (l i) (l i)); [ring|contradiction].
      + apply NoDup_nodup.
      + apply nodup_In, in_map, in_seq. lia.
    - apply list_sum_ext. intros c Hc. apply nodup_In, in_map_iff in Hc as (i & <- & Hi). apply in_seq in Hi.
      rewrite (sum_ext n _ (fun j => share Nat.eq_dec n l i j)) by (intros; unfold share, has_label; ring). apply shares_sum. lia.
  Qed.
End Blocks.

(** ** A random split *)

Lemma share_of_swapped n l a b i j : (a < n)%nat -> (b < n)%nat ->
  share Nat.eq_dec n (fun q => l (swap a b q)) i j = share Nat.eq_dec n l (swap a b i) (swap a b j).
Proof.
  intros Ha Hb. unfold share, has_label. f_equal. f_equal. rewrite !group_size.
  exact (sum_swap n a b (has_label Nat.eq_dec l (l (swap a b i))) Ha Hb).
Qed.

Section RandomSplit.
  Context {H : space} (n : nat) (split : law (nat -> nat)).
  Hypothesis n_large : (2 <= n)%nat.
  Hypothesis split_exchangeable : exchangeable n split.
  Let e i j := E[ share Nat.eq_dec n l i j | l <- split ].

  Lemma expected_share_swapped a b i j : (a < n)%nat -> (b < n)%nat -> e (swap a b i) (swap a b j) = e i j.
  Proof using split_exchangeable.
    intros Ha Hb. unfold e. rewrite <- (split_exchangeable a b (fun l => share Nat.eq_dec n l i j) Ha Hb).
    apply expectation_ext; intros l. now rewrite share_of_swapped.
  Qed.

  Lemma swap_left i j : swap i j i = j.
  Proof. unfold swap. now rewrite Nat.eqb_refl. Qed.

  Lemma expected_own_share i : (i < n)%nat -> e i i = e 0%nat 0%nat.
  Proof using n_large split_exchangeable. intros Hi. rewrite <- (expected_share_swapped i 0 i i) by lia. now rewrite !swap_left. Qed.

  Lemma expected_other_share i j : (i < n)%nat -> (j < n)%nat -> i <> j -> e i j = e 0%nat 1%nat.
  Proof using n_large split_exchangeable.
    intros Hi Hj N. rewrite <- (expected_share_swapped i 0 i j) by lia. rewrite swap_left.
    set (j' := swap i 0 j). assert (Hj' : (j' < n)%nat /\ j' <> O).
    { unfold j', swap. destruct (Nat.eqb_spec j i), (Nat.eqb_spec j 0); lia. }
    rewrite <- (expected_share_swapped j' 1 0 j') by lia. rewrite swap_left. f_equal.
    unfold swap. destruct (Nat.eqb_spec 0 j'); [lia|reflexivity].
  Qed.

  Lemma own_and_other_shares : e 0%nat 0%nat + (INR n - 1) * e 0%nat 1%nat = 1.
  Proof using n_large split_exchangeable.
    assert (S : E[ 1 | _l <- split ] = sum n (e 0%nat)).
    { rewrite (expectation_ext split _ (fun l => sum n (fun j => share Nat.eq_dec n l 0 j))) by (intros; symmetry; apply shares_sum; lia).
      apply (expectation_sum split n (fun j l => share Nat.eq_dec n l 0 j)). }
    rewrite expectation_const, (sum_ext n _ (fun j => if Nat.eqb j 0 then e 0%nat 0%nat else e 0%nat 1%nat)) in S.
    - rewrite (sum_update n 0 (e 0%nat 0%nat) (fun _ => e 0%nat 1%nat)), sum_const in S by lia. lra.
    - intros j Hj. destruct (Nat.eqb_spec j 0) as [->|]; [reflexivity|]. apply expected_other_share; lia.
  Qed.

  Lemma expected_blocks : E[ INR (blocks n l) | l <- split ] = INR n * e 0%nat 0%nat.
  Proof using n_large split_exchangeable.
    rewrite (expectation_ext split _ (fun l => sum n (fun i => share Nat.eq_dec n l i i))) by (intros; symmetry; apply own_shares).
    rewrite (expectation_sum split n (fun i l => share Nat.eq_dec n l i i)), <- sum_const. apply sum_ext; intros i Hi.
    exact (expected_own_share i Hi).
  Qed.

  (** E disp(x') = ((E R - 1)/(n - 1)) disp(x), R the number of blocks *)
  Theorem mixing_factor (x : nat -> H) :
    E[ discrepancy n x' | x' <- split_step n split x ] = (E[ INR (blocks n l) | l <- split ] - 1) / (INR n - 1) * discrepancy n x.
  Proof using n_large split_exchangeable.
    assert (HN : 2 <= INR n) by (change 2 with (INR 2); now apply le_INR). assert (Hn : (0 < n)%nat) by lia.
    unfold split_step. rewrite expectation_bind.
    rewrite (expectation_ext split _ (fun l =>
      / INR n * sum n (fun i => sum n (fun j => share Nat.eq_dec n l i j * ⟨x i, x j⟩)) + - ‖vector_mean n x‖²)).
    2:{ intros l. rewrite expectation_ret, averaged_discrepancy by assumption. ring. }
    rewrite expectation_add, expectation_scale, expectation_const,
      (expectation_sum split n (fun i l => sum n (fun j => share Nat.eq_dec n l i j * ⟨x i, x j⟩))).
    set (a := e 0%nat 0%nat). set (b := e 0%nat 1%nat).
    rewrite (sum_ext n _ (fun i => b * (INR n * ⟨vector_mean n x, x i⟩) + (a - b) * ‖x i‖²)).
    - rewrite sum_add, !sum_scale, expected_blocks. fold a.
      assert (M : sum n (fun i => ⟨vector_mean n x, x i⟩) = INR n * ‖vector_mean n x‖²).
      { rewrite dot_mean. unfold mean. rewrite (sum_ext n _ (fun i => ⟨x i, vector_mean n x⟩)) by (intros; apply dot_symmetric). field.
        lra. }
      rewrite M. unfold discrepancy. rewrite mean_deviation by assumption. unfold mean.
      pose proof own_and_other_shares as B. fold a b in B. replace a with (1 - (INR n - 1) * b) by lra. field. lra.
    - intros i Hi. rewrite (expectation_sum split n (fun j l => share Nat.eq_dec n l i j * ⟨x i, x j⟩)).
      rewrite (sum_ext n _ (fun j => if Nat.eqb j i then a * ‖x i‖² else b * ⟨x j, x i⟩)).
      + rewrite (sum_update n i (a * ‖x i‖²) (fun j => b * ⟨x j, x i⟩) Hi), sum_scale, dot_mean. unfold mean. field. lra.
      + intros j Hj. rewrite (expectation_ext split _ (fun l => ⟨x i, x j⟩ * share Nat.eq_dec n l i j)) by (intros; ring).
        rewrite expectation_scale. fold (e i j).
        destruct (Nat.eqb_spec j i) as [->|E]; [rewrite expected_own_share by assumption; fold a; ring|].
        rewrite expected_other_share by (assumption || now apply not_eq_sym). fold b. rewrite (dot_symmetric _ (x i)). ring.
  Qed.

  (** ... and q^T after T independent splits *)
  Theorem mixing_rate (T : nat) : forall x : nat -> H,
    E[ discrepancy n x' | x' <- iterate (split_step n split) T x ]
    = ((E[ INR (blocks n l) | l <- split ] - 1) / (INR n - 1)) ^ T * discrepancy n x.
  Proof using n_large split_exchangeable.
    induction T as [|T IH]; intros x; [rewrite expectation_iterate_O; simpl; ring|].
    rewrite expectation_iterate_S, (expectation_ext _ _ _ IH), expectation_scale, mixing_factor. simpl. ring.
  Qed.
End RandomSplit.

(** A law all of whose splits have r blocks *)
Lemma always_blocks n (split : law (nat -> nat)) r : (forall o, In o (outcomes split) -> blocks n (snd o) = r) ->
  E[ INR (blocks n l) | l <- split ] = INR r.
Proof.
  intros Hr. rewrite <- (expectation_const split (INR r)). unfold expectation. revert Hr.
  induction (outcomes split) as [|[p l] rest IH]; intros Hr; [reflexivity|].
  simpl. rewrite IH by (intros; apply Hr; now right). f_equal. now rewrite <- (Hr (p, l) (or_introl eq_refl)).
Qed.

(** ((r - 1)/n + r/n^2) - (r - 1)/(n - 1) = (n - r)/(n^2 (n - 1)) *)
Theorem slide_factor (n r : nat) : (2 <= n)%nat -> (r <= n)%nat ->
  let true_factor := (INR r - 1) / (INR n - 1) in
  let slide := (INR r - 1) / INR n + INR r / INR n ^ 2 in
  true_factor <= slide /\ (true_factor = slide <-> r = n).
Proof.
  intros Hn Hr true_factor slide. assert (HN : 2 <= INR n) by (change 2 with (INR 2); now apply le_INR).
  assert (HR : INR r <= INR n) by now apply le_INR.
  assert (D : slide - true_factor = (INR n - INR r) / (INR n ^ 2 * (INR n - 1))) by (unfold slide, true_factor; field; lra).
  assert (P : 0 < INR n ^ 2 * (INR n - 1)) by (apply Rmult_lt_0_compat; [apply pow_lt|]; lra).
  split; [|split].
  - assert (0 <= (INR n - INR r) / (INR n ^ 2 * (INR n - 1))) by (apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat]). lra.
  - intros E. apply INR_eq. assert (Z : (INR n - INR r) * / (INR n ^ 2 * (INR n - 1)) = 0) by (unfold Rdiv in D; lra).
    apply Rmult_integral in Z as [Z|Z]; [lra|]. pose proof (Rinv_0_lt_compat _ P). lra.
  - intros E. rewrite E in D. assert (Z : (INR n - INR n) / (INR n ^ 2 * (INR n - 1)) = 0) by (unfold Rdiv; ring). lra.
Qed.
