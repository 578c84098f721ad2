(** Compressors: what theorems assume of them, and that RandK and TopK satisfy it, with the constants attained. *)
From Coq Require Import Reals Lra Lia List.
From Touchstone Require Import Sums Probability Space.
Import ListNotations.
Open Scope R_scope.

(** A compressor gives the law of the message for every vector. *)
Definition compressor (H : space) : Type := H -> law H.

Definition unbiased {H : space} (Q : compressor H) : Prop :=
  forall x, has_mean (Q x) x.

(** E|Q(x) - x|^2 <= omega |x|^2 *)
Definition variance_at_most {H : space} (omega : R) (Q : compressor H) : Prop :=
  forall x, E[ ‖v - x‖² | v <- Q x ] <= omega * ‖x‖².

(** E|C(x) - x|^2 <= (1 - delta) |x|^2 *)
Definition contractive {H : space} (delta : R) (C : compressor H) : Prop :=
  forall x, E[ ‖v - x‖² | v <- C x ] <= (1 - delta) * ‖x‖².

Definition bit (b : bool) : R := if b then 1 else 0.

(** ** RandK: keep K coordinates chosen uniformly, scaled by d/K *)

(** The K-subsets of {0, ..., d-1}, as characteristic functions. *)
Fixpoint subsets (d K : nat) : list (nat -> bool) :=
  match d, K with
  | _, O => [fun _ => false]
  | O, S _ => []
  | S d', S K' => map (cons true) (subsets d' K') ++ map (cons false) (subsets d' K)
  end.

Definition keep_scaled (d K : nat) (kept : nat -> bool) (x : Rd d) : Rd d :=
  fun i => INR d / INR K * bit (kept i) * x i.

Definition rand_k (d K : nat) : compressor (Rd d) := fun x =>
  draw kept <- one_of (fun _ => true) (subsets d K) ;;
  ret (keep_scaled d K kept x).

Fixpoint binomial (n k : nat) : R :=
  match n, k with
  | _, O => 1
  | O, S _ => 0
  | S n', S k' => binomial n' k' + binomial n' k
  end.

Lemma list_sum_app {T} (l l' : list T) F : list_sum (l ++ l') F = list_sum l F + list_sum l' F.
Proof. induction l; simpl; [lra|]. rewrite IHl; lra. Qed.

Lemma list_sum_map {T U} (h : T -> U) l F : list_sum (map h l) F = list_sum l (fun v => F (h v)).
Proof. induction l; simpl; [reflexivity|]. now rewrite IHl. Qed.

Lemma list_sum_const {T} (l : list T) c : list_sum l (fun _ => c) = c * INR (length l).
Proof. induction l as [|v l IH]; [simpl; lra|]. simpl length. rewrite S_INR; simpl; rewrite IH; lra. Qed.

Lemma number_of_subsets d K : INR (length (subsets d K)) = binomial d K.
Proof.
  revert K; induction d as [|d IH]; intros [|K]; simpl subsets; simpl binomial; try (simpl; lra).
  rewrite app_length, !map_length, plus_INR, !IH. reflexivity.
Qed.

Lemma binomial_0 n : binomial n 0 = 1.
Proof. now destruct n. Qed.

Lemma number_of_subsets_with d K i : (i < d)%nat ->
  list_sum (subsets d (S K)) (fun kept => bit (kept i)) = binomial (pred d) K.
Proof.
  revert K i; induction d as [|d IH]; intros K i Hi; [lia|].
  simpl subsets. rewrite list_sum_app, !list_sum_map. destruct i as [|i].
  - simpl cons. simpl bit. rewrite !list_sum_const, number_of_subsets. simpl pred. lra.
  - simpl. destruct d as [|d]; [lia|]. rewrite IH by lia.
    destruct K as [|K]; [|rewrite IH by lia; simpl; lra].
    simpl. rewrite binomial_0; lra.
Qed.

Lemma binomial_absorption n k : INR (S n) * binomial n k = INR (S k) * binomial (S n) (S k).
Proof.
  revert k; induction n as [|n IH]; intros k.
  - destruct k as [|[|k]]; simpl; lra.
  - destruct k as [|k].
    + specialize (IH 0%nat). change (binomial (S (S n)) 1) with (binomial (S n) 0 + binomial (S n) 1).
      rewrite !binomial_0 in *. rewrite !S_INR in *. simpl INR in *. nra.
    + pose proof (IH k) as I1; pose proof (IH (S k)) as I2.
      change (binomial (S (S n)) (S (S k))) with (binomial (S n) (S k) + binomial (S n) (S (S k))).
      change (binomial (S n) (S k)) with (binomial n k + binomial n (S k)) in *.
      rewrite !S_INR in *. nra.
Qed.

Lemma binomial_nonnegative n k : 0 <= binomial n k.
Proof. revert k; induction n as [|n IH]; intros [|k]; simpl; try lra. generalize (IH k), (IH (S k)); lra. Qed.

Lemma binomial_positive n k : (k <= n)%nat -> 0 < binomial n k.
Proof.
  revert k; induction n as [|n IH]; intros [|k] Hk; simpl; try lra; try lia.
  assert (0 < binomial n k) by (apply IH; lia). generalize (binomial_nonnegative n (S k)); lra.
Qed.

Section RandK.
  Variables (d K : nat).
  Hypothesis K_range : (1 <= K <= d)%nat.
  Let subset := one_of (fun _ => true) (subsets d K).

  (** Every coordinate is kept with probability K/d. *)
  Lemma probability_kept i : (i < d)%nat -> E[ bit (kept i) | kept <- subset ] = INR K / INR d.
  Proof.
    intros Hi. pose proof (binomial_positive d K (proj2 K_range)) as B. assert (0 < INR d) by (apply lt_0_INR; lia).
    unfold subset. rewrite expectation_one_of.
    2:{ intros E. pose proof (number_of_subsets d K) as N. rewrite E in N. simpl in N. lra. }
    rewrite number_of_subsets. destruct K as [|k]; [lia|]. rewrite number_of_subsets_with by assumption.
    destruct d as [|n]; [lia|]. simpl pred.
    pose proof (binomial_absorption n k) as Ha. apply Rmult_eq_reg_l with (binomial (S n) (S k)); [|lra].
    rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra. apply Rmult_eq_reg_l with (INR (S n)); [|lra]. rewrite Ha. field. lra.
  Qed.

  Lemma expectation_rand_k x F : expectation (rand_k d K x) F = E[ F (keep_scaled d K kept x) | kept <- subset ].
  Proof. unfold rand_k. rewrite expectation_bind. apply expectation_ext; intros. apply expectation_ret. Qed.

  Theorem rand_k_unbiased : unbiased (rand_k d K).
  Proof.
    intros x z. rewrite expectation_rand_k. assert (0 < INR d /\ 0 < INR K) by (split; apply lt_0_INR; lia).
    simpl. rewrite expectation_sum. apply sum_ext. intros i Hi.
    rewrite (expectation_ext subset _ (fun kept => (INR d / INR K * x i * z i) * bit (kept i))) by (intros; unfold keep_scaled; ring).
    rewrite expectation_scale, probability_kept by assumption. field; lra.
  Qed.

  Theorem rand_k_variance x : E[ ‖v - x‖² | v <- rand_k d K x ] = (INR d / INR K - 1) * ‖x‖².
  Proof.
    rewrite expectation_rand_k. assert (0 < INR d /\ 0 < INR K) by (split; apply lt_0_INR; lia).
    simpl. rewrite expectation_sum, <- sum_scale. apply sum_ext. intros i Hi.
    set (q := INR d / INR K).
    rewrite (expectation_ext subset _ (fun kept => x i * x i + ((q * q - 2 * q) * (x i * x i)) * bit (kept i))).
    2:{ intros kept; unfold keep_scaled; fold q. destruct (kept i); simpl; ring. }
    rewrite expectation_add, expectation_const, expectation_scale, probability_kept by assumption. unfold q; field; lra.
  Qed.

  Lemma rand_k_omega_nonnegative : 0 <= INR d / INR K - 1.
  Proof using K_range.
    assert (0 < INR K) by (apply lt_0_INR; lia). assert (INR K <= INR d) by (apply le_INR; lia).
    apply Rmult_le_reg_r with (INR K); [assumption|]. field_simplify; lra.
  Qed.
End RandK.

(** ** TopK: keep the K coordinates of largest magnitude *)

(** u is x with all but K coordinates set to zero, none of which exceeds a kept one in magnitude. Which are kept where
    magnitudes are equal is left open. *)
Definition is_top_k (d K : nat) (x u : Rd d) : Prop :=
  exists kept : nat -> bool,
    sum d (fun i => bit (kept i)) = INR K /\
    (forall i j, (i < d)%nat -> (j < d)%nat -> kept i = true -> kept j = false -> Rabs (x j) <= Rabs (x i)) /\
    (forall i, (i < d)%nat -> u i = bit (kept i) * x i).

Lemma square_le_of_abs a b : Rabs a <= Rabs b -> a * a <= b * b.
Proof. intros H. apply Rsqr_le_abs_1 in H. exact H. Qed.

Lemma top_k_lost d (x u : Rd d) kept : (forall i, (i < d)%nat -> u i = bit (kept i) * x i) ->
  ‖u - x‖² = sum d (fun i => (1 - bit (kept i)) * (x i * x i)).
Proof. intros Hu. simpl. apply sum_ext; intros i Hi. rewrite (Hu i Hi). destruct (kept i); simpl; ring. Qed.

(** Sum over all pairs (kept, dropped) of the differences of squares, which are nonnegative. *)
Theorem top_k_contraction d K (x u : Rd d) : (0 < d)%nat -> is_top_k d K x u ->
  ‖u - x‖² <= (1 - INR K / INR d) * ‖x‖².
Proof.
  intros Hd (kept & Hcount & Hlargest & Hu). assert (0 < INR d) by (now apply lt_0_INR).
  rewrite (top_k_lost d x u kept Hu).
  pose (y := fun i => x i * x i). pose (b := fun i => bit (kept i)).
  set (dropped := sum d (fun i => (1 - b i) * y i)). set (taken := sum d (fun i => b i * y i)).
  assert (0 <= sum d (fun i => sum d (fun j => b i * (1 - b j) * (y i - y j)))) as P.
  { apply sum_nonnegative; intros i Hi; apply sum_nonnegative; intros j Hj. unfold b, y.
    destruct (kept i) eqn:Si, (kept j) eqn:Sj; simpl; try lra.
    pose proof (square_le_of_abs _ _ (Hlargest i j Hi Hj Si Sj)). lra. }
  rewrite (sum_ext _ _ (fun i => (INR d - INR K) * (b i * y i) + (- dropped) * b i)) in P.
  2:{ intros i Hi.
      rewrite (sum_ext _ _ (fun j => (b i * y i) * 1 + ((- (b i * y i)) * b j + (- b i) * ((1 - b j) * y j)))) by (intros; ring).
      rewrite !sum_add, !sum_scale, sum_const. fold dropped. rewrite <- Hcount. unfold b. ring. }
  rewrite sum_add, !sum_scale in P. fold taken in P. unfold b in P at 1. rewrite Hcount in P.
  assert (Hy : ‖x‖² = taken + dropped).
  { unfold taken, dropped. simpl. rewrite <- sum_add. apply sum_ext; intros; unfold y; ring. }
  rewrite Hy. change (dropped <= (1 - INR K / INR d) * (taken + dropped)).
  apply Rmult_le_reg_l with (INR d); [assumption|].
  replace (INR d * ((1 - INR K / INR d) * (taken + dropped))) with ((INR d - INR K) * (taken + dropped)) by (field; lra). nra.
Qed.

Theorem top_k_contraction_attained d K (x u : Rd d) c : (0 < d)%nat -> is_top_k d K x u ->
  (forall i, (i < d)%nat -> Rabs (x i) = c) ->
  ‖u - x‖² = (1 - INR K / INR d) * ‖x‖².
Proof.
  intros Hd (kept & Hcount & _ & Hu) Hc. assert (0 < INR d) by (now apply lt_0_INR).
  assert (Hsq : forall i, (i < d)%nat -> x i * x i = c * c).
  { intros i Hi. rewrite <- (Hc i Hi), <- Rabs_mult. symmetry; apply Rabs_right. nra. }
  rewrite (top_k_lost d x u kept Hu).
  rewrite (sum_ext d _ (fun i => c * c * 1 + (- (c * c)) * bit (kept i))) by (intros i Hi; rewrite Hsq by assumption; ring).
  rewrite sum_add, !sum_scale, Hcount, sum_const.
  replace (‖x‖²) with (INR d * (c * c)); [field; lra|].
  simpl. rewrite (sum_ext d _ (fun _ => c * c)) by exact Hsq. now rewrite sum_const.
Qed.

Corollary top_k_contractive d K (C : Rd d -> Rd d) : (0 < d)%nat -> (forall x, is_top_k d K x (C x)) ->
  contractive (INR K / INR d) (fun x => ret (C x)).
Proof. intros Hd HC x. rewrite expectation_ret. now apply top_k_contraction. Qed.
