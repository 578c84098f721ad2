(** The main theorem of chapter 4 with random communication: weighted sums over all steps, and from them the objective at the
    weighted average of the iterates. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem WeightedSums Trajectory LocalParts LocalScheme.
Open Scope R_scope.

(** ** From the three sums to the theorem, as an inequality between numbers *)

(** Y, Z1, Z2, X, W: the weighted sums of gap, s1, s2, V and 1. P is 4 gamma^2 (1 - p)/p, b the bound of ((2 + p)/p) (M) + (N). *)
Lemma local_closing L gamma P Q1 Q2 (b : local_bound) (v1 v2 : local_variance) N Y Z1 Z2 X W t0 e1 e2 :
  0 < L -> 0 < gamma -> 0 <= P -> 0 <= Q1 -> 0 <= Q2 -> 0 <= Y -> 0 <= X ->
  B1_of b = 3 / 4 * rho_of v1 * Q1 -> B2_of b = 3 / 4 * rho_of v2 * Q2 ->
  2 * P * (F_of b + Q1 * G_of v1 + Q2 * G_of v2) <= 1 -> 16 * L * P * (A_of b + Q1 * C_of v1 + Q2 * C_of v2) <= 1 ->
  gamma * Y <= t0 + 2 * L * gamma * X + N * W ->
  3 / 4 * rho_of v1 * Z1 <= e1 + 2 * C_of v1 * Y + G_of v1 * X + added v1 * W ->
  3 / 4 * rho_of v2 * Z2 <= e2 + 2 * C_of v2 * Y + G_of v2 * X + added v2 * W ->
  X <= P * (2 * A_of b * Y + B1_of b * Z1 + B2_of b * Z2 + F_of b * X + D_of b * W) ->
  gamma * Y <= 2 * t0 + 4 * L * gamma * (2 * P * Q1 * e1 + 2 * P * Q2 * e2)
               + 2 * (N + 2 * L * gamma * (2 * P * (D_of b + Q1 * added v1 + Q2 * added v2))) * W.
Proof.
  intros HL Hg HP HQ1 HQ2 HY HX HB1 HB2 S3 S4 HT HS1 HS2 HV. rewrite HB1, HB2 in HV.
  apply Rmult_le_compat_l with (r := P * Q1) in HS1; [|now apply Rmult_le_pos].
  apply Rmult_le_compat_l with (r := P * Q2) in HS2; [|now apply Rmult_le_pos].
  assert (K3 : 0 <= X * (1 - 2 * P * (F_of b + Q1 * G_of v1 + Q2 * G_of v2))) by (apply Rmult_le_pos; lra).
  assert (K4 : 0 <= Y * (1 - 16 * L * P * (A_of b + Q1 * C_of v1 + Q2 * C_of v2))) by (apply Rmult_le_pos; lra).
  assert (KX : X <= 4 * P * (A_of b + Q1 * C_of v1 + Q2 * C_of v2) * Y + 2 * P * Q1 * e1 + 2 * P * Q2 * e2
                    + 2 * P * (D_of b + Q1 * added v1 + Q2 * added v2) * W) by lra.
  apply Rmult_le_compat_l with (r := 4 * L * gamma) in KX; [|apply Rmult_le_pos; lra].
  apply Rmult_le_compat_l with (r := gamma) in K4; [|lra]. lra.
Qed.

(** ** The theorem *)

(** ((2 + p)/p) (M) + (N) *)
Definition communicated (p : R) (worker_mean worker_variance : local_bound) : local_bound :=
  let combine of := (2 + p) / p * of worker_mean + of worker_variance in
  LocalBound (combine A_of) (combine B1_of) (combine B2_of) (combine F_of) (combine D_of).

(** 4 B/(3 rho): M of (A), Q of (M) and (N) *)
Definition variance_weight (B : R) (v : local_variance) : R := 4 * B / (3 * rho_of v).

Lemma variance_weight_nonnegative B v : 0 <= B -> 0 < rho_of v -> 0 <= variance_weight B v.
Proof. intros HB Hv. apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]. Qed.

