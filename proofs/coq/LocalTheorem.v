(** The main theorem of chapter 4 with random communication: weighted sums over all steps, and from them the objective at the
    weighted average of the iterates. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem WeightedSums Trajectory LocalParts LocalScheme.
Open Scope R_scope.

(** ** From the three sums to the theorem, as an inequality between numbers *)

(** Y, S, X, W: the weighted sums of gap, s, V and 1. P is 4 gamma^2 (1 - p)/p, the bound b is that of ((2 + p)/p) (M) + (N). *)
Lemma local_closing L gamma P Q (b : local_bound) rho C G D2 N Y S X W t0 s0 :
  0 < L -> 0 < gamma -> 0 <= P -> 0 <= Q -> 0 <= Y -> 0 <= X -> B_of b = 3 / 4 * rho * Q ->
  2 * P * (F_of b + Q * G) <= 1 -> 16 * L * P * (A_of b + Q * C) <= 1 ->
  gamma * Y <= t0 + 2 * L * gamma * X + N * W ->
  3 / 4 * rho * S <= s0 + 2 * C * Y + G * X + D2 * W ->
  X <= P * (2 * A_of b * Y + B_of b * S + F_of b * X + D_of b * W) ->
  gamma * Y <= 2 * t0 + 4 * L * gamma * (2 * P * Q) * s0 + 2 * (N + 2 * L * gamma * (2 * P * (D_of b + Q * D2))) * W.
Proof.
  intros HL Hg HP HQ HY HX HB S3 S4 HT HS HV. rewrite HB in HV.
  apply Rmult_le_compat_l with (r := P * Q) in HS; [|now apply Rmult_le_pos].
  (* 2L X <= Y/2 + 4 L P (Q s0 + (D + Q D2) W) *)
  assert (K3 : 0 <= X * (1 - 2 * P * (F_of b + Q * G))) by (apply Rmult_le_pos; lra).
  assert (K4 : 0 <= Y * (1 - 16 * L * P * (A_of b + Q * C))) by (apply Rmult_le_pos; lra).
  assert (KX : X <= 4 * P * (A_of b + Q * C) * Y + 2 * P * Q * s0 + 2 * P * (D_of b + Q * D2) * W) by lra.
  apply Rmult_le_compat_l with (r := 4 * L * gamma) in KX; [|apply Rmult_le_pos; lra].
  apply Rmult_le_compat_l with (r := gamma) in K4; [|lra]. lra.
Qed.

(** ** The theorem *)

(** ((2 + p)/p) (M) + (N) *)
Definition communicated (p : R) (worker_mean worker_variance : local_bound) : local_bound :=
  let combine of := (2 + p) / p * of worker_mean + of worker_variance in
  LocalBound (combine A_of) (combine B_of) (combine F_of) (combine D_of).

Section LocalTheorem.
  Context {H : space} {Memory : Type} (f : problem H) (L mu : R) (x_star : H) (assumed : convex_smooth f L x_star).
  Variables (estimate : local_estimator H Memory) (server : local_server H Memory)
    (expected : (nat -> H) -> Memory -> nat -> H) (sigma : Memory -> R)
    (worker_mean worker_variance mean_square : local_bound) (rho C G D2 p gamma : R).
  Hypothesis assumption : local_assumption f x_star estimate server expected sigma worker_mean worker_variance mean_square
    rho C G D2 p.

  Let n := size f.
  Let step := local_step n estimate server gamma.
  Let average (s : local_state H Memory) : H := vector_mean n (iterates s).
  Let gap s := mean_value f (average s) - mean_value f x_star.
  Let V (s : local_state H Memory) := discrepancy n (iterates s).
  Let s_of (s : local_state H Memory) := sigma (local_memory s).

  Variables (eta P : R).
  Let b := communicated p worker_mean worker_variance.
  Let M := 4 * B_of mean_square / (3 * rho).
  Let Q := 4 * B_of b / (3 * rho).
  Hypothesis quasi : forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star.
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis p_range : 0 < p <= 1.
  Hypothesis rho_range : 0 < rho <= 1.
  Hypothesis P_is : P = 4 * gamma ^ 2 * (1 - p) / p.
  Hypothesis B_nonnegative : 0 <= B_of mean_square.
  Hypothesis b_nonnegative : 0 <= B_of b.
  Hypothesis eta_mu : eta <= gamma * mu.
  Hypothesis eta_rho : eta <= rho / 4.
  Hypothesis eta_p : eta <= p / 4.
  Hypothesis S1 : 2 * gamma * (A_of mean_square + C * M) <= 1.
  Hypothesis S2 : gamma * (F_of mean_square + G * M) <= L.
  Hypothesis S3 : 2 * P * (F_of b + Q * G) <= 1.
  Hypothesis S4 : 16 * L * P * (A_of b + Q * C) <= 1.

  Let w := local_weight eta.

  Theorem local_sums (x0 : H) (t0 : Memory) (K : nat) :
    let start := LocalState (fun _ => x0) t0 in
    let D3 := 2 * P / gamma ^ 2 * (D_of b + Q * D2) in
    gamma * sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ])
    <= 2 * ‖x0 - x_star‖² + 2 * M * gamma ^ 2 * sigma t0 + 4 * L * (2 * P * Q) * gamma * sigma t0
       + 2 * gamma ^ 2 * (D_of mean_square + M * D2 + 2 * L * gamma * D3) * sum (S K) w.
  Proof using assumed assumption quasi mu_nonnegative gamma_positive p_range rho_range P_is B_nonnegative b_nonnegative eta_mu eta_rho
    eta_p S1 S2 S3 S4.
    intros start D3.
    set (T := fun s => ‖average s - x_star‖² + M * gamma ^ 2 * s_of s).
    set (after := fun (F : local_state H Memory -> R) k => expectation (iterate step k start) F).
    assert (HM : 0 <= M) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
    assert (HQ : 0 <= Q) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
    assert (HP : 0 <= P) by (rewrite P_is; apply Rmult_le_pos; [apply Rmult_le_pos; [nra|lra]|left; apply Rinv_0_lt_compat; lra]).
    assert (Heta : eta < 1) by lra.
    assert (HB : B_of mean_square <= (rho - eta) * M).
    { replace (B_of mean_square) with (3 / 4 * rho * M) by (unfold M; field; lra). apply Rmult_le_compat_r; lra. }
    assert (gap_nonnegative : forall s, 0 <= gap s).
    { intros s. pose proof (convex_minimiser f L x_star assumed (average s)). unfold gap. lra. }
    assert (positive : forall F, (forall s, 0 <= F s) -> forall k, 0 <= after F k).
    { intros F HF k. now apply expectation_nonnegative. }
    assert (V_positive := positive V (fun s => discrepancy_nonnegative n (iterates s))).
    assert (s_positive := positive s_of (fun s => local_s_nonnegative assumption (local_memory s))).
    assert (T_positive := positive T (fun s => Rplus_le_le_0_compat _ _ (dot_nonnegative H _)
      (Rmult_le_pos _ _ (Rmult_le_pos _ _ HM (pow2_ge_0 gamma)) (local_s_nonnegative assumption (local_memory s))))).
    (* what holds of one step from every state holds of the expectations at k *)
    assert (recursion : forall (F : local_state H Memory -> R) r ka kb kc kd,
      (forall s, E[ F s' | s' <- step s ] <= (1 - r) * F s + (ka * gap s + kb * s_of s + kc * V s + kd)) ->
      forall k, after F (S k) <= (1 - r) * after F k + (ka * after gap k + kb * after s_of k + kc * after V k + kd)).
    { intros F r ka kb kc kd HF k. unfold after at 1. rewrite expectation_iterate_last.
      apply Rle_trans with (1 := expectation_le _ _ _ HF). right. unfold after.
      rewrite !expectation_add, !expectation_scale, expectation_const. reflexivity. }
    assert (started : forall F, after F O = F start) by (intros F; apply expectation_iterate_O).
    set (Y := sum (S K) (fun k => w k * after gap k)). set (X := sum (S K) (fun k => w k * after V k)).
    set (Z := sum (S K) (fun k => w k * after s_of k)). set (W := sum (S K) w).
    pose proof (weighted_combination eta (S K) (after gap) (after s_of) (after V)) as combined. fold w in combined.
    assert (HT : (eta - eta) * sum (S K) (fun k => w k * after T k)
                 <= after T O + ((- gamma) * Y + 0 * Z + 2 * L * gamma * X + gamma ^ 2 * (D_of mean_square + M * D2) * W)).
    { unfold Y, X, Z, W. rewrite <- combined. apply (local_weighted_recursion eta Heta _ _ eta T_positive).
      apply recursion. intros s.
      pose proof (local_one_step f L mu x_star assumed estimate server expected sigma worker_mean worker_variance mean_square rho C G
        D2 p gamma assumption eta M quasi mu_nonnegative gamma_positive HM eta_mu HB S1 S2 s) as O.
      cbv zeta beta in O. fold n step in O. unfold T, gap, V, s_of, average. lra. }
    assert (HS : (rho - eta) * Z <= after s_of O + (2 * C * Y + 0 * Z + G * X + D2 * W)).
    { unfold Y, X, W. unfold Z at 1 2. rewrite <- combined. apply (local_weighted_recursion eta Heta _ _ rho s_positive).
      apply recursion. intros s. unfold step, s_of, n. rewrite (expectation_local_step f estimate server gamma).
      pose proof (local_recursion assumption (iterates s) (local_memory s)) as R.
      apply Rle_trans with (E[ E[ sigma (snd c) | c <- server (iterates s) (local_memory s) ] | _g <- estimate (iterates s) (local_memory s) ]).
      - right. reflexivity.
      - rewrite expectation_const. unfold gap, V, average, n. lra. }
    set (c := (1 - p) * gamma ^ 2) in *.
    assert (HV : (p / 2 - eta) * X <= after V O + (c * (2 * A_of b) * Y + c * B_of b * Z + c * F_of b * X + c * D_of b * W)).
    { unfold Y, W, Z. unfold X at 1 2. rewrite <- combined. apply (local_weighted_recursion eta Heta _ _ (p / 2) V_positive).
      apply recursion. intros s.
      pose proof (discrepancy_recursion f L x_star assumed estimate server expected sigma worker_mean worker_variance mean_square rho C G
        D2 p gamma assumption s p_range) as R.
      cbv zeta beta in R. fold n step c in R. apply Rle_trans with (1 := R). right. unfold local_sum, b, communicated; simpl.
      unfold gap, V, s_of, average, n. ring. }
    rewrite started in HT, HS, HV.
    assert (HV0 : V start = 0) by exact (discrepancy_of_constants n (nonempty assumed) x0). rewrite HV0 in HV.
    assert (HT0 : T start = ‖x0 - x_star‖² + M * gamma ^ 2 * sigma t0).
    { unfold T, s_of; simpl. f_equal. apply square_ext; intros z. unfold average; simpl.
      rewrite !dot_add, mean_of_constants by apply (nonempty assumed). reflexivity. }
    change (s_of start) with (sigma t0) in HS.
    assert (w_positive : forall k, 0 <= w k) by (intros; left; now apply local_weight_positive).
    assert (HY : 0 <= Y) by (apply sum_nonnegative; intros; apply Rmult_le_pos; [apply w_positive|now apply positive]).
    assert (HX : 0 <= X) by (apply sum_nonnegative; intros; apply Rmult_le_pos; [apply w_positive|apply V_positive]).
    assert (HZ : 0 <= Z) by (apply sum_nonnegative; intros; apply Rmult_le_pos; [apply w_positive|apply s_positive]).
    assert (KZ : 0 <= (rho / 4 - eta) * Z) by (apply Rmult_le_pos; lra).
    assert (KX : 0 <= (p / 4 - eta) * X) by (apply Rmult_le_pos; lra).
    assert (HPV : X <= P * (2 * A_of b * Y + B_of b * Z + F_of b * X + D_of b * W)).
    { apply Rmult_le_reg_l with (p / 4); [lra|].
      replace (p / 4 * (P * (2 * A_of b * Y + B_of b * Z + F_of b * X + D_of b * W)))
        with (c * (2 * A_of b * Y + B_of b * Z + F_of b * X + D_of b * W)) by (rewrite P_is; unfold c; field; lra).
      lra. }
    pose proof (local_closing L gamma P Q b rho C G D2 (gamma ^ 2 * (D_of mean_square + M * D2)) Y Z X W (T start) (sigma t0)
      (L_positive assumed) gamma_positive HP HQ HY HX ltac:(unfold Q; field; lra) S3 S4 ltac:(lra) ltac:(lra) HPV) as Close.
    apply Rle_trans with (1 := Close). rewrite HT0. right. unfold D3. field. lra.
  Qed.

  Let D3 := 2 * P / gamma ^ 2 * (D_of b + Q * D2).
  Let noise := 2 * gamma * (D_of mean_square + M * D2 + 2 * L * gamma * D3).

  (** (1/W) sum_{k<=K} w_k E gap_k <= (1 - eta)^{K+1} (2 T^0 + 4 L H gamma s^0)/gamma + noise *)
  Theorem local_average_of_gaps (x0 : H) (t0 : Memory) (K : nat) :
    let start := LocalState (fun _ => x0) t0 in
    sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ]) / sum (S K) w
    <= (1 - eta) ^ S K * (/ gamma * (2 * ‖x0 - x_star‖² + 2 * M * gamma ^ 2 * sigma t0 + 4 * L * (2 * P * Q) * gamma * sigma t0)) + noise.
  Proof using assumed assumption quasi mu_nonnegative gamma_positive p_range rho_range P_is B_nonnegative b_nonnegative eta_mu eta_rho
    eta_p S1 S2 S3 S4.
    intros start. pose proof (local_sums x0 t0 K) as K1. cbv zeta in K1. fold start D3 in K1.
    assert (Heta : eta < 1) by lra.
    set (W := sum (S K) w) in *. set (Y := sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ])) in *.
    assert (HW1 : w K <= W) by exact (total_weight eta Heta K).
    pose proof (local_weight_positive eta Heta K) as HwK. fold w in HwK.
    assert (HW : 0 < W) by lra.
    set (B := 2 * ‖x0 - x_star‖² + 2 * M * gamma ^ 2 * sigma t0 + 4 * L * (2 * P * Q) * gamma * sigma t0) in *.
    assert (HB : 0 <= / gamma * B).
    { pose proof (local_s_nonnegative assumption t0) as Hs. pose proof (dot_nonnegative H (x0 - x_star)%v) as HR.
      assert (HM : 0 <= M) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
      assert (HQ : 0 <= Q) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
      assert (HP : 0 <= P) by (rewrite P_is; apply Rmult_le_pos; [apply Rmult_le_pos; [nra|lra]|left; apply Rinv_0_lt_compat; lra]).
      pose proof (L_positive assumed) as HL.
      apply Rmult_le_pos; [left; now apply Rinv_0_lt_compat|]. unfold B.
      clearbody M Q. assert (0 <= M * gamma ^ 2 * sigma t0) by (repeat apply Rmult_le_pos; lra).
      assert (0 <= L * (P * Q) * gamma * sigma t0) by (repeat apply Rmult_le_pos; lra). lra. }
    apply Rmult_le_reg_r with (gamma * W); [now apply Rmult_lt_0_compat|].
    replace (Y / W * (gamma * W)) with (gamma * Y) by (field; lra).
    assert (E1 : (1 - eta) ^ S K * w K = 1).
    { unfold w, local_weight. apply Rinv_r. apply pow_nonzero. lra. }
    assert (E2 : 1 <= (1 - eta) ^ S K * W).
    { apply Rle_trans with ((1 - eta) ^ S K * w K); [now right|]. apply Rmult_le_compat_l; [apply pow_le; lra|assumption]. }
    apply Rle_trans with (1 := K1).
    replace (((1 - eta) ^ S K * (/ gamma * B) + noise) * (gamma * W))
      with ((1 - eta) ^ S K * W * (gamma * (/ gamma * B)) + gamma * noise * W) by ring.
    replace (gamma * (/ gamma * B)) with B by (field; lra).
    assert (HB' : 0 <= B) by (replace B with (gamma * (/ gamma * B)) by (field; lra); apply Rmult_le_pos; lra).
    apply Rmult_le_compat_r with (r := B) in E2; [|assumption]. unfold noise. lra.
  Qed.

  (** ... of which E f(xbar^K) - f(x⋆) is not more, xbar^K the weighted average along a trajectory *)
  Theorem gap_of_average (start : local_state H Memory) (K : nat) :
    E[ mean_value f (weighted_average (S K) w (fun k => average (path k))) - mean_value f x_star | path <- trajectory step K start ]
    <= sum (S K) (fun k => w k * E[ gap s | s <- iterate step k start ]) / sum (S K) w.
  Proof using assumed rho_range eta_rho.
    assert (Heta : eta < 1) by (clear - rho_range eta_rho; lra).
    assert (HW : 0 < sum (S K) w).
    { apply Rlt_le_trans with (1 := local_weight_positive eta Heta K), (total_weight eta Heta K). }
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
