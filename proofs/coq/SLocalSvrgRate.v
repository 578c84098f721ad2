(** S-Local-SVRG converges linearly: explicit stepsizes meet the conditions of the theorem of chapter 4. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem StochasticGradient LSvrg EcLsvrg UnifiedSgd WeightedSums Trajectory
  LocalParts LocalScheme LocalTheorem SLocalSvrg.
Open Scope R_scope.

(** (S3) and (S4) times p^2: a = L gamma, z = L component_L gamma^2 *)
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

(** ... and with two sequences *)
Lemma sharp_discrepancy_conditions p a z : 0 < p <= 1 -> 0 <= a -> 0 <= z -> 42 * a <= p -> 900 * (1 - p) * z <= p ->
  32 * (1 - p) * (2 + p) * a ^ 2 + 32 * p * (1 - p) * z <= p ^ 2 /\
  64 * 20 / 3 * ((1 - p) * (2 + p) * a ^ 2 + p * (1 - p) * z) <= p ^ 2.
Proof.
  intros Hp Ha Hz Hap Hzp.
  assert (K1 : 42 * a * (42 * a) <= p * p) by (apply Rmult_le_compat; lra).
  assert (Ha2 : 0 <= a ^ 2) by apply pow2_ge_0.
  assert (K2 : 0 <= (p + p ^ 2) * a ^ 2) by (apply Rmult_le_pos; [|assumption]; assert (0 <= p ^ 2) by apply pow2_ge_0; lra).
  assert (K3 : p * (900 * (1 - p) * z) <= p * p) by (apply Rmult_le_compat_l; lra).
  split; lra.
Qed.

Lemma s_local_svrg_first_stepsize L component_L gamma n : (0 < n)%nat -> 0 < L -> 0 < component_L ->
  gamma <= 1 / (4 * L + 40 * component_L / (3 * INR n)) -> gamma * (4 * L + 40 * component_L / (3 * INR n)) <= 1.
Proof.
  intros Hn HL HLc. assert (0 < INR n) by now apply lt_0_INR.
  assert (0 < 40 * component_L / (3 * INR n)) by (apply Rdiv_lt_0_compat; lra). apply stepsize_product. lra.
Qed.

Lemma s_local_svrg_second_stepsize c L p gamma : 0 < c -> 0 < L -> gamma <= p / (c * L) -> gamma * (c * L) <= p.
Proof.
  intros Hc HL Hg. assert (0 < c * L) by now apply Rmult_lt_0_compat.
  apply Rle_trans with (p / (c * L) * (c * L)); [apply Rmult_le_compat_r; lra|right; field; lra].
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

  Let step := s_local_svrg_step n m component component_gradient coins gamma.
  Let s := common_reference_error n m component component_gradient x_star.
  Let shift := common_shift_error n m component component_gradient x_star.
  Let eta := Rmin (gamma * mu) (q / 4).
  Let w := local_weight eta.
  Let gap (x : H) := mean_value f x - mean_value f x_star.
  Let average (at_k : local_state H H) : H := vector_mean n (iterates at_k).
  Let average_gap x0 w0 K :=
    sum (S K) (fun k => w k * E[ gap (average at_k) | at_k <- iterate step k (LocalState (fun _ => x0) w0) ]) / sum (S K) w.

  Let assumed : convex_smooth f L x_star :=
    workers_convex_smooth n m component component_gradient x_star L component_L n_positive m_positive L_positive component_L_positive
      component_convex component_smooth worker_smooth optimal.
  Let row := s_local_svrg_assumption n m component component_gradient x_star L component_L p q coins n_positive m_positive L_positive
    component_L_positive component_convex component_smooth worker_smooth optimal coins_are (Rlt_le _ _ (proj1 q_range)).
  Let sharp_row := s_local_svrg_sharp_assumption n m component component_gradient x_star L component_L p q coins n_positive m_positive
    L_positive component_L_positive component_convex component_smooth worker_smooth optimal coins_are (Rlt_le _ _ (proj1 q_range)).

  Lemma eta_at_most : eta <= gamma * mu /\ eta <= q / 4.
  Proof. split; [apply Rmin_l|apply Rmin_r]. Qed.

  Lemma rate_below_one : eta < 1.
  Proof using q_range. pose proof (proj2 eta_at_most). lra. Qed.

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
    pose proof (none (u + v)%v) as E.
    assert (E' : ‖u + v‖² = ‖u‖² + 2 * ⟨u, v⟩ + ‖v‖²) by (clearbody u v; expand; rewrite (dot_symmetric _ v u); ring).
    rewrite E', !none in E. rewrite none in Q. unfold gap. lra.
  Qed.

  (** A bound may be shown where mu <= L. *)
  Lemma where_mu_at_most_L x0 w0 K B : 0 <= B ->
    (mu <= L -> average_gap x0 w0 K <= (1 - eta) ^ S K * B) -> average_gap x0 w0 K <= (1 - eta) ^ S K * B.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth worker_quasi optimal
    q_range.
    intros HB usual. destruct (Rle_lt_dec mu L) as [HmuL|degenerate]; [now apply usual|].
    pose proof rate_below_one as Heta. apply Rle_trans with 0; [|apply Rmult_le_pos; [apply pow_le; lra|assumption]].
    unfold average_gap. replace 0 with (0 / sum (S K) w) by (unfold Rdiv; ring). apply Rmult_le_compat_r.
    - left. apply Rinv_0_lt_compat. exact (total_weight_positive eta Heta K).
    - replace 0 with (sum (S K) (fun _ => 0)) by (rewrite sum_const; ring). apply sum_le; intros k _.
      rewrite <- (Rmult_0_r (w k)). apply Rmult_le_compat_l; [left; now apply local_weight_positive|].
      rewrite <- (expectation_const (iterate step k (LocalState (fun _ => x0) w0)) 0). apply expectation_le; intros at_k.
      now apply gap_of_degenerate.
  Qed.

  Lemma s_local_svrg_gap_of_average x0 w0 K :
    E[ gap (weighted_average (S K) w (fun k => average (path k))) | path <- trajectory step K (LocalState (fun _ => x0) w0) ]
    <= average_gap x0 w0 K.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal q_range.
    exact (gap_of_average f L x_star assumed _ _ (LocalVariance q 0 0 0) gamma eta q_range (proj2 eta_at_most) (LocalState (fun _ => x0) w0) K).
  Qed.

  (** (S1) and (S2) do not depend on the first sequence, whose M is 0. *)
  Lemma first_conditions c1 : let M1 := 4 * 0 / (3 * c1) in let M2 := 4 * (2 / INR n) / (3 * q) in forall C1,
    0 < c1 ->
    2 * gamma * (2 * L + 4 * component_L / INR n + C1 * M1 + q * component_L * M2) <= 1 /\
    gamma * (2 * L ^ 2 + 4 * component_L * L / INR n + 0 * M1 + 0 * M2) <= L.
  Proof using n_positive L_positive component_L_positive q_range gamma_positive gamma_1.
    intros M1 M2 C1 Hc1. unfold M1, M2. assert (HN : 0 < INR n) by now apply lt_0_INR.
    assert (Hcn : 0 < component_L / INR n) by (apply Rdiv_lt_0_compat; lra).
    replace (40 * component_L / (3 * INR n)) with (40 / 3 * (component_L / INR n)) in gamma_1 by (field; lra).
    assert (Hgc : 0 < gamma * (component_L / INR n)) by (apply Rmult_lt_0_compat; lra).
    assert (HgL : 0 < gamma * L) by (apply Rmult_lt_0_compat; lra). split.
    - replace (2 * gamma * _) with (gamma * (4 * L + 40 / 3 * (component_L / INR n))) by (field; lra). assumption.
    - replace (gamma * _) with (L * (gamma * (2 * L + 4 * (component_L / INR n)))) by (field; lra).
      apply Rle_trans with (L * 1); [apply Rmult_le_compat_l|]; lra.
  Qed.

  Lemma start_nonnegative x0 w0 c1 c2 : 0 <= c1 -> 0 <= c2 ->
    0 <= / gamma * (2 * ‖x0 - x_star‖² + 16 / (3 * INR n * q) * gamma ^ 2 * s w0 + 4 * L * gamma * (c1 * shift w0 + c2 * s w0)).
  Proof using n_positive L_positive q_range gamma_positive.
    intros Hc1 Hc2. assert (HN : 0 < INR n) by now apply lt_0_INR.
    pose proof (s_nonnegative n m component component_gradient x_star w0) as Hs. fold s in Hs.
    pose proof (shift_nonnegative n m component component_gradient x_star w0) as Hshift. fold shift in Hshift.
    pose proof (dot_nonnegative H (x0 - x_star)%v) as HR. pose proof (pow2_ge_0 gamma) as Hg2.
    assert (H1 : 0 < 16 / (3 * INR n * q)) by (apply Rdiv_lt_0_compat; [lra|repeat apply Rmult_lt_0_compat; lra]).
    set (M := 16 / (3 * INR n * q)) in *. set (e := s w0) in *. set (e1 := shift w0) in *. clearbody M e e1.
    assert (0 <= M * gamma ^ 2 * e) by (repeat apply Rmult_le_pos; lra).
    assert (0 <= c1 * e1 + c2 * e) by (apply Rplus_le_le_0_compat; now apply Rmult_le_pos).
    assert (0 <= L * gamma * (c1 * e1 + c2 * e)) by (repeat apply Rmult_le_pos; lra).
    apply Rmult_le_pos; [left; now apply Rinv_0_lt_compat|]. lra.
  Qed.

  Section OneSequence.
    Hypothesis gamma_2 : gamma * (32 * L) <= p.
    Hypothesis gamma_3 : 1936 * (1 - p) * L * component_L * gamma ^ 2 <= p ^ 2.

    Let weight := 128 * (1 - p ^ 2) * gamma ^ 2 / (3 * p ^ 2 * q).
    Let bound (x0 w0 : H) := / gamma * (2 * ‖x0 - x_star‖² + 16 / (3 * INR n * q) * gamma ^ 2 * s w0 + 4 * L * weight * gamma * s w0).

    Theorem s_local_svrg_rate_of_gaps x0 w0 K : average_gap x0 w0 K <= (1 - eta) ^ S K * bound x0 w0.
    Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth worker_quasi optimal
      mu_nonnegative coins_are p_range q_range gamma_positive gamma_1 gamma_2 gamma_3.
      assert (Hp2 : 0 < p ^ 2 <= 1) by (split; [apply pow_lt; lra|rewrite <- (pow1 2); apply pow_incr; lra]).
      assert (Hw : 0 <= weight).
      { apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|].
        left. apply Rinv_0_lt_compat. repeat apply Rmult_lt_0_compat; lra. }
      assert (bound_is : bound x0 w0 = / gamma * (2 * ‖x0 - x_star‖² + 16 / (3 * INR n * q) * gamma ^ 2 * s w0
                                                  + 4 * L * gamma * (0 * shift w0 + weight * s w0))) by (unfold bound; ring).
      apply where_mu_at_most_L; [rewrite bound_is; now apply start_nonnegative; [apply Rle_refl|]|].
      intros HmuL. assert (HN : 0 < INR n) by now apply lt_0_INR. destruct eta_at_most as [eta_mu eta_q].
      assert (Hz : 0 <= L * component_L * gamma ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply pow2_ge_0]).
      assert (HmuL' : gamma * mu <= gamma * L) by (apply Rmult_le_compat_l; lra).
      assert (HgL : 0 < gamma * L) by (apply Rmult_lt_0_compat; lra).
      destruct (discrepancy_conditions p (gamma * L) (L * component_L * gamma ^ 2) p_range ltac:(lra) Hz ltac:(lra) ltac:(lra)) as [C3 C4].
      destruct (first_conditions 1 0 Rlt_0_1) as [C1 C2].
      pose proof (local_linear_rate f L mu x_star assumed _ _ _ _ _ _ _ _ _ _ p gamma row eta (4 * gamma ^ 2 * (1 - p) / p)
        worker_quasi mu_nonnegative gamma_positive p_range) as T.
      unfold variance_weight, communicated, no_variance in T. simpl A_of in T; simpl B1_of in T; simpl B2_of in T; simpl F_of in T;
        simpl D_of in T; simpl rho_of in T; simpl C_of in T; simpl G_of in T; simpl added in T.
      assert (Hpp : 0 < (2 + p) / p) by (apply Rdiv_lt_0_compat; lra). assert (Hn2 : 0 < 2 / INR n) by (apply Rdiv_lt_0_compat; lra).
      specialize (T ltac:(lra) q_range eq_refl ltac:(repeat split; lra) eta_mu ltac:(lra) eta_q ltac:(lra) C1 C2).
      assert (S3 : 2 * (4 * gamma ^ 2 * (1 - p) / p) * ((2 + p) / p * (4 * L ^ 2) + 4 * component_L * L
                     + 4 * ((2 + p) / p * 0 + 0) / (3 * 1) * 0 + 4 * ((2 + p) / p * 2 + 2) / (3 * q) * 0) <= 1).
      { apply Rmult_le_reg_l with (p ^ 2); [lra|]. rewrite (Rmult_1_r (p ^ 2)). apply Rle_trans with (2 := C3). right. field. lra. }
      assert (S4 : 16 * L * (4 * gamma ^ 2 * (1 - p) / p) * ((2 + p) / p * (4 * L) + 4 * component_L
                     + 4 * ((2 + p) / p * 0 + 0) / (3 * 1) * 0 + 4 * ((2 + p) / p * 2 + 2) / (3 * q) * (q * component_L)) <= 1).
      { apply Rmult_le_reg_l with (p ^ 2); [lra|]. rewrite (Rmult_1_r (p ^ 2)). apply Rle_trans with (2 := C4). right. field. lra. }
      specialize (T S3 S4 x0 w0 K). apply Rle_trans with (1 := T). unfold bound. fold s. right.
      assert (Hne : INR n <> 0 /\ q <> 0 /\ p <> 0 /\ gamma <> 0) by (repeat split; lra). unfold weight. field. tauto.
    Qed.

    Theorem s_local_svrg_rate x0 w0 K :
      E[ gap (weighted_average (S K) w (fun k => average (path k))) | path <- trajectory step K (LocalState (fun _ => x0) w0) ]
      <= (1 - eta) ^ S K * bound x0 w0.
    Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth worker_quasi optimal
      mu_nonnegative coins_are p_range q_range gamma_positive gamma_1 gamma_2 gamma_3.
      apply Rle_trans with (2 := s_local_svrg_rate_of_gaps x0 w0 K), s_local_svrg_gap_of_average.
    Qed.
  End OneSequence.

  Section TwoSequences.
    Hypothesis gamma_2 : gamma * (42 * L) <= p.
    Hypothesis gamma_3 : 900 * (1 - p) * L * component_L * gamma ^ 2 <= p.

    Let weight_1 := 64 * (1 - p) * (2 + p) * gamma ^ 2 / (3 * p ^ 2 * q).
    Let weight_2 := 64 * (1 - p) * gamma ^ 2 / (3 * p * q).
    Let bound (x0 w0 : H) := / gamma * (2 * ‖x0 - x_star‖² + 16 / (3 * INR n * q) * gamma ^ 2 * s w0
                                        + 4 * L * gamma * (weight_1 * shift w0 + weight_2 * s w0)).

    Theorem s_local_svrg_sharp_rate_of_gaps x0 w0 K : average_gap x0 w0 K <= (1 - eta) ^ S K * bound x0 w0.
    Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth worker_quasi optimal
      mu_nonnegative coins_are p_range q_range gamma_positive gamma_1 gamma_2 gamma_3.
      assert (Hp2 : 0 < p ^ 2) by (apply pow_lt; lra). pose proof (pow2_ge_0 gamma) as Hg2.
      assert (H1 : 0 <= weight_1).
      { apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rmult_le_pos|]; lra|]. left. apply Rinv_0_lt_compat. repeat apply Rmult_lt_0_compat; lra. }
      assert (H2 : 0 <= weight_2).
      { apply Rmult_le_pos; [apply Rmult_le_pos; lra|]. left. apply Rinv_0_lt_compat. repeat apply Rmult_lt_0_compat; lra. }
      apply where_mu_at_most_L; [now apply start_nonnegative|].
      intros HmuL. assert (HN : 0 < INR n) by now apply lt_0_INR. destruct eta_at_most as [eta_mu eta_q].
      assert (Hz : 0 <= L * component_L * gamma ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|assumption]).
      assert (HmuL' : gamma * mu <= gamma * L) by (apply Rmult_le_compat_l; lra).
      assert (HgL : 0 < gamma * L) by (apply Rmult_lt_0_compat; lra).
      destruct (sharp_discrepancy_conditions p (gamma * L) (L * component_L * gamma ^ 2) p_range ltac:(lra) Hz ltac:(lra) ltac:(lra)) as [C3 C4].
      destruct (first_conditions q (q * L) (proj1 q_range)) as [C1 C2].
      pose proof (local_linear_rate f L mu x_star assumed _ _ _ _ _ _ _ _ _ _ p gamma sharp_row eta (4 * gamma ^ 2 * (1 - p) / p)
        worker_quasi mu_nonnegative gamma_positive p_range) as T.
      unfold variance_weight, communicated in T. simpl A_of in T; simpl B1_of in T; simpl B2_of in T; simpl F_of in T;
        simpl D_of in T; simpl rho_of in T; simpl C_of in T; simpl G_of in T; simpl added in T.
      assert (Hpp : 0 < (2 + p) / p) by (apply Rdiv_lt_0_compat; lra). assert (Hn2 : 0 < 2 / INR n) by (apply Rdiv_lt_0_compat; lra).
      specialize (T q_range q_range eq_refl ltac:(repeat split; lra) eta_mu eta_q eta_q ltac:(lra) C1 C2).
      assert (S3 : 2 * (4 * gamma ^ 2 * (1 - p) / p) * ((2 + p) / p * (4 * L ^ 2) + 4 * component_L * L
                     + 4 * ((2 + p) / p * 2 + 0) / (3 * q) * 0 + 4 * ((2 + p) / p * 0 + 2) / (3 * q) * 0) <= 1).
      { apply Rmult_le_reg_l with (p ^ 2); [lra|]. rewrite (Rmult_1_r (p ^ 2)). apply Rle_trans with (2 := C3). right. field. lra. }
      assert (S4 : 16 * L * (4 * gamma ^ 2 * (1 - p) / p) * ((2 + p) / p * (4 * L) + 4 * component_L
                     + 4 * ((2 + p) / p * 2 + 0) / (3 * q) * (q * L) + 4 * ((2 + p) / p * 0 + 2) / (3 * q) * (q * component_L)) <= 1).
      { apply Rmult_le_reg_l with (p ^ 2); [lra|]. rewrite (Rmult_1_r (p ^ 2)). apply Rle_trans with (2 := C4). right. field. lra. }
      specialize (T S3 S4 x0 w0 K). apply Rle_trans with (1 := T). unfold bound. fold s shift. right.
      assert (Hne : INR n <> 0 /\ q <> 0 /\ p <> 0 /\ gamma <> 0) by (repeat split; lra). unfold weight_1, weight_2. field. tauto.
    Qed.
  End TwoSequences.
End Rate.