Lemma variance_weight_suffices B v eta : 0 <= B -> 0 < rho_of v -> eta <= rho_of v / 4 ->
  B <= (rho_of v - eta) * variance_weight B v.
Proof.
  intros HB Hv Heta. pose proof (variance_weight_nonnegative B v HB Hv).
  apply Rle_trans with (3 / 4 * rho_of v * variance_weight B v); [right; unfold variance_weight; field; lra|].
  apply Rmult_le_compat_r; lra.
Qed.

Section LocalTheorem.
  Context {H : space} {Memory : Type} (f : problem H) (L mu : R) (x_star : H) (assumed : convex_smooth f L x_star).
  Variables (estimate : local_estimator H Memory) (server : local_server H Memory)
    (expected : (nat -> H) -> Memory -> nat -> H) (s1 s2 : Memory -> R)
    (worker_mean worker_variance mean_square : local_bound) (v1 v2 : local_variance) (p gamma : R).
  Hypothesis assumption : local_assumption f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p.

  Let n := size f.
  Let step := local_step n estimate server gamma.
  Let average (s : local_state H Memory) : H := vector_mean n (iterates s).
  Let gap s := mean_value f (average s) - mean_value f x_star.
  Let V (s : local_state H Memory) := discrepancy n (iterates s).
  Let s1_of (s : local_state H Memory) := s1 (local_memory s).
  Let s2_of (s : local_state H Memory) := s2 (local_memory s).

  Variables (eta P : R).
  Let b := communicated p worker_mean worker_variance.
  Let M1 := variance_weight (B1_of mean_square) v1.
  Let M2 := variance_weight (B2_of mean_square) v2.
  Let Q1 := variance_weight (B1_of b) v1.
  Let Q2 := variance_weight (B2_of b) v2.
  Hypothesis quasi : forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star.
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis p_range : 0 < p <= 1.
  Hypothesis rho1_range : 0 < rho_of v1 <= 1.
  Hypothesis rho2_range : 0 < rho_of v2 <= 1.
  Hypothesis P_is : P = 4 * gamma ^ 2 * (1 - p) / p.
  Hypothesis B_nonnegative : 0 <= B1_of mean_square /\ 0 <= B2_of mean_square /\ 0 <= B1_of b /\ 0 <= B2_of b.
  Hypothesis eta_mu : eta <= gamma * mu.
  Hypothesis eta_rho1 : eta <= rho_of v1 / 4.
  Hypothesis eta_rho2 : eta <= rho_of v2 / 4.
  Hypothesis eta_p : eta <= p / 4.
  Hypothesis S1 : 2 * gamma * (A_of mean_square + C_of v1 * M1 + C_of v2 * M2) <= 1.
  Hypothesis S2 : gamma * (F_of mean_square + G_of v1 * M1 + G_of v2 * M2) <= L.
  Hypothesis S3 : 2 * P * (F_of b + Q1 * G_of v1 + Q2 * G_of v2) <= 1.
  Hypothesis S4 : 16 * L * P * (A_of b + Q1 * C_of v1 + Q2 * C_of v2) <= 1.

  Let w := local_weight eta.

  Lemma weights_nonnegative : 0 <= M1 /\ 0 <= M2 /\ 0 <= Q1 /\ 0 <= Q2 /\ 0 <= P.
  Proof using rho1_range rho2_range B_nonnegative P_is p_range.
    destruct B_nonnegative as (B1 & B2 & B3 & B4).
    repeat split; [now apply variance_weight_nonnegative; [|apply rho1_range]|now apply variance_weight_nonnegative; [|apply rho2_range]
                  |now apply variance_weight_nonnegative; [|apply rho1_range]|now apply variance_weight_nonnegative; [|apply rho2_range]|].
    rewrite P_is. pose proof (pow2_ge_0 gamma).
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat; lra].
  Qed.

  (** What holds of one step from every state holds of the expectations after k. *)
  Lemma expected_recursion (start : local_state H Memory) (F : local_state H Memory -> R) (r ka k1 k2 kv kc : R) :
    (forall s, E[ F s' | s' <- step s ] <= (1 - r) * F s + (ka * gap s + k1 * s1_of s + k2 * s2_of s + kv * V s + kc)) ->
    let after G k := expectation (iterate step k start) G in
    forall k, after F (S k)
              <= (1 - r) * after F k + (ka * after gap k + k1 * after s1_of k + k2 * after s2_of k + kv * after V k + kc).
  Proof.
    intros HF after k. unfold after at 1. rewrite expectation_iterate_last.
    apply Rle_trans with (1 := expectation_le _ _ _ HF). right. unfold after.
    rewrite !expectation_add, !expectation_scale, expectation_const. reflexivity.
  Qed.

  Theorem local_sums (x0 : H) (t0 : Memory) (K : nat) :
    let start := LocalState (fun _ => x0) t0 in
    let D3 := 2 * P / gamma ^ 2 * (D_of b + Q1 * added v1 + Q2 * added v2) in
    gamma * sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ])
    <= 2 * (‖x0 - x_star‖² + M1 * gamma ^ 2 * s1 t0 + M2 * gamma ^ 2 * s2 t0)
       + 4 * L * gamma * (2 * P * Q1 * s1 t0 + 2 * P * Q2 * s2 t0)
       + 2 * gamma ^ 2 * (D_of mean_square + M1 * added v1 + M2 * added v2 + 2 * L * gamma * D3) * sum (S K) w.
  Proof using assumed assumption quasi mu_nonnegative gamma_positive p_range rho1_range rho2_range P_is B_nonnegative eta_mu eta_rho1
    eta_rho2 eta_p S1 S2 S3 S4.
    intros start D3. destruct weights_nonnegative as (HM1 & HM2 & HQ1 & HQ2 & HP). destruct B_nonnegative as (HB1 & HB2 & HB3 & HB4).
    set (T := fun s => ‖average s - x_star‖² + M1 * gamma ^ 2 * s1_of s + M2 * gamma ^ 2 * s2_of s).
    set (after := fun (F : local_state H Memory -> R) k => expectation (iterate step k start) F).
    assert (Heta : eta < 1) by lra. pose proof (pow2_ge_0 gamma) as Hg2.
    assert (gap_nonnegative : forall s, 0 <= gap s).
    { intros s. pose proof (convex_minimiser f L x_star assumed (average s)). unfold gap. lra. }
    assert (positive : forall F, (forall s, 0 <= F s) -> forall k, 0 <= after F k).
    { intros F HF k. now apply expectation_nonnegative. }
    assert (V_positive := positive V (fun s => discrepancy_nonnegative n (iterates s))).
    assert (s1_positive := positive s1_of (fun s => local_s1_nonnegative assumption (local_memory s))).
    assert (s2_positive := positive s2_of (fun s => local_s2_nonnegative assumption (local_memory s))).
    assert (T_positive : forall k, 0 <= after T k).
    { apply positive. intros s. pose proof (local_s1_nonnegative assumption (local_memory s)).
      pose proof (local_s2_nonnegative assumption (local_memory s)).
      apply Rplus_le_le_0_compat; [apply Rplus_le_le_0_compat; [apply dot_nonnegative|]|];
        (apply Rmult_le_pos; [now apply Rmult_le_pos|assumption]). }
    assert (started : forall F, after F O = F start) by (intros F; apply expectation_iterate_O).
    set (Y := sum (S K) (fun k => w k * after gap k)). set (X := sum (S K) (fun k => w k * after V k)).
    set (Z1 := sum (S K) (fun k => w k * after s1_of k)). set (Z2 := sum (S K) (fun k => w k * after s2_of k)).
    set (W := sum (S K) w).
    (* a one-step bound, summed *)
    assert (summed : forall F r ka k1 k2 kv kc, (forall k, 0 <= after F k) ->
      (forall s, E[ F s' | s' <- step s ] <= (1 - r) * F s + (ka * gap s + k1 * s1_of s + k2 * s2_of s + kv * V s + kc)) ->
      (r - eta) * sum (S K) (fun k => w k * after F k) <= F start + (ka * Y + k1 * Z1 + k2 * Z2 + kv * X + kc * W)).
    { intros F r ka k1 k2 kv kc HF Hstep. rewrite <- started.
      pose proof (local_weighted_recursion eta Heta _ _ r HF (expected_recursion start F r ka k1 k2 kv kc Hstep) (S K)) as R.
      apply Rle_trans with (1 := R). right. f_equal. apply weighted_combination. }
    set (c := (1 - p) * gamma ^ 2) in *.
    assert (HT := summed T eta (- gamma) 0 0 (2 * L * gamma) (gamma ^ 2 * (D_of mean_square + M1 * added v1 + M2 * added v2)) T_positive).
    assert (HS1 := summed s1_of (rho_of v1) (2 * C_of v1) 0 0 (G_of v1) (added v1) s1_positive).
    assert (HS2 := summed s2_of (rho_of v2) (2 * C_of v2) 0 0 (G_of v2) (added v2) s2_positive).
    assert (HV := summed V (p / 2) (c * (2 * A_of b)) (c * B1_of b) (c * B2_of b) (c * F_of b) (c * D_of b) V_positive).
    fold Z1 in HS1. fold Z2 in HS2. fold X in HV.
    specialize (HT ltac:(intros s;
      pose proof (local_one_step f L mu x_star assumed estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p gamma
        assumption eta M1 M2 quasi mu_nonnegative gamma_positive HM1 HM2 eta_mu
        (variance_weight_suffices _ _ _ HB1 (proj1 rho1_range) eta_rho1) (variance_weight_suffices _ _ _ HB2 (proj1 rho2_range) eta_rho2)
        S1 S2 s) as O;
      cbv zeta beta in O; fold n step in O; unfold T, gap, V, s1_of, s2_of, average; lra)).
    specialize (HS1 ltac:(intros s; unfold step, s1_of, n; rewrite (expectation_local_step f estimate server gamma);
      pose proof (local_recursion_1 assumption (iterates s) (local_memory s)) as R; unfold local_next_variance in R;
      simpl; rewrite expectation_const; unfold gap, V, average, n; lra)).
    specialize (HS2 ltac:(intros s; unfold step, s2_of, n; rewrite (expectation_local_step f estimate server gamma);
      pose proof (local_recursion_2 assumption (iterates s) (local_memory s)) as R; unfold local_next_variance in R;
      simpl; rewrite expectation_const; unfold gap, V, average, n; lra)).
    specialize (HV ltac:(intros s;
      pose proof (discrepancy_recursion f L x_star assumed estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p
        gamma assumption s p_range) as R;
      cbv zeta beta in R; fold n step c in R; apply Rle_trans with (1 := R); right; unfold local_sum, b, communicated; simpl;
      unfold gap, V, s1_of, s2_of, average, n; ring)).
    assert (HV0 : V start = 0) by exact (discrepancy_of_constants n (nonempty assumed) x0). rewrite HV0 in HV.
    assert (HT0 : T start = ‖x0 - x_star‖² + M1 * gamma ^ 2 * s1 t0 + M2 * gamma ^ 2 * s2 t0).
    { unfold T, s1_of, s2_of; simpl. do 2 f_equal. apply square_ext; intros z. unfold average; simpl.
      rewrite !dot_add, mean_of_constants by apply (nonempty assumed). reflexivity. }
    change (s1_of start) with (s1 t0) in HS1. change (s2_of start) with (s2 t0) in HS2.
    assert (w_positive : forall k, 0 <= w k) by (intros; left; now apply local_weight_positive).
    assert (sum_positive : forall F, (forall k, 0 <= after F k) -> 0 <= sum (S K) (fun k => w k * after F k)).
    { intros F HF. apply sum_nonnegative; intros; apply Rmult_le_pos; [apply w_positive|apply HF]. }
    assert (HY : 0 <= Y) by exact (sum_positive gap (positive gap gap_nonnegative)).
    assert (HX : 0 <= X) by exact (sum_positive V V_positive).
    assert (KZ1 : 0 <= (rho_of v1 / 4 - eta) * Z1) by (apply Rmult_le_pos; [lra|exact (sum_positive s1_of s1_positive)]).
    assert (KZ2 : 0 <= (rho_of v2 / 4 - eta) * Z2) by (apply Rmult_le_pos; [lra|exact (sum_positive s2_of s2_positive)]).
    assert (KX : 0 <= (p / 4 - eta) * X) by (apply Rmult_le_pos; lra).
    assert (HPV : X <= P * (2 * A_of b * Y + B1_of b * Z1 + B2_of b * Z2 + F_of b * X + D_of b * W)).
    { apply Rmult_le_reg_l with (p / 4); [lra|].
      replace (p / 4 * (P * (2 * A_of b * Y + B1_of b * Z1 + B2_of b * Z2 + F_of b * X + D_of b * W)))
        with (c * (2 * A_of b * Y + B1_of b * Z1 + B2_of b * Z2 + F_of b * X + D_of b * W)) by (rewrite P_is; unfold c; field; lra).
      lra. }
    pose proof (local_closing L gamma P Q1 Q2 b v1 v2 (gamma ^ 2 * (D_of mean_square + M1 * added v1 + M2 * added v2)) Y Z1 Z2 X W
      (T start) (s1 t0) (s2 t0) (L_positive assumed) gamma_positive HP HQ1 HQ2 HY HX ltac:(unfold Q1, variance_weight; field; lra)
      ltac:(unfold Q2, variance_weight; field; lra) S3 S4 ltac:(lra) ltac:(lra) ltac:(lra) HPV) as Close.
    apply Rle_trans with (1 := Close). rewrite HT0. right. unfold D3. field. lra.
  Qed.

  Let D3 := 2 * P / gamma ^ 2 * (D_of b + Q1 * added v1 + Q2 * added v2).
  Let noise := 2 * gamma * (D_of mean_square + M1 * added v1 + M2 * added v2 + 2 * L * gamma * D3).

  Let initial (x0 : H) (t0 : Memory) := 2 * (‖x0 - x_star‖² + M1 * gamma ^ 2 * s1 t0 + M2 * gamma ^ 2 * s2 t0)
                                        + 4 * L * gamma * (2 * P * Q1 * s1 t0 + 2 * P * Q2 * s2 t0).

  (** (1/W) sum_{k<=K} w_k E gap_k <= (2 T^0 + 4 L gamma (H1 s1^0 + H2 s2^0))/(gamma W) + noise *)
  Theorem local_average_of_gaps (x0 : H) (t0 : Memory) (K : nat) :
    let start := LocalState (fun _ => x0) t0 in
    sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ]) / sum (S K) w
    <= / sum (S K) w * (/ gamma * initial x0 t0) + noise.
  Proof using assumed assumption quasi mu_nonnegative gamma_positive p_range rho1_range rho2_range P_is B_nonnegative eta_mu eta_rho1
    eta_rho2 eta_p S1 S2 S3 S4.
    intros start. pose proof (local_sums x0 t0 K) as K1. cbv zeta in K1. fold start D3 (initial x0 t0) in K1.
    assert (Heta : eta < 1) by lra. pose proof (total_weight_positive eta Heta K) as HW. fold w in HW.
    set (W := sum (S K) w) in *. set (Y := sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ])) in *.
    apply Rmult_le_reg_r with (gamma * W); [now apply Rmult_lt_0_compat|].
    replace (Y / W * (gamma * W)) with (gamma * Y) by (field; lra). set (B := initial x0 t0) in *. clearbody B.
    replace ((/ W * (/ gamma * B) + noise) * (gamma * W)) with (B + gamma * noise * W) by (field; lra).
    unfold noise. lra.
  Qed.

  (** ... where 1/W <= (1 - eta)^{K+1} *)
  Corollary local_linear_rate (x0 : H) (t0 : Memory) (K : nat) :
    let start := LocalState (fun _ => x0) t0 in
    sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ]) / sum (S K) w
    <= (1 - eta) ^ S K * (/ gamma * initial x0 t0) + noise.
  Proof using assumed assumption quasi mu_nonnegative gamma_positive p_range rho1_range rho2_range P_is B_nonnegative eta_mu eta_rho1
    eta_rho2 eta_p S1 S2 S3 S4.
    intros start. destruct weights_nonnegative as (HM1 & HM2 & HQ1 & HQ2 & HP).
    apply Rle_trans with (1 := local_average_of_gaps x0 t0 K). apply Rplus_le_compat_r, Rmult_le_compat_r.
    - pose proof (local_s1_nonnegative assumption t0) as Hs1. pose proof (local_s2_nonnegative assumption t0) as Hs2.
      pose proof (dot_nonnegative H (x0 - x_star)%v) as HR. pose proof (L_positive assumed) as HL. pose proof (pow2_ge_0 gamma) as Hg2.
      unfold initial. set (e1 := s1 t0) in *. set (e2 := s2 t0) in *. clearbody e1 e2 M1 M2 Q1 Q2.
      assert (0 <= M1 * gamma ^ 2 * e1 /\ 0 <= M2 * gamma ^ 2 * e2) by (split; repeat apply Rmult_le_pos; lra).
      assert (0 <= L * gamma * (P * Q1 * e1) /\ 0 <= L * gamma * (P * Q2 * e2)) by (split; repeat apply Rmult_le_pos; lra).
      apply Rmult_le_pos; [left; now apply Rinv_0_lt_compat|lra].
    - apply total_weight_inverse. lra.
  Qed.

  (** ... of which E f(xbar^K) - f(x⋆) is not more, xbar^K the weighted average along a trajectory *)
  Theorem gap_of_average (start : local_state H Memory) (K : nat) :
    E[ mean_value f (weighted_average (S K) w (fun k => average (path k))) - mean_value f x_star | path <- trajectory step K start ]
    <= sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ]) / sum (S K) w.
  Proof using assumed rho1_range eta_rho1.
    assert (Heta : eta < 1) by (clear - rho1_range eta_rho1; lra).
    pose proof (total_weight_positive eta Heta K) as HW.
    assert (f_convex : convex (mean_value f) (mean_gradient f)).
    { intros y z. unfold mean_value, mean_gradient. rewrite dot_mean, <- mean_add. apply mean_le; intros i Hi.
      now apply (each_convex assumed). }
    apply Rle_trans with (E[ / sum (S K) w * sum (S K) (fun k => w k * gap (path k)) | path <- trajectory step K start ]).
    { apply expectation_le; intros path.
      pose proof (convex_weighted_average (mean_value f) (mean_gradient f) (S K) w (fun k => average (path k)) (mean_value f x_star)
        f_convex (fun k => Rlt_le _ _ (local_weight_positive eta Heta k)) HW) as J. unfold Rdiv in J. unfold gap. lra. }
    rewrite expectation_scale, expectation_sum. unfold Rdiv. rewrite Rmult_comm. right. f_equal.
    apply sum_ext; intros k Hk. rewrite expectation_scale. f_equal. apply (expectation_trajectory step K k start gap). lia.
  Qed.
End LocalTheorem.
