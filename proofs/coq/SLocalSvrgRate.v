(** S-Local-SVRG converges linearly: explicit stepsizes meet the conditions of the theorem of chapter 4. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem StochasticGradient LSvrg EcLsvrg UnifiedSgd WeightedSums Trajectory
  LocalParts LocalScheme LocalTheorem SLocalSvrg.
Open Scope R_scope.

(** (S3) and (S4): a = L gamma, z = L component_L gamma^2 *)
Lemma discrepancy_conditions p a z : 0 < p <= 1 -> 0 <= a -> 0 <= z -> 32 * a <= p -> 1936 * (1 - p) * z <= p ^ 2 ->
  32 * (1 - p) * (2 + p) * a ^ 2 + 32 * p * (1 - p) * z <= p ^ 2 /\
  256 * (1 - p) * (2 + p) * a ^ 2 + 64 * (1 - p) * z * (4 * p + 16 / 3 * (1 + p)) <= p ^ 2.
Proof.
  intros Hp Ha Hz Hap Hzp.
  assert (K1 : 32 * a * (32 * a) <= p * p) by (apply Rmult_le_compat; lra).
  assert (Ha2 : 0 <= a ^ 2) by apply pow2_ge_0.
  assert (K2 : 0 <= (p + p ^ 2) * a ^ 2) by (apply Rmult_le_pos; [|assumption]; assert (0 <= p ^ 2) by apply pow2_ge_0; lra).
  assert (K3 : 0 <= (1 - p) * z) by (apply Rmult_le_pos; lra).
  assert (K4 : 0 <= (1 - p) * ((1 - p) * z)) by (apply Rmult_le_pos; lra).
  split; lra.
Qed.

Lemma s_local_svrg_first_stepsize L component_L gamma n : (0 < n)%nat -> 0 < L -> 0 < component_L ->
  gamma <= 1 / (4 * L + 40 * component_L / (3 * INR n)) -> gamma * (4 * L + 40 * component_L / (3 * INR n)) <= 1.
Proof.
  intros Hn HL HLc. assert (0 < INR n) by now apply lt_0_INR.
  assert (0 < 40 * component_L / (3 * INR n)) by (apply Rdiv_lt_0_compat; lra). apply stepsize_product. lra.
Qed.

Lemma s_local_svrg_second_stepsize L p gamma : 0 < L -> gamma <= p / (32 * L) -> gamma * (32 * L) <= p.
Proof.
  intros HL Hg. apply Rle_trans with (p / (32 * L) * (32 * L)); [apply Rmult_le_compat_r; lra|right; field; lra].
Qed.

Section Rate.
  Context {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R) (component_gradient : nat -> nat -> H -> H).
  Variables (x_star : H) (L component_L mu gamma p q : R) (coins : law (bool * bool)).
  Let f := problem_of_components n m component component_gradient.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis m_positive : forall i, (i < n)%nat -> (0 < m i)%nat.
  Hypothesis L_positive : 0 < L.
  Hypothesis component_L_positive : 0 < component_L.
  Hypothesis component_convex :
    forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j).
  Hypothesis component_smooth :
    forall i j, (i < n)%nat -> (j < m i)%nat -> smooth component_L (component i j) (component_gradient i j).
  Hypothesis worker_smooth : forall i, (i < n)%nat -> smooth L (value f i) (gradient f i).
  Hypothesis worker_quasi : forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star.
  Hypothesis optimal : stationary (mean_gradient f) x_star.
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis coins_are : coins_show p q coins.
  Hypothesis p_range : 0 < p <= 1.
  Hypothesis q_range : 0 < q <= 1.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis gamma_1 : gamma * (4 * L + 40 * component_L / (3 * INR n)) <= 1.
  Hypothesis gamma_2 : gamma * (32 * L) <= p.
  Hypothesis gamma_3 : 1936 * (1 - p) * L * component_L * gamma ^ 2 <= p ^ 2.

  Let step := s_local_svrg_step n m component component_gradient coins gamma.
  Let s := common_reference_error n m component component_gradient x_star.
  Let eta := Rmin (gamma * mu) (q / 4).
  Let w := local_weight eta.
  Let discrepancy_weight := 128 * (1 - p ^ 2) * gamma ^ 2 / (3 * p ^ 2 * q).
  Let bound (x0 w0 : H) := / gamma * (2 * ‖x0 - x_star‖² + 16 / (3 * INR n * q) * gamma ^ 2 * s w0
                                      + 4 * L * discrepancy_weight * gamma * s w0).
  Let gap (x : H) := mean_value f x - mean_value f x_star.
  Let average (at_k : local_state H H) : H := vector_mean n (iterates at_k).

  Let assumed : convex_smooth f L x_star :=
    workers_convex_smooth n m component component_gradient x_star L component_L n_positive m_positive L_positive component_L_positive
      component_convex component_smooth worker_smooth optimal.
  Let row := s_local_svrg_assumption n m component component_gradient x_star L component_L p q coins n_positive m_positive L_positive
    component_L_positive component_convex component_smooth worker_smooth optimal coins_are (Rlt_le _ _ (proj1 q_range)).

  Lemma eta_at_most : eta <= gamma * mu /\ eta <= q / 4.
  Proof. split; [apply Rmin_l|apply Rmin_r]. Qed.

  Lemma rate_below_one : eta < 1.
  Proof using q_range. pose proof (proj2 eta_at_most). lra. Qed.

  Lemma bound_nonnegative x0 w0 : 0 <= bound x0 w0.
  Proof using n_positive L_positive p_range q_range gamma_positive.
    assert (HN : 0 < INR n) by now apply lt_0_INR.
    pose proof (s_nonnegative n m component component_gradient x_star w0) as Hs. fold s in Hs.
    pose proof (dot_nonnegative H (x0 - x_star)%v) as HR.
    assert (H1 : 0 < 16 / (3 * INR n * q)) by (apply Rdiv_lt_0_compat; [lra|repeat apply Rmult_lt_0_compat; lra]).
    assert (Hp2 : 0 < p ^ 2 <= 1) by (split; [apply pow_lt; lra|rewrite <- (pow1 2); apply pow_incr; lra]).
    assert (H2 : 0 <= discrepancy_weight).
    { apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|].
      left. apply Rinv_0_lt_compat. repeat apply Rmult_lt_0_compat; lra. }
    unfold bound. set (M := 16 / (3 * INR n * q)) in *. set (e := s w0) in *. clearbody M e discrepancy_weight.
    assert (0 <= gamma ^ 2) by apply pow2_ge_0.
    apply Rmult_le_pos; [left; now apply Rinv_0_lt_compat|].
    apply Rplus_le_le_0_compat; [apply Rplus_le_le_0_compat|]; repeat apply Rmult_le_pos; lra.
  Qed.

  (** Where mu <= L *)
  Lemma rate_of_gaps_usual x0 w0 K : mu <= L ->
    sum (S K) (fun k => w k * E[ gap (average at_k) | at_k <- iterate step k (LocalState (fun _ => x0) w0) ]) / sum (S K) w
    <= (1 - eta) ^ S K * bound x0 w0.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth worker_quasi optimal
    mu_nonnegative coins_are p_range q_range gamma_positive gamma_1 gamma_2 gamma_3.
    intros HmuL. assert (HN : 0 < INR n) by now apply lt_0_INR. destruct eta_at_most as [eta_mu eta_q].
    assert (Hz : 0 <= L * component_L * gamma ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply pow2_ge_0]).
    assert (HmuL' : gamma * mu <= gamma * L) by (apply Rmult_le_compat_l; lra).
    assert (HgL : 0 < gamma * L) by (apply Rmult_lt_0_compat; lra).
    assert (Hcn : 0 < component_L / INR n) by (apply Rdiv_lt_0_compat; lra).
    replace (40 * component_L / (3 * INR n)) with (40 / 3 * (component_L / INR n)) in gamma_1 by (field; lra).
    assert (Hgc : 0 < gamma * (component_L / INR n)) by (apply Rmult_lt_0_compat; lra).
    destruct (discrepancy_conditions p (gamma * L) (L * component_L * gamma ^ 2) p_range ltac:(lra) Hz ltac:(lra) ltac:(lra)) as [C3 C4].
    pose proof (local_average_of_gaps f L mu x_star assumed _ _ _ _ _ _ _ q (q * component_L) 0 0 p gamma row
      eta (4 * gamma ^ 2 * (1 - p) / p) worker_quasi mu_nonnegative gamma_positive p_range q_range eq_refl) as T.
    simpl A_of in T; simpl B_of in T; simpl F_of in T; simpl D_of in T.
    assert (HB : 0 <= 2 / INR n) by (left; apply Rdiv_lt_0_compat; lra).
    assert (HBp : 0 <= (2 + p) / p * 2 + 2).
    { assert (0 < (2 + p) / p) by (apply Rdiv_lt_0_compat; lra). lra. }
    assert (S1 : 2 * gamma * (2 * L + 4 * component_L / INR n + q * component_L * (4 * (2 / INR n) / (3 * q))) <= 1).
    { replace (2 * gamma * _) with (gamma * (4 * L + 40 / 3 * (component_L / INR n))) by (field; lra). assumption. }
    assert (S2 : gamma * (2 * L ^ 2 + 4 * component_L * L / INR n + 0 * (4 * (2 / INR n) / (3 * q))) <= L).
    { replace (gamma * _) with (L * (gamma * (2 * L + 4 * (component_L / INR n)))) by (field; lra).
      apply Rle_trans with (L * 1); [apply Rmult_le_compat_l|]; lra. }
    assert (Hp2 : 0 < p ^ 2) by (apply pow_lt; lra).
    assert (S3 : 2 * (4 * gamma ^ 2 * (1 - p) / p) * ((2 + p) / p * (4 * L ^ 2) + 4 * component_L * L
                   + 4 * ((2 + p) / p * 2 + 2) / (3 * q) * 0) <= 1).
    { apply Rmult_le_reg_l with (p ^ 2); [assumption|]. rewrite Rmult_1_r.
      apply Rle_trans with (2 := C3). right. field. lra. }
    assert (S4 : 16 * L * (4 * gamma ^ 2 * (1 - p) / p) * ((2 + p) / p * (4 * L) + 4 * component_L
                   + 4 * ((2 + p) / p * 2 + 2) / (3 * q) * (q * component_L)) <= 1).
    { apply Rmult_le_reg_l with (p ^ 2); [assumption|]. rewrite Rmult_1_r. apply Rle_trans with (2 := C4). right. field. lra. }
    specialize (T HB HBp eta_mu eta_q ltac:(lra) S1 S2 S3 S4 x0 w0 K). cbv zeta in T.
    apply Rle_trans with (1 := T). unfold bound. fold s. right.
    assert (Hne : INR n <> 0 /\ q <> 0 /\ p <> 0 /\ gamma <> 0) by (repeat split; lra). unfold discrepancy_weight.
    field. tauto.
  Qed.

  (** mu > L is possible only where all vectors have norm zero. *)
  Lemma gap_of_degenerate x : L < mu -> gap x <= 0.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth worker_quasi optimal.
    intros HLmu.
    assert (quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star).
    { intros y. unfold mean_value, mean_gradient. rewrite dot_mean, <- (mean_const n (mu / 2 * ‖x_star - y‖²)) by assumption.
      change (size f) with n. rewrite <- !mean_add. apply mean_le; intros i Hi. now apply worker_quasi. }
    assert (none : forall z : H, ‖z‖² = 0).
    { intros z. pose proof (strong_convexity_at_most_smoothness f L x_star assumed mu quasi z) as K.
      pose proof (dot_nonnegative H z) as Hz. apply Rle_antisym; [|assumption].
      apply Rmult_le_reg_l with (mu - L); lra. }
    pose proof (quasi x) as Q. set (u := mean_gradient f x) in *. set (v := (x_star - x)%v) in *.
    pose proof (none (u + v)%v) as E. assert (E' : ‖u + v‖² = ‖u‖² + 2 * ⟨u, v⟩ + ‖v‖²) by (clearbody u v; expand; rewrite (dot_symmetric _ v u); ring).
    rewrite E', !none in E. rewrite none in Q. unfold gap. lra.
  Qed.

  Theorem s_local_svrg_rate_of_gaps x0 w0 K :
    sum (S K) (fun k => w k * E[ gap (average at_k) | at_k <- iterate step k (LocalState (fun _ => x0) w0) ]) / sum (S K) w
    <= (1 - eta) ^ S K * bound x0 w0.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth worker_quasi optimal
    mu_nonnegative coins_are p_range q_range gamma_positive gamma_1 gamma_2 gamma_3.
    destruct (Rle_lt_dec mu L) as [usual|degenerate]; [now apply rate_of_gaps_usual|].
    pose proof rate_below_one as Heta. apply Rle_trans with 0.
    - replace 0 with (0 / sum (S K) w) by (unfold Rdiv; ring). apply Rmult_le_compat_r.
      + left. apply Rinv_0_lt_compat. apply Rlt_le_trans with (1 := local_weight_positive eta Heta K), (total_weight eta Heta K).
      + replace 0 with (sum (S K) (fun _ => 0)) by (rewrite sum_const; ring). apply sum_le; intros k _.
        rewrite <- (Rmult_0_r (w k)). apply Rmult_le_compat_l; [left; now apply local_weight_positive|].
        rewrite <- (expectation_const (iterate step k (LocalState (fun _ => x0) w0)) 0). apply expectation_le; intros at_k.
        now apply gap_of_degenerate.
    - apply Rmult_le_pos; [apply pow_le; lra|apply bound_nonnegative].
  Qed.

  Theorem s_local_svrg_gap_of_average x0 w0 K :
    E[ gap (weighted_average (S K) w (fun k => average (path k))) | path <- trajectory step K (LocalState (fun _ => x0) w0) ]
    <= sum (S K) (fun k => w k * E[ gap (average at_k) | at_k <- iterate step k (LocalState (fun _ => x0) w0) ]) / sum (S K) w.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal q_range.
    exact (gap_of_average f L x_star assumed _ _ q gamma eta q_range (proj2 eta_at_most) (LocalState (fun _ => x0) w0) K).
  Qed.

  Theorem s_local_svrg_rate x0 w0 K :
    E[ gap (weighted_average (S K) w (fun k => average (path k))) | path <- trajectory step K (LocalState (fun _ => x0) w0) ]
    <= (1 - eta) ^ S K * bound x0 w0.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth worker_quasi optimal
    mu_nonnegative coins_are p_range q_range gamma_positive gamma_1 gamma_2 gamma_3.
    apply Rle_trans with (2 := s_local_svrg_rate_of_gaps x0 w0 K), s_local_svrg_gap_of_average.
  Qed.
End Rate.
