(** N rounds of Moshpit All-Reduce without faults contract the dispersion, from any keys, for any number of peers: the groups connect
    all peers, and what disagrees moves when it meets. *)
From Coq Require Import Reals Lra Lia List Permutation.
From Touchstone Require Import Sums Probability Space LocalParts Groups GroupAverages Moshpit.
Import ListNotations.
Open Scope R_scope.

Section Distances.
  Context {H : space}.

  (** |p| <= k r and |q| <= m r give |p + q| <= (k + m) r *)
  Lemma triangle (p q : H) (k m B : R) : 0 < k -> 0 < m -> ‖p‖² <= k ^ 2 * B -> ‖q‖² <= m ^ 2 * B -> ‖p + q‖² <= (k + m) ^ 2 * B.
  Proof.
    intros Hk Hm Hp Hq. pose proof (dot_nonnegative H (m * p - k * q)%v) as Y. revert Y. expand. rewrite (dot_symmetric _ q p). intros Y.
    assert (E : k * m * (2 * ⟨p, q⟩) <= k * m * (2 * (k * m * B))) by nra.
    apply Rmult_le_reg_l in E; [|now apply Rmult_lt_0_compat]. nra.
  Qed.

  (** |a_0 - a_k|^2 <= k sum_{u<k} |a_u - a_{u+1}|^2 *)
  Lemma path_length (a : nat -> H) k : ‖a O - a k‖² <= INR k * sum k (fun u => ‖a u - a (S u)‖²).
  Proof.
    destruct k as [|k]; [simpl; right; expand; ring|]. set (n := S k).
    assert (HN : 0 < INR n) by (apply lt_0_INR; lia).
    assert (T : forall m z, sum m (fun u => ⟨a u - a (S u), z⟩) = ⟨a O - a m, z⟩).
    { induction m as [|m IH]; intros z; [simpl; expand; ring|]. rewrite sum_last, IH. expand. ring. }
    pose proof (square_of_mean H n (fun u => (a u - a (S u))%v) ltac:(lia)) as J.
    rewrite (square_ext H (a O - a n)%v (INR n * vector_mean n (fun u => a u - a (S u)))%v).
    - rewrite dot_scale, dot_scale_right. unfold mean in J. apply Rmult_le_compat_l with (r := INR n * INR n) in J; [|nra].
      rewrite <- Rmult_assoc. apply Rle_trans with (1 := J). right. field. lra.
    - intros z. rewrite dot_scale, dot_mean. unfold mean. rewrite T. field. lra.
  Qed.
End Distances.

