(** Local-SGD and S*-Local-SGD with random communication: local steps with unbiased gradients of bounded variance, less shifts
    that are fixed. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem StochasticGradient EcEstimators WeightedSums Trajectory LocalParts
  LocalScheme LocalTheorem.
Open Scope R_scope.

(** g_i = ghat_i - c_i, ghat_i drawn by worker i at x_i *)
Definition shifted_local_gradients {H : space} (n : nat) (gradient_of : oracle H) (c : nat -> H) : local_estimator H unit := fun x _ =>
  independent zero n (fun i =>
    draw g <- gradient_of i (x i) ;;
    ret (g - c i)%v).

Definition only_synchronizes {H : space} (p : probability) : local_server H unit := fun _ t =>
  draw synchronized <- bernoulli p ;;
  ret (synchronized, t).

Definition shifted_local_step {H : space} (n : nat) (gradient_of : oracle H) (c : nat -> H) (p : probability) (gamma : R)
    : local_state H unit -> law (local_state H unit) :=
  local_step n (shifted_local_gradients n gradient_of c) (only_synchronizes p) gamma.

(** (1/n) sum_i E|ghat_i - grad f_i(x_i)|^2 <= variance wherever the workers are *)
Definition local_variance_at_most {H : space} (variance : R) (f : problem H) (gradient_of : oracle H) : Prop := forall x : nat -> H,
  mean (size f) (fun i => E[ ‖g - gradient f i (x i)‖² | g <- gradient_of i (x i) ]) <= variance.

Section FixedShifts.
  Context {H : space} (f : problem H) (L mu : R) (x_star : H) (assumed : convex_smooth f L x_star).
  Variables (gradient_of : oracle H) (variance : R) (c : nat -> H) (a D gamma : R) (p : probability).
  Let n := size f.
  Let V (x : nat -> H) := discrepancy n x.
  Let gap (x : nat -> H) := mean_value f (vector_mean n x) - mean_value f x_star.
  Let expected (x : nat -> H) (_ : unit) i := (gradient f i (x i) - c i)%v.
  Hypothesis gradients_unbiased : unbiased_oracle f gradient_of.
  Hypothesis bounded : local_variance_at_most variance f gradient_of.
  Hypothesis cancels : forall z, ⟨vector_mean n c, z⟩ = 0.
  Hypothesis row : forall x, mean n (fun i => ‖gradient f i (x i) - c i‖²) <= 2 * (a * L) * gap x + a * L ^ 2 * V x + D.

  Let worker (x : nat -> H) i : law H := draw g <- gradient_of i (x i) ;; ret (g - c i)%v.

  Lemma shifted_unbiased x i z : (i < n)%nat -> E[ ⟨v, z⟩ | v <- worker x i ] = ⟨expected x tt i, z⟩.
  Proof using gradients_unbiased.
    intros Hi. unfold worker. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun g => ⟨g, z⟩ + (-1) * ⟨c i, z⟩)) by (intros; rewrite expectation_ret; expand; ring).
    rewrite expectation_add, expectation_const. rewrite (gradients_unbiased i (x i) Hi z). unfold expected. expand. ring.
  Qed.

  Lemma shifted_variance x i : E[ ‖v - expected x tt i‖² | v <- worker x i ] = E[ ‖g - gradient f i (x i)‖² | g <- gradient_of i (x i) ].
  Proof.
    unfold worker. rewrite expectation_bind. apply expectation_ext; intros g. rewrite expectation_ret.
    apply square_ext; intros z. unfold expected. expand. ring.
  Qed.

  Lemma mean_of_shifted x t : ⟨vector_mean n (expected x tt), t⟩ = ⟨vector_mean n (fun i => gradient f i (x i)), t⟩.
  Proof using cancels.
    pose proof (cancels t) as C. rewrite !dot_mean in *.
    rewrite (mean_ext n _ (fun i => ⟨gradient f i (x i), t⟩ + (-1) * ⟨c i, t⟩)) by (intros; unfold expected; expand; ring).
    rewrite mean_add, mean_scale, C. ring.
  Qed.

  Theorem shifted_assumption :
    local_assumption f x_star (shifted_local_gradients n gradient_of c) (only_synchronizes p) expected (fun _ => 0) (fun _ => 0)
      (LocalBound (a * L) 0 0 (a * L ^ 2) D) (LocalBound 0 0 0 0 variance) (LocalBound (2 * L) 0 0 (2 * L ^ 2) (variance / INR n))
      no_variance no_variance p.
  Proof using assumed gradients_unbiased bounded cancels row.
    assert (HN : 0 < INR n) by (apply lt_0_INR, (nonempty assumed)).
    assert (drawn : forall x t, shifted_local_gradients n gradient_of c x t = independent zero n (worker x)) by reflexivity.
    split; fold n; unfold local_sum, local_next_variance; simpl A_of; simpl B1_of; simpl B2_of; simpl F_of; simpl D_of; simpl rho_of;
      simpl C_of; simpl G_of; simpl added.
    - intros x [] i z Hi. rewrite drawn.
      rewrite (expectation_independent_at zero n (worker x) (fun v => ⟨v, z⟩) i Hi). now apply shifted_unbiased.
    - intros x [] z. rewrite <- !dot_mean. apply mean_of_shifted.
    - intros x []. apply Rle_trans with (1 := row x). fold (gap x) (V x). lra.
    - intros x []. apply Rle_trans with (mean n (fun i => E[ ‖g - gradient f i (x i)‖² | g <- gradient_of i (x i) ])).
      + right. apply mean_ext; intros i Hi. rewrite drawn.
        rewrite (expectation_independent_at zero n (worker x) (fun v => ‖v - expected x tt i‖²) i Hi). apply shifted_variance.
      + pose proof (bounded x) as B. fold n in B. lra.
    - intros x []. rewrite (expectation_ext _ _ (fun v => ‖zero + / INR n * vector_sum n v‖²)).
      2:{ intros v. apply square_ext; intros z. unfold vector_mean. expand. ring. }
      rewrite drawn. rewrite (independent_second_moment n (worker x) (expected x tt)).
      2:{ intros i Hi z. now apply shifted_unbiased. }
      rewrite (sum_ext n _ (fun i => E[ ‖g - gradient f i (x i)‖² | g <- gradient_of i (x i) ])) by (intros; apply shifted_variance).
      rewrite (square_ext H _ (vector_mean n (fun i => gradient f i (x i)))).
      2:{ intros z. rewrite <- mean_of_shifted. unfold vector_mean. expand. ring. }
      pose proof (mean_of_local_gradients f L x_star assumed x) as M. fold n (gap x) (V x) in M |- *.
      pose proof (bounded x) as N. fold n in N. apply Rmult_le_compat_l with (r := / INR n) in N; [|left; now apply Rinv_0_lt_compat].
      unfold mean in N at 1. unfold Rdiv. lra.
    - intros x t. rewrite expectation_const. lra.
    - intros x t. rewrite expectation_const. lra.
    - intros x t F. unfold only_synchronizes. rewrite expectation_bind, expectation_bernoulli, !expectation_ret. reflexivity.
    - intros; apply Rle_refl.
    - intros; apply Rle_refl.
  Qed.

  Hypothesis quasi : forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star.
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis a_nonnegative : 0 <= a.
  Hypothesis p_positive : 0 < p.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis gamma_1 : 4 * (gamma * L) <= 1.
  Hypothesis gamma_2 : 128 * a * (gamma * L) ^ 2 <= p ^ 2.

  Let eta := Rmin (gamma * mu) (p / 4).
  Let w := local_weight eta.
  Let step := shifted_local_step n gradient_of c p gamma.
  Let f_gap (x : H) := mean_value f x - mean_value f x_star.
  Let average_gap x K :=
    sum (S K) (fun k => w k * E[ f_gap (vector_mean n (iterates s)) | s <- iterate step k (LocalState (fun _ => x) tt) ]) / sum (S K) w.

  Theorem shifted_local_rate x K :
    E[ f_gap (weighted_average (S K) w (fun k => vector_mean n (iterates (path k)))) | path <- trajectory step K (LocalState (fun _ => x) tt) ]
      <= average_gap x K /\
    average_gap x K <= (1 - eta) ^ S K * (2 * ‖x - x_star‖² / gamma) + 2 * gamma * variance / INR n
                       + 32 * L * gamma ^ 2 * ((1 - p) / p) * ((2 + p) / p * D + variance).
  Proof using assumed gradients_unbiased bounded cancels row quasi mu_nonnegative a_nonnegative p_positive gamma_positive gamma_1 gamma_2.
    assert (HN : 0 < INR n) by (apply lt_0_INR, (nonempty assumed)). pose proof (chance_range p) as Hp. pose proof (L_positive assumed) as HL.
    assert (E1 : eta <= gamma * mu) by apply Rmin_l. assert (E2 : eta <= p / 4) by apply Rmin_r.
    assert (Hone : 0 < rho_of no_variance <= 1) by (simpl; lra). assert (E3 : eta <= rho_of no_variance / 4) by (simpl; lra).
    split; [exact (gap_of_average f L x_star assumed _ _ no_variance gamma eta Hone E3 (LocalState (fun _ => x) tt) K)|].
    pose proof (local_linear_rate f L mu x_star assumed _ _ _ _ _ _ _ _ _ _ p gamma shifted_assumption eta (4 * gamma ^ 2 * (1 - p) / p)
      quasi mu_nonnegative gamma_positive ltac:(lra) Hone Hone eq_refl) as T.
    unfold variance_weight, communicated, no_variance in T. simpl A_of in T; simpl B1_of in T; simpl B2_of in T; simpl F_of in T;
      simpl D_of in T; simpl rho_of in T; simpl C_of in T; simpl G_of in T; simpl added in T.
    specialize (T ltac:(repeat split; lra) E1 E3 E3 E2 ltac:(lra)).
    assert (Hg2 : 0 <= (gamma * L) ^ 2) by apply pow2_ge_0. assert (Hp2 : 0 < p ^ 2) by (apply pow_lt; lra).
    assert (K1 : 0 <= a * (gamma * L) ^ 2) by now apply Rmult_le_pos.
    assert (K2 : 0 <= (p + p ^ 2) * (a * (gamma * L) ^ 2)) by (apply Rmult_le_pos; lra).
    assert (S2 : gamma * (2 * L ^ 2 + 0 * (4 * 0 / (3 * 1)) + 0 * (4 * 0 / (3 * 1))) <= L).
    { replace (gamma * _) with (L * (2 * (gamma * L))) by field. apply Rle_trans with (L * 1); [apply Rmult_le_compat_l|]; lra. }
    assert (S3 : 2 * (4 * gamma ^ 2 * (1 - p) / p) * ((2 + p) / p * (a * L ^ 2) + 0 + 4 * ((2 + p) / p * 0 + 0) / (3 * 1) * 0
                   + 4 * ((2 + p) / p * 0 + 0) / (3 * 1) * 0) <= 1).
    { apply Rmult_le_reg_l with (p ^ 2); [lra|]. rewrite (Rmult_1_r (p ^ 2)).
      replace (p ^ 2 * _) with (8 * (1 - p) * (2 + p) * (a * (gamma * L) ^ 2)) by (field; lra). lra. }
    assert (S4 : 16 * L * (4 * gamma ^ 2 * (1 - p) / p) * ((2 + p) / p * (a * L) + 0 + 4 * ((2 + p) / p * 0 + 0) / (3 * 1) * 0
                   + 4 * ((2 + p) / p * 0 + 0) / (3 * 1) * 0) <= 1).
    { apply Rmult_le_reg_l with (p ^ 2); [lra|]. rewrite (Rmult_1_r (p ^ 2)).
      replace (p ^ 2 * _) with (64 * (1 - p) * (2 + p) * (a * (gamma * L) ^ 2)) by (field; lra). lra. }
    specialize (T S2 S3 S4 x tt K). apply Rle_trans with (1 := T). right. unfold f_gap. field. lra.
  Qed.
