(** Moshpit All-Reduce with faults: if N rounds in a row are now and then without, all peers converge to the mean at a linear rate. *)
From Coq Require Import Reals Lra Lia List.
From Touchstone Require Import Sums Probability Space LocalParts Groups GroupAverages Moshpit MoshpitContraction.
Import ListNotations.
Open Scope R_scope.

(** What peers do in a round. Who does not register keeps its vector and its key; who registers but does not contribute keeps its
    vector and gets a rank: it dropped out, or its group was aborted, then nobody in it contributes. Ranks are any numbers. *)
Record conduct := Conduct { registers : nat -> bool; contributes : nat -> bool; rank_of : nat -> nat }.

Definition takes_part (c : conduct) (i : nat) : bool := andb (registers c i) (contributes c i).

Definition same_place : forall a b : list nat * nat, {a = b} + {a <> b}.
Proof. decide equality; [apply Nat.eq_dec|apply same_key]. Defined.

Section Method.
  Context {H : space} {World : Type} (n : nat).

  (** Those who take part average within their group, the others are alone. *)
  Definition faulty_round (c : conduct) (s : moshpit_state H) : moshpit_state H :=
    let place i := (key s i, if takes_part c i then 0%nat else S i) in
    Peers (fun i => if registers c i then tl (key s i ++ [rank_of c i]) else key s i) (average_groups same_place n place (held s)).

  Definition without_faults (s : moshpit_state H) (c : conduct) : Prop :=
    (forall i, (i < n)%nat -> takes_part c i = true) /\ ordered n (rank_of c) (key s).

  (** Conduct may depend on the keys, the vectors and anything else, the world: on all that was before, for example. *)
  Variable conducts : World * moshpit_state H -> law (conduct * World).

  Definition faulty_step (s : World * moshpit_state H) : law (World * moshpit_state H) :=
    draw o <- conducts s ;;
    ret (snd o, faulty_round (fst o) (snd s)).

  (** The probability that the next k rounds are without faults, as [flawless] says it. *)
  Variable flawless : moshpit_state H -> conduct -> bool.

  Fixpoint flawless_chance (k : nat) (s : World * moshpit_state H) : R :=
    match k with
    | O => 1
    | S k' => E[ if flawless (snd s) (fst o) then flawless_chance k' (snd o, faulty_round (fst o) (snd s)) else 0 | o <- conducts s ]
    end.
End Method.

Lemma no_faults_is_flawless {H : space} n (s : moshpit_state H) c : without_faults n s c -> flawless_round n s (faulty_round n c s).
Proof.
  intros [part O]. exists (rank_of c). split; [assumption|]. intros i Hi. pose proof (part i Hi) as P.
  assert (R : registers c i = true) by (unfold takes_part in P; now apply andb_prop in P). split.
  - simpl. now rewrite R.
  - simpl. unfold average_groups. f_equal. unfold group. apply filter_ext_in. intros j Hj. apply in_seq in Hj. rewrite P, part by lia.
    destruct (same_place _ _) as [E|E], (same_key (key s j) (key s i)) as [F|F]; try reflexivity; exfalso.
    + injection E as E. contradiction.
    + apply E. now rewrite F.
Qed.

Lemma outsider_keeps {H : space} n c (s : moshpit_state H) i z : (i < n)%nat -> takes_part c i = false ->
  ⟨held (faulty_round n c s) i, z⟩ = ⟨held s i, z⟩.