(** s' follows from s by a round without faults; of the peers from n on nothing is said. *)
Definition flawless_round {H : space} (n : nat) (s s' : moshpit_state H) : Prop :=
  exists rank, ordered n rank (key s) /\ forall i, (i < n)%nat ->
    key s' i = tl (key s i ++ [rank i]) /\ held s' i = average_groups same_key n (key s) (held s) i.

Lemma same_discrepancy {H : space} n (x y : nat -> H) : (forall i, (i < n)%nat -> x i = y i) -> discrepancy n x = discrepancy n y.
Proof.
  intros E. unfold discrepancy. apply mean_ext; intros i Hi. rewrite (E i Hi).
  apply square_ext; intros z. expand. rewrite !dot_mean. rewrite (mean_ext n (fun i => ⟨x i, z⟩) (fun i => ⟨y i, z⟩)); [reflexivity|].
  intros j Hj. now rewrite (E j Hj).
Qed.

Lemma sum_longer k m (F : nat -> R) : (k <= m)%nat -> (forall t, 0 <= F t) -> sum k F <= sum m F.
Proof. intros Hk HF. induction Hk as [|m _ IH]; [lra|]. rewrite sum_last. pose proof (HF m). lra. Qed.

Lemma sum_at_least k i (F : nat -> R) : (i < k)%nat -> (forall j, 0 <= F j) -> F i <= sum k F.
Proof.
  intros Hi HF. induction k as [|k IH]; [lia|]. rewrite sum_last. pose proof (HF k). destruct (Nat.eq_dec i k) as [->|E].
  - pose proof (sum_nonnegative k F (fun j _ => HF j)). lra.
  - pose proof (IH ltac:(lia)). lra.
Qed.

Section Contraction.
  Context {H : space} (n D : nat) (st : nat -> moshpit_state H).
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis keys_length : forall i, (i < n)%nat -> length (key (st O) i) = D.
  Hypothesis flawless : forall t, (t < S D)%nat -> flawless_round n (st t) (st (S t)).
  Let x t i := held (st t) i.
  Let N := INR (S D).
  Let moved t := sum n (fun i => ‖x t i - x (S t) i‖²).
  Let total := sum (S D) moved.

  Lemma moved_is_lost t : (t < S D)%nat -> moved t = INR n * (discrepancy n (x t) - discrepancy n (x (S t))).
  Proof using n_positive flawless.
    intros Ht. destruct (flawless t Ht) as (rank & _ & E). assert (HN : 0 < INR n) by now apply lt_0_INR.
    rewrite (same_discrepancy n (x (S t)) (average_groups same_key n (key (st t)) (held (st t)))) by (intros i Hi; now apply E).
    rewrite (discrepancy_lost same_key n (key (st t)) (held (st t)) n_positive). unfold moved.
    rewrite (sum_ext n (fun i => ‖x t i - x (S t) i‖²) (fun i => ‖held (st t) i - average_groups same_key n (key (st t)) (held (st t)) i‖²)).
    - change (discrepancy n (x t)) with (discrepancy n (held (st t))). field. lra.
    - intros i Hi. unfold x. now rewrite (proj2 (E i Hi)).
  Qed.

  Lemma total_is_lost : total = INR n * (discrepancy n (x O) - discrepancy n (x (S D))).
  Proof using n_positive flawless.
    unfold total.
    assert (P : forall k, (k <= S D)%nat -> sum k moved = INR n * (discrepancy n (x O) - discrepancy n (x k))); [|now apply P].
    induction k as [|k IH]; intros Hk; [simpl; ring|]. rewrite sum_last, IH, moved_is_lost by lia. ring.
  Qed.

  Lemma moved_nonnegative t : 0 <= moved t.
  Proof using Type. apply sum_nonnegative; intros. apply dot_nonnegative. Qed.

  Lemma distance_moved t i : (t < S D)%nat -> (i < n)%nat -> ‖x O i - x (S t) i‖² <= N * total.
  Proof using n_positive.
    intros Ht Hi. apply Rle_trans with (1 := path_length (fun u => x u i) (S t)).
    assert (0 <= sum (S t) (fun u => ‖x u i - x (S u) i‖²)) by (apply sum_nonnegative; intros; apply dot_nonnegative).
    apply Rmult_le_compat; [apply pos_INR|assumption|apply le_INR; lia|].
    apply Rle_trans with (sum (S t) moved); [|now apply sum_longer; [lia|apply moved_nonnegative]].
    apply sum_le; intros u _. apply (sum_at_least n i (fun i => ‖x u i - x (S u) i‖²) Hi). intros; apply dot_nonnegative.
  Qed.

  Let B := 4 * N * total.

  Lemma distance_of_group t i j : (t < S D)%nat -> (i < n)%nat -> (j < n)%nat -> key (st t) i = key (st t) j -> ‖x O i - x O j‖² <= B.
  Proof using n_positive flawless.
    intros Ht Hi Hj E. destruct (flawless t Ht) as (rank & _ & F).
    assert (Same : x (S t) i = x (S t) j) by (unfold x; rewrite (proj2 (F i Hi)), (proj2 (F j Hj)); unfold average_groups; now rewrite E).
    pose proof (distance_moved t i Ht Hi) as Mi. pose proof (distance_moved t j Ht Hj) as Mj. rewrite <- Same in Mj.
    pose proof (young H (x O i - x (S t) i)%v ((-1) * (x O j - x (S t) i))%v) as Y.
    rewrite (square_ext H ((x O i - x (S t) i) + (-1) * (x O j - x (S t) i))%v (x O i - x O j)%v) in Y by (intros; expand; ring).
    rewrite (dot_scale _ (-1)), (dot_scale_right _ _ (-1)) in Y. unfold B. lra.
  Qed.

  Lemma total_nonnegative : 0 <= B.
  Proof using Type.
    unfold B. apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pos_INR]|]. apply sum_nonnegative; intros; apply moved_nonnegative.
  Qed.

  Lemma first_of_group t i : (t < S D)%nat -> (i < n)%nat ->
    exists j, (j < n)%nat /\ key (st t) j = key (st t) i /\ key (st (S t)) j = tl (key (st t) i ++ [0%nat]).
  Proof using n_positive flawless.
    intros Ht Hi. destruct (flawless t Ht) as (rank & O & F). pose proof (group_not_empty same_key n (key (st t)) i Hi) as L.
    assert (In 0%nat (map rank (group same_key n (key (st t)) (key (st t) i)))) as I
      by (apply (Permutation_in _ (Permutation_sym (O _))), in_seq; lia).
    apply in_map_iff in I as (j & E & J). apply in_group in J as [Hj Ej]. exists j. repeat split; [assumption|assumption|].
    now rewrite (proj1 (F j Hj)), Ej, E.
  Qed.

  Lemma near_a_zero_key u i : (u <= D)%nat -> (i < n)%nat ->
    exists j w, (j < n)%nat /\ length w = (D - u)%nat /\ key (st u) j = w ++ repeat 0%nat u /\ ‖x O i - x O j‖² <= INR (S u) ^ 2 * B.
  Proof using n_positive keys_length flawless.
    pose proof total_nonnegative as HB. induction u as [|u IH]; intros Hu Hi.
    - exists i, (key (st O) i). repeat split; [assumption|rewrite keys_length by assumption; lia|simpl; now rewrite app_nil_r|].
      apply Rle_trans with 0; [right; expand; ring|simpl; lra].
    - destruct (IH ltac:(lia) Hi) as (j & w & Hj & Hw & Ek & Hd). destruct (first_of_group u j ltac:(lia) Hj) as (j' & Hj' & E & E').
      destruct w as [|a w]; [simpl in Hw; lia|]. exists j', w. repeat split; [assumption|simpl in Hw; lia| |].
      + rewrite E', Ek. simpl. rewrite <- app_assoc. f_equal. symmetry. apply repeat_cons.
      + pose proof (distance_of_group u j j' ltac:(lia) Hj Hj' (eq_sym E)) as G.
        rewrite (square_ext H (x O i - x O j')%v ((x O i - x O j) + (x O j - x O j'))%v) by (intros; expand; ring).
        rewrite (S_INR (S u)). apply triangle; [apply lt_0_INR; lia|lra|exact Hd|lra].
  Qed.

  Lemma distance_of_any i j : (i < n)%nat -> (j < n)%nat -> ‖x O i - x O j‖² <= (2 * N + 1) ^ 2 * B.
  Proof using n_positive keys_length flawless.
    intros Hi Hj. assert (HN : 0 < N) by (apply lt_0_INR; lia).
    destruct (near_a_zero_key D i (le_n D) Hi) as (i' & w & Hi' & Lw & Ei & Di).
    destruct (near_a_zero_key D j (le_n D) Hj) as (j' & v & Hj' & Lv & Ej & Dj).
    rewrite Nat.sub_diag in Lw, Lv. apply length_zero_iff_nil in Lw as ->. apply length_zero_iff_nil in Lv as ->.
    pose proof (distance_of_group D i' j' ltac:(lia) Hi' Hj' (eq_trans Ei (eq_sym Ej))) as G. fold N in Di, Dj.
    replace (2 * N + 1) with ((N + 1) + N) by ring.
    rewrite (square_ext H (x O i - x O j)%v (((x O i - x O i') + (x O i' - x O j')) + (-1) * (x O j - x O j'))%v) by (intros; expand; ring).
    apply triangle; [lra|assumption| |].
    - apply triangle; [assumption|lra|exact Di|lra].
    - rewrite dot_scale, dot_scale_right. lra.
  Qed.

  (** 1/c = 4 N (2N + 1)^2 n *)
  Theorem flawless_contraction : discrepancy n (x (S D)) <= (1 - / (4 * N * (2 * N + 1) ^ 2 * INR n)) * discrepancy n (x O).
  Proof using n_positive keys_length flawless.
    assert (HN : 0 < N) by (apply lt_0_INR; lia). assert (Hn : 0 < INR n) by now apply lt_0_INR.
    assert (Spread : discrepancy n (x O) <= (2 * N + 1) ^ 2 * B).
    { unfold discrepancy. rewrite <- (mean_const n ((2 * N + 1) ^ 2 * B) n_positive). apply mean_le; intros i Hi.
      rewrite (square_ext H (x O i - vector_mean n (x O))%v (vector_mean n (fun j => x O i - x O j))%v).
      - apply Rle_trans with (1 := square_of_mean H n _ n_positive). rewrite <- (mean_const n ((2 * N + 1) ^ 2 * B) n_positive).
        apply mean_le; intros j Hj. now apply distance_of_any.
      - intros z. expand. rewrite !dot_mean, <- (mean_const n ⟨x O i, z⟩ n_positive), <- mean_scale, <- mean_add.
        apply mean_ext; intros; expand; ring. }
    unfold B in Spread. rewrite total_is_lost in Spread. set (C := 4 * N * (2 * N + 1) ^ 2 * INR n).
    assert (HC : 0 < C) by (unfold C; repeat apply Rmult_lt_0_compat; try lra; apply pow_lt; lra).
    assert (S1 : discrepancy n (x O) <= C * (discrepancy n (x O) - discrepancy n (x (S D)))) by (unfold C; lra).
    apply Rmult_le_reg_l with C; [assumption|].
    replace (C * ((1 - / C) * discrepancy n (x O))) with (C * discrepancy n (x O) - discrepancy n (x O)) by (field; lra). lra.
  Qed.
End Contraction.