End FixedShifts.

(** ** The two methods *)

Lemma local_sgd_stepsize c a L gamma (p : probability) : 0 < L -> 0 < p -> 0 < gamma -> 4 <= c -> 128 * a <= c ^ 2 ->
  gamma <= p / (c * L) -> 4 * (gamma * L) <= 1 /\ 128 * a * (gamma * L) ^ 2 <= p ^ 2.
Proof.
  intros HL Hp Hg Hc Ha Hg1. pose proof (chance_range p) as Hp1.
  assert (K : c * (gamma * L) <= p).
  { replace (c * (gamma * L)) with (gamma * (c * L)) by ring. assert (0 < c * L) by (apply Rmult_lt_0_compat; lra).
    apply Rle_trans with (p / (c * L) * (c * L)); [apply Rmult_le_compat_r; lra|right; field; lra]. }
  assert (HgL : 0 < gamma * L) by now apply Rmult_lt_0_compat.
  assert (K4 : 0 <= (c - 4) * (gamma * L)) by (apply Rmult_le_pos; lra). split; [lra|].
  assert (K2 : (c * (gamma * L)) ^ 2 <= p ^ 2) by (apply pow_incr; split; [apply Rmult_le_pos|]; lra).
  assert (K3 : 0 <= (c ^ 2 - 128 * a) * (gamma * L) ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]). lra.