Proof.
  intros Hi P. set (place := fun j => (key s j, if takes_part c j then 0%nat else S j)).
  change (⟨average_groups same_place n place (held s) i, z⟩ = ⟨held s i, z⟩). unfold average_groups. rewrite dot_mean_over, group_size.
  assert (A : forall j, has_label same_place place (place i) j = if Nat.eqb j i then 1 else 0).
  { intros j. unfold has_label, place. rewrite P. destruct (Nat.eqb_spec j i) as [->|E].
    - rewrite P. now destruct (same_place _ _).
    - destruct (same_place _ _) as [F|_]; [exfalso|reflexivity]. destruct (takes_part c j); injection F as _ F; [discriminate|contradiction]. }
  rewrite (sum_ext n (has_label same_place place (place i)) (fun j => if Nat.eqb j i then 1 else 0)) by (intros; apply A).
  rewrite (sum_ext n (fun j => has_label same_place place (place i) j * ⟨held s j, z⟩) (fun j => if Nat.eqb j i then ⟨held s i, z⟩ else 0)).
  - rewrite (sum_update n i 1 (fun _ => 0) Hi), (sum_update n i ⟨held s i, z⟩ (fun _ => 0) Hi), sum_const. field.
  - intros j _. rewrite A. destruct (Nat.eqb_spec j i) as [->|]; ring.
Qed.