Qed.

Section Rows.
  Context {H : space} (f : problem H) (L : R) (x_star : H) (assumed : convex_smooth f L x_star).
  Let n := size f.
  Let gap (x : nat -> H) := mean_value f (vector_mean n x) - mean_value f x_star.

  (** S*-Local-SGD: c_i = grad f_i(x⋆) *)
  Lemma star_local_row x :
    mean n (fun i => ‖gradient f i (x i) - gradient f i x_star‖²) <= 2 * (2 * L) * gap x + 2 * L ^ 2 * discrepancy n x + 0.
  Proof using assumed. pose proof (mean_local_cocoercive f L x_star assumed x) as M. fold n (gap x) in M. lra. Qed.

  (** Local-SGD: c_i = 0 *)
  Lemma plain_local_row x :
    mean n (fun i => ‖gradient f i (x i) - zero‖²)
    <= 2 * (3 * L) * gap x + 3 * L ^ 2 * discrepancy n x + 3 * heterogeneity f x_star.
  Proof using assumed.
    set (xbar := vector_mean n x).
    apply Rle_trans with (mean n (fun i => 3 * ‖gradient f i (x i) - gradient f i xbar‖²
      + (3 * ‖gradient f i xbar - gradient f i x_star‖² + 3 * ‖gradient f i x_star‖²))).
    - apply mean_le; intros i _. set (u := (gradient f i (x i) - gradient f i xbar)%v). set (v := (gradient f i xbar - gradient f i x_star)%v).
      set (y := gradient f i x_star). rewrite (square_ext H _ (u + v + y)%v) by (intros; unfold u, v, y; expand; ring). clearbody u v y.
      pose proof (dot_nonnegative H (u - v)%v) as K1. pose proof (dot_nonnegative H (u - y)%v) as K2.
      pose proof (dot_nonnegative H (v - y)%v) as K3. revert K1 K2 K3. expand.
      rewrite (dot_symmetric _ v u), (dot_symmetric _ y u), (dot_symmetric _ y v). lra.
    - rewrite !mean_add, !mean_scale. pose proof (mean_cocoercive f L x_star assumed xbar) as C. fold n in C. change (mean_value f xbar - mean_value f x_star) with (gap x) in C.
      assert (E : mean n (fun i => ‖gradient f i (x i) - gradient f i xbar‖²) <= L ^ 2 * discrepancy n x).
      { unfold discrepancy. rewrite <- mean_scale. apply mean_le; intros i Hi. apply lipschitz with (h := value f i); [apply (L_positive assumed)|..];
          [now apply (each_convex assumed)|now apply (each_smooth assumed)]. }
      unfold heterogeneity. fold n. lra.
  Qed.

  Lemma no_local_shift_cancels (z : H) : ⟨vector_mean n (fun _ => zero), z⟩ = 0.
  Proof using assumed. rewrite (mean_of_constants n (nonempty assumed)). apply dot_zero. Qed.

  Lemma solution_gradients_cancel (z : H) : ⟨vector_mean n (fun i => gradient f i x_star), z⟩ = 0.
  Proof using assumed. exact (optimal assumed z). Qed.
End Rows.