Section Faults.
  Context {H : space} {World : Type} (n D : nat) (conducts : World * moshpit_state H -> law (conduct * World)).
  Variable flawless : moshpit_state H -> conduct -> bool.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis flawless_correct : forall s c, flawless s c = true -> without_faults n s c.
  Let N := S D.
  Let step := faulty_step n conducts.
  Let disp (s : World * moshpit_state H) := discrepancy n (held (snd s)).
  Let chance := flawless_chance n conducts flawless.

  (** ** Every round *)

  Lemma no_growth c (s : moshpit_state H) : discrepancy n (held (faulty_round n c s)) <= discrepancy n (held s).
  Proof using n_positive.
    simpl. rewrite discrepancy_lost by assumption.
    match goal with |- _ - ?a <= _ => assert (0 <= a); [|lra] end.
    apply Rmult_le_pos; [apply inverse_nonnegative|apply sum_nonnegative; intros; apply dot_nonnegative].
  Qed.

  (** Keys have D entries, and the mean of the vectors is u. *)
  Definition in_order (u : H) (s : World * moshpit_state H) : Prop :=
    (forall i, (i < n)%nat -> length (key (snd s) i) = D) /\ forall z, ⟨vector_mean n (held (snd s)), z⟩ = ⟨u, z⟩.

  Lemma stays_in_order u w c s : in_order u s -> in_order u (w, faulty_round n c (snd s)).
  Proof using n_positive.
    intros [L M]. split.
    - intros i Hi. simpl. destruct (registers c i); [|now apply L]. pose proof (L i Hi).
      destruct (key (snd s) i) as [|a l]; simpl in *; [lia|].
      rewrite app_length. simpl. lia.
    - intros z. rewrite <- M. simpl. apply averaged_same_mean.
  Qed.

  (** What holds of states in order may be used in expectations. *)
  Lemma iterate_le_in_order u (F G : World * moshpit_state H -> R) : (forall s, in_order u s -> F s <= G s) ->
    forall k s, in_order u s -> E[ F s' | s' <- iterate step k s ] <= E[ G s' | s' <- iterate step k s ].
  Proof using n_positive.
    intros FG. induction k as [|k IH]; intros s Hs; [rewrite !expectation_iterate_O; now apply FG|].
    rewrite !expectation_iterate_S. unfold step, faulty_step. rewrite !expectation_bind. apply expectation_le. intros [c w].
    rewrite !expectation_ret. apply IH, stays_in_order, Hs.
  Qed.

  Lemma no_growth_of_expectation k : forall s, E[ disp s' | s' <- iterate step k s ] <= disp s.
  Proof using n_positive.
    induction k as [|k IH]; intros s; [rewrite expectation_iterate_O; lra|].
    rewrite expectation_iterate_S. unfold step, faulty_step. rewrite expectation_bind, <- (expectation_const (conducts s) (disp s)).
    apply expectation_le. intros [c w]. rewrite expectation_ret. apply Rle_trans with (1 := IH _). apply no_growth.
  Qed.

  (** ** N rounds *)

  Let loss := / (4 * INR N * (2 * INR N + 1) ^ 2 * INR n).

  Lemma rest_of_window k : forall t s (st : nat -> moshpit_state H), (t + k = N)%nat ->
    (forall i, (i < n)%nat -> length (key (st O) i) = D) -> st t = snd s ->
    (forall u, (u < t)%nat -> flawless_round n (st u) (st (S u))) -> disp s <= discrepancy n (held (st O)) ->
    E[ disp s' | s' <- iterate step k s ] <= discrepancy n (held (st O)) - loss * discrepancy n (held (st O)) * chance k s.
  Proof using n_positive flawless_correct.
    induction k as [|k IH]; intros t s st Ht L E F below; set (d := discrepancy n (held (st O))) in *.
    - rewrite expectation_iterate_O. simpl. replace t with (S D) in * by (unfold N in Ht; lia).
      pose proof (flawless_contraction n D st n_positive L F) as C. unfold disp. rewrite <- E.
      change (discrepancy n (held (st (S D))) <= (1 - loss) * d) in C. lra.
    - rewrite expectation_iterate_S. unfold step at 1, faulty_step at 1. rewrite expectation_bind. simpl chance.
      apply Rle_trans with (E[ d + (- (loss * d)) * (if flawless (snd s) (fst o) then chance k (snd o, faulty_round n (fst o) (snd s)) else 0)
                             | o <- conducts s ]).
      + apply expectation_le. intros [c w]. rewrite expectation_ret. simpl fst; simpl snd.
        assert (below' : disp (w, faulty_round n c (snd s)) <= d) by (apply Rle_trans with (2 := below), no_growth).
        destruct (flawless (snd s) c) eqn:Fc.
        * set (s' := (w, faulty_round n c (snd s))) in *. set (st' := fun u => if Nat.leb u t then st u else snd s').
          assert (E0 : st' O = st O) by reflexivity.
          pose proof (IH (S t) s' st') as I. rewrite E0 in I. fold d in I.
          assert (I' : E[ disp s'0 | s'0 <- iterate step k s' ] <= d - loss * d * chance k s'); [|unfold step in I' |- *; lra].
          apply I; [lia|assumption| | |assumption].
          -- unfold st'. destruct (Nat.leb_spec (S t) t); [lia|reflexivity].
          -- intros u Hu. unfold st'. destruct (Nat.leb_spec u t); [|lia]. destruct (Nat.leb_spec (S u) t); [apply F; lia|].
             replace u with t by lia. rewrite E. unfold s'. simpl. now apply no_faults_is_flawless, flawless_correct.
        * rewrite Rmult_0_r, Rplus_0_r. apply Rle_trans with (1 := no_growth_of_expectation k _). exact below'.
      + rewrite expectation_add, expectation_const, expectation_scale. unfold chance. simpl. lra.
  Qed.

  Lemma loss_range : 0 < loss <= 1.
  Proof using n_positive.
    assert (HN : 1 <= INR N) by (change 1 with (INR 1); apply le_INR; unfold N; lia).
    assert (Hn : 1 <= INR n) by (change 1 with (INR 1); apply le_INR; lia).
    assert (P : 1 <= (2 * INR N + 1) ^ 2) by nra. assert (P2 : 1 <= 4 * INR N * (2 * INR N + 1) ^ 2) by nra.
    assert (1 <= 4 * INR N * (2 * INR N + 1) ^ 2 * INR n) by nra. unfold loss. split; [apply Rinv_0_lt_compat; lra|].
    rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
  Qed.

  (** Where every round is without faults with probability q or more, N rounds are with probability q^N. *)
  Lemma chance_of_rounds q : 0 <= q ->
    (forall s, (forall i, (i < n)%nat -> length (key (snd s) i) = D) -> q <= E[ if flawless (snd s) (fst o) then 1 else 0 | o <- conducts s ]) ->
    forall k s, (forall i, (i < n)%nat -> length (key (snd s) i) = D) -> q ^ k <= chance k s.
  Proof using n_positive.
    intros Hq round. induction k as [|k IH]; intros s L; [simpl; lra|].
    pose proof (Rmult_le_compat_l (q ^ k) _ _ (pow_le q k Hq) (round s L)) as M. rewrite <- expectation_scale in M.
    simpl. rewrite Rmult_comm. apply Rle_trans with (1 := M). apply expectation_le. intros [c w]. simpl fst; simpl snd.
    destruct (flawless (snd s) c); [|lra]. rewrite Rmult_1_r. apply IH.
    exact (proj1 (stays_in_order (vector_mean n (held (snd s))) w c s (conj L (fun z => eq_refl)))).
  Qed.

  Variable epsilon : R.
  Hypothesis epsilon_range : 0 <= epsilon <= 1.
  Hypothesis now_and_then : forall s, (forall i, (i < n)%nat -> length (key (snd s) i) = D) -> epsilon <= chance N s.

  Lemma window u s : in_order u s -> E[ disp s' | s' <- iterate step N s ] <= (1 - epsilon * loss) * disp s.
  Proof using n_positive flawless_correct now_and_then.
    intros [L _].
    pose proof (rest_of_window N O s (fun _ => snd s) eq_refl L eq_refl (fun u Hu => False_ind _ (Nat.nlt_0_r u Hu)) (Rle_refl _)) as W.
    change (E[ disp s' | s' <- iterate step N s ] <= disp s - loss * disp s * chance N s) in W.
    pose proof (discrepancy_nonnegative n (held (snd s))) as P. change (0 <= disp s) in P. pose proof loss_range.
    assert (Q : 0 <= loss * disp s) by (apply Rmult_le_pos; lra).
    pose proof (Rmult_le_compat_l (loss * disp s) _ _ Q (now_and_then s L)). lra.
  Qed.

  Lemma expectation_iterate_add a b : forall s F,
    expectation (iterate step (a + b) s) F = E[ expectation (iterate step b s') F | s' <- iterate step a s ].
  Proof using Type.
    induction a as [|a IH]; intros s F; [now rewrite expectation_iterate_O|].
    change (S a + b)%nat with (S (a + b)). rewrite !expectation_iterate_S. apply expectation_ext; intros; apply IH.
  Qed.

  (** E (1/n) sum_i |x_i - u|^2 after K N rounds, u the mean at the start *)
  Theorem convergence K : forall s, (forall i, (i < n)%nat -> length (key (snd s) i) = D) ->
    let u := vector_mean n (held (snd s)) in
    E[ mean n (fun i => ‖held (snd s') i - u‖²) | s' <- iterate step (K * N) s ]
    <= (1 - epsilon * loss) ^ K * mean n (fun i => ‖held (snd s) i - u‖²).
  Proof using n_positive flawless_correct epsilon_range now_and_then.
    intros s L u. assert (O : in_order u s) by (split; [assumption|reflexivity]).
    pose proof loss_range. assert (Q : 0 <= 1 - epsilon * loss) by nra.
    apply Rle_trans with (E[ disp s' | s' <- iterate step (K * N) s ]).
    - apply (iterate_le_in_order u); [|assumption]. intros s' [_ M]. right. unfold disp, discrepancy.
      apply mean_ext; intros i _. apply square_ext; intros z. expand. now rewrite M.
    - change (mean n (fun i => ‖held (snd s) i - u‖²)) with (disp s). clearbody u. clear L. revert s O.
      induction K as [|K IH]; intros s O; [simpl; rewrite expectation_ret; lra|].
      replace (S K * N)%nat with (K * N + N)%nat by lia. rewrite expectation_iterate_add.
      apply Rle_trans with (E[ (1 - epsilon * loss) * disp s' | s' <- iterate step (K * N) s ]).
      + apply (iterate_le_in_order u); [|assumption]. intros s' O'. now apply (window u).
      + rewrite expectation_scale. pose proof (Rmult_le_compat_l _ _ _ Q (IH s O)). simpl. lra.
  Qed.
End Faults.
