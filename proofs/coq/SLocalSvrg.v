(** S-Local-SVRG: local steps with shifts that are learned and loopless variance reduction, both from one reference point. It
    finds the solution, however different the f_i are. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem StochasticGradient VarianceReduction LSvrg EcEstimators EcLsvrg
  UnifiedSgd Trajectory LocalParts LocalScheme LocalTheorem.
Open Scope R_scope.

(** Two coins, in this order: are the workers synchronized, is the reference point refreshed. Independent of each other: *)
Definition independent_coins (p q : probability) : law (bool * bool) :=
  draw synchronized <- bernoulli p ;;
  draw refreshed <- bernoulli q ;;
  ret (synchronized, refreshed).

(** The chances of both, whatever they have to do with each other *)
Definition coins_show (p q : R) (coins : law (bool * bool)) : Prop :=
  (forall F, E[ F (fst c) | c <- coins ] = p * F true + (1 - p) * F false) /\
  (forall F, E[ F (snd c) | c <- coins ] = q * F true + (1 - q) * F false).

Lemma independent_coins_show (p q : probability) : coins_show p q (independent_coins p q).
Proof.
  unfold independent_coins. split; intros F; rewrite expectation_bind, expectation_bernoulli, !expectation_bind,
    !expectation_bernoulli, !expectation_ret; simpl; ring.
Qed.

(** Refreshed only when synchronized, and then with probability r *)
Definition coins_when_synchronizing (p r : probability) : law (bool * bool) :=
  draw synchronized <- bernoulli p ;;
  draw refreshed <- bernoulli r ;;
  ret (synchronized, andb synchronized refreshed).

Lemma coins_when_synchronizing_show (p r : probability) : coins_show p (p * r) (coins_when_synchronizing p r).
Proof.
  unfold coins_when_synchronizing. split; intros F; rewrite expectation_bind, expectation_bernoulli, !expectation_bind,
    !expectation_bernoulli, !expectation_ret; simpl; ring.
Qed.

Section Method.
  Context {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R) (component_gradient : nat -> nat -> H -> H).
  Let f := problem_of_components n m component component_gradient.

  (** Worker i: g_i = grad f_ij(x_i) - grad f_ij(w) + grad f(w), j drawn uniformly *)
  Definition s_local_svrg_gradients : local_estimator H H := fun x w =>
    independent zero n (fun i =>
      draw j <- uniform (m i) ;;
      ret (component_gradient i j (x i) - component_gradient i j w + mean_gradient f w)%v).

  (** w <- (1/n) sum_l x_l if refreshed, the x_l from before the step *)
  Definition s_local_svrg_server (coins : law (bool * bool)) : local_server H H := fun x w =>
    draw c <- coins ;;
    ret (fst c, if snd c then vector_mean n x else w).

  (** x_i <- (1/n) sum_l (x_l - gamma g_l) if synchronized, x_i - gamma g_i otherwise *)
  Definition s_local_svrg_step (coins : law (bool * bool)) (gamma : R) : local_state H H -> law (local_state H H) :=
    local_step n s_local_svrg_gradients (s_local_svrg_server coins) gamma.
End Method.

Section SLocalSvrg.
  Context {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R) (component_gradient : nat -> nat -> H -> H).
  Variables (x_star : H) (L component_L p q : R) (coins : law (bool * bool)).
  Let f := problem_of_components n m component component_gradient.
  Let worker := worker_problem m component component_gradient.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis m_positive : forall i, (i < n)%nat -> (0 < m i)%nat.
  Hypothesis L_positive : 0 < L.
  Hypothesis component_L_positive : 0 < component_L.
  Hypothesis component_convex :
    forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j).
  Hypothesis component_smooth :
    forall i j, (i < n)%nat -> (j < m i)%nat -> smooth component_L (component i j) (component_gradient i j).
  Hypothesis worker_smooth : forall i, (i < n)%nat -> smooth L (value f i) (gradient f i).
  Hypothesis optimal : stationary (mean_gradient f) x_star.
  Hypothesis coins_are : coins_show p q coins.
  Hypothesis q_nonnegative : 0 <= q.

  (** s = (1/n) sum_i (1/m_i) sum_j |grad f_ij(w) - grad f_ij(x⋆)|^2 *)
  Definition common_reference_error (w : H) : R := mean n (fun i => reference_error (worker i) x_star w).

  (** (1/n) sum_i |grad f_i(w) - grad f_i(x⋆)|^2 *)
  Definition common_shift_error (w : H) : R := mean n (fun i => ‖gradient f i w - gradient f i x_star‖²).

  Let s := common_reference_error.
  Let shift := common_shift_error.
  Let estimate := s_local_svrg_gradients n m component component_gradient.
  Let gap (x : nat -> H) := mean_value f (vector_mean n x) - mean_value f x_star.
  Let V (x : nat -> H) := discrepancy n x.

  (** E g_i *)
  Definition s_local_svrg_expected (x : nat -> H) (w : H) (i : nat) : H :=
    (gradient f i (x i) - gradient f i w + mean_gradient f w)%v.

  Let expected := s_local_svrg_expected.

  Lemma workers_convex_smooth : convex_smooth f L x_star.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal.
    split; try assumption.
    exact (each_convex (components_convex_smooth n m component component_gradient x_star component_L m_positive component_L_positive
      component_convex component_smooth optimal n_positive)).
  Qed.

  Let assumed := workers_convex_smooth.
  Let a x i j : H := component_gradient i j (x i : H).
  Let b (w : H) i j : H := component_gradient i j w.
  Let g x w i j : H := (a x i j - b w i j + mean_gradient f w)%v.

  Lemma s_nonnegative w : 0 <= s w.
  Proof. apply mean_nonnegative; intros; apply mean_nonnegative; intros; apply dot_nonnegative. Qed.

  (** One worker's law *)
  Lemma expectation_of_worker x w i F : (i < n)%nat ->
    expectation (draw j <- uniform (m i) ;; ret (component_gradient i j (x i) - component_gradient i j w + mean_gradient f w)%v) F
    = mean (m i) (fun j => F (g x w i j)).
  Proof using m_positive.
    intros Hi. rewrite expectation_bind, expectation_uniform by now apply m_positive.
    apply mean_ext; intros j _. apply expectation_ret.
  Qed.

  Lemma worker_unbiased x w i z : (i < n)%nat -> mean (m i) (fun j => ⟨g x w i j, z⟩) = ⟨expected x w i, z⟩.
  Proof using m_positive.
    intros Hi. rewrite (mean_ext (m i) _ (fun j => ⟨a x i j, z⟩ + ((-1) * ⟨b w i j, z⟩ + ⟨mean_gradient f w, z⟩)))
      by (intros; unfold g; expand; ring).
    rewrite !mean_add, mean_scale, mean_const by now apply m_positive.
    unfold expected, s_local_svrg_expected. simpl gradient. expand. rewrite !dot_mean. unfold a, b. ring.
  Qed.

  (** Around its mean it is the estimator of L-SVRG around its mean. *)
  Lemma worker_variance_at x w i : (i < n)%nat ->
    mean (m i) (fun j => ‖g x w i j - expected x w i‖²)
    <= 2 * reference_error (worker i) x_star (x i) + 2 * reference_error (worker i) x_star w.
  Proof using m_positive.
    intros Hi. apply Rle_trans with (2 := corrected_variance (m i) (a x i) (b w i) (fun j => component_gradient i j x_star) (m_positive i Hi)).
    right. apply mean_ext; intros j _. apply square_ext; intros z. unfold g, expected, s_local_svrg_expected, corrected, a, b.
    simpl gradient. expand. ring.
  Qed.

  (** (1/n) sum_i (1/m_i) sum_j |grad f_ij(x_i) - grad f_ij(x⋆)|^2 <= 4 component_L gap + 2 component_L L V *)
  Lemma local_references x :
    mean n (fun i => reference_error (worker i) x_star (x i)) <= 4 * component_L * gap x + 2 * component_L * L * V x.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal.
    apply Rle_trans with (mean n (fun i => 2 * component_L
      * (value f i (x i) - value f i x_star - ⟨gradient f i x_star, x i - x_star⟩))).
    - apply mean_le; intros i Hi.
      apply Rle_trans with (mean (m i) (fun j => 2 * component_L * (component i j (x i)
        + ((-1) * component i j x_star + (-1) * ⟨component_gradient i j x_star, x i - x_star⟩)))).
      + apply mean_le; intros j Hj.
        pose proof (cocoercive component_L _ _ component_L_positive (component_convex i j Hi Hj) (component_smooth i j Hi Hj) (x i) x_star).
        simpl. lra.
      + rewrite mean_scale, !mean_add, !mean_scale. simpl. rewrite dot_mean. right. ring.
    - rewrite mean_scale. pose proof (mean_local_distance f L x_star assumed x) as D. cbv zeta in D.
      apply Rmult_le_compat_l with (r := 2 * component_L) in D; [|lra].
      apply Rle_trans with (1 := D). right. unfold gap, V. simpl size. ring.
  Qed.

  (** (N) *)
  Lemma workers_variance x w :
    mean n (fun i => mean (m i) (fun j => ‖g x w i j - expected x w i‖²))
    <= 8 * component_L * gap x + 2 * s w + 4 * component_L * L * V x.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal.
    apply Rle_trans with (mean n (fun i => 2 * reference_error (worker i) x_star (x i) + 2 * reference_error (worker i) x_star w)).
    - apply mean_le; intros i Hi. now apply worker_variance_at.
    - rewrite mean_add, !mean_scale. pose proof (local_references x). unfold s, common_reference_error. lra.
  Qed.

  Lemma shift_nonnegative w : 0 <= shift w.
  Proof. apply mean_nonnegative; intros; apply dot_nonnegative. Qed.

  (** Jensen *)
  Lemma shifts_below_references w : shift w <= s w.
  Proof using m_positive.
    apply mean_le; intros i Hi.
    apply Rle_trans with (2 := square_of_mean H (m i) (fun j => component_gradient i j w - component_gradient i j x_star)%v (m_positive i Hi)).
    right. apply square_ext; intros z. simpl gradient. expand. rewrite !dot_mean.
    rewrite (mean_ext (m i) (fun j => ⟨component_gradient i j w - component_gradient i j x_star, z⟩)
      (fun j => ⟨component_gradient i j w, z⟩ + (-1) * ⟨component_gradient i j x_star, z⟩)) by (intros; expand; ring).
    rewrite mean_add, mean_scale. ring.
  Qed.

  (** (M) *)
  Lemma workers_mean x w : mean n (fun i => ‖expected x w i‖²) <= 8 * L * gap x + 2 * shift w + 4 * L ^ 2 * V x.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal.
    set (u := fun i => (gradient f i w - gradient f i x_star)%v).
    assert (Hu : forall z, ⟨vector_mean n u, z⟩ = ⟨mean_gradient f w, z⟩).
    { intros z. unfold mean_gradient. rewrite !dot_mean. change (size f) with n.
      rewrite (mean_ext n _ (fun i => ⟨gradient f i w, z⟩ + (-1) * ⟨gradient f i x_star, z⟩)) by (intros; unfold u; expand; ring).
      rewrite mean_add, mean_scale. pose proof (mean_of_solution_gradients f L x_star assumed z) as O. change (size f) with n in O.
      rewrite O. ring. }
    apply Rle_trans with (mean n (fun i => 2 * ‖gradient f i (x i) - gradient f i x_star‖² + 2 * ‖u i - vector_mean n u‖²)).
    - apply mean_le; intros i _.
      apply Rle_trans with ‖(gradient f i (x i) - gradient f i x_star) + (-1) * (u i - vector_mean n u)‖².
      + right. apply square_ext; intros z. unfold expected, s_local_svrg_expected.
        repeat rewrite ?(dot_add H _ _ z), ?(dot_scale H _ _ z). rewrite Hu. unfold u. rewrite dot_add, dot_scale. ring.
      + apply Rle_trans with (1 := young H _ _). right. set (r := (u i - vector_mean n u)%v). clearbody r. expand. ring.
    - rewrite mean_add, !mean_scale, mean_deviation by assumption.
      pose proof (mean_local_cocoercive f L x_star assumed x) as C. change (size f) with n in C. fold (gap x) (V x) in C.
      change (mean n (fun i => ‖u i‖²)) with (shift w). pose proof (dot_nonnegative H (vector_mean n u)). lra.
  Qed.

  (** (A) *)
  Lemma mean_of_workers x w :
    E[ ‖vector_mean n v‖² | v <- estimate x w ]
    <= 2 * (2 * L + 4 * component_L / INR n) * gap x + 2 / INR n * s w + (2 * L ^ 2 + 4 * component_L * L / INR n) * V x.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal.
    rewrite (expectation_ext _ _ (fun v => ‖zero + / INR n * vector_sum n v‖²)).
    2:{ intros v. apply square_ext; intros z. unfold vector_mean. expand. ring. }
    unfold estimate, s_local_svrg_gradients. rewrite (independent_second_moment n _ (expected x w)).
    2:{ intros i Hi z. fold f. rewrite expectation_of_worker by assumption. now apply worker_unbiased. }
    rewrite (sum_ext n _ (fun i => mean (m i) (fun j => ‖g x w i j - expected x w i‖²))).
    2:{ intros i Hi. fold f. now rewrite expectation_of_worker. }
    rewrite (square_ext H _ (vector_mean n (fun i => gradient f i (x i)))).
    2:{ intros z. rewrite dot_add, dot_scale, dot_zero, dot_sum, dot_mean. unfold mean.
        rewrite (sum_ext n _ (fun i => ⟨gradient f i (x i), z⟩ + ((-1) * ⟨gradient f i w, z⟩ + ⟨mean_gradient f w, z⟩)))
          by (intros; unfold expected, s_local_svrg_expected; expand; ring).
        rewrite !sum_add, sum_scale, sum_const. unfold mean_gradient at 1. rewrite dot_mean. change (size f) with n. unfold mean.
        field. apply not_0_INR. lia. }
    pose proof (mean_of_local_gradients f L x_star assumed x) as M. change (size f) with n in M. fold (gap x) (V x) in M.
    pose proof (workers_variance x w) as N. assert (HN : 0 < INR n) by now apply lt_0_INR.
    apply Rmult_le_compat_l with (r := / INR n) in N; [|left; now apply Rinv_0_lt_compat]. unfold mean in N at 1.
    unfold Rdiv. lra.
  Qed.

  (** (S): a sequence that is a function of the reference point and small near the solution *)
  Lemma reference_recursion (e : H -> R) (smoothness : R) x w : (forall y, e y <= 2 * smoothness * (mean_value f y - mean_value f x_star)) ->
    E[ e (snd c) | c <- s_local_svrg_server n coins x w ]
    <= local_next_variance (LocalVariance q (q * smoothness) 0 0) (gap x) (e w) (V x).
  Proof using coins_are q_nonnegative.
    intros small. unfold s_local_svrg_server, local_next_variance; simpl. rewrite expectation_bind.
    set (F := fun refreshed : bool => if refreshed then e (vector_mean n x) else e w).
    rewrite (expectation_ext _ _ (fun c => F (snd c))).
    2:{ intros c. rewrite expectation_ret. unfold F; simpl. now destruct (snd c). }
    rewrite (proj2 coins_are F). unfold F. pose proof (small (vector_mean n x)) as C. fold (gap x) in C.
    apply Rmult_le_compat_l with (r := q) in C; [|assumption]. lra.
  Qed.

  (** The row, with any first sequence s1 *)
  Lemma s_local_svrg_row (s1 : H -> R) (B1 B2 : R) (v1 : local_variance) :
    (forall w, 0 <= s1 w) -> (forall w, 2 * shift w <= B1 * s1 w + B2 * s w) ->
    (forall x w, E[ s1 (snd c) | c <- s_local_svrg_server n coins x w ] <= local_next_variance v1 (gap x) (s1 w) (V x)) ->
    local_assumption f x_star estimate (s_local_svrg_server n coins) expected s1 s
      (LocalBound (4 * L) B1 B2 (4 * L ^ 2) 0) (LocalBound (4 * component_L) 0 2 (4 * component_L * L) 0)
      (LocalBound (2 * L + 4 * component_L / INR n) 0 (2 / INR n) (2 * L ^ 2 + 4 * component_L * L / INR n) 0)
      v1 (LocalVariance q (q * component_L) 0 0) p.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal coins_are
    q_nonnegative.
    intros s1_nonnegative s1_suffices s1_recursion.
    split; change (size f) with n; unfold local_sum; simpl A_of; simpl B1_of; simpl B2_of; simpl F_of; simpl D_of.
    - intros x w i z Hi. unfold estimate, s_local_svrg_gradients.
      rewrite (expectation_independent_at zero n _ (fun v => ⟨v, z⟩) i Hi). fold f. rewrite expectation_of_worker by assumption.
      now apply worker_unbiased.
    - intros x w z.
      rewrite (mean_ext n _ (fun i => ⟨gradient f i (x i), z⟩ + ((-1) * ⟨gradient f i w, z⟩ + ⟨mean_gradient f w, z⟩)))
        by (intros; unfold expected, s_local_svrg_expected; expand; ring).
      rewrite !mean_add, mean_scale, mean_const by assumption. unfold mean_gradient. rewrite dot_mean. change (size f) with n. ring.
    - intros x w. apply Rle_trans with (1 := workers_mean x w). specialize (s1_suffices w). fold (gap x) (V x). lra.
    - intros x w. apply Rle_trans with (mean n (fun i => mean (m i) (fun j => ‖g x w i j - expected x w i‖²))).
      + right. apply mean_ext; intros i Hi. unfold estimate, s_local_svrg_gradients.
        rewrite (expectation_independent_at zero n _ (fun v => ‖v - expected x w i‖²) i Hi). fold f. now rewrite expectation_of_worker.
      + pose proof (workers_variance x w). fold (gap x) (V x). lra.
    - intros x w. apply Rle_trans with (1 := mean_of_workers x w). fold (gap x) (V x). lra.
    - exact s1_recursion.
    - intros x w. apply reference_recursion. intros y.
      exact (components_cocoercive n m component component_gradient x_star component_L component_L_positive component_convex
        component_smooth optimal y).
    - intros x w F. unfold s_local_svrg_server. rewrite expectation_bind, <- (proj1 coins_are).
      apply expectation_ext; intros c. now rewrite expectation_ret.
    - exact s1_nonnegative.
    - apply s_nonnegative.
  Qed.

  (** One sequence: A = 4L, B2 = 2, F = 4 L^2; A~ = 4 component_L, B2~ = 2, F~ = 4 component_L L; A' = 2L + 4 component_L/n,
      B2' = 2/n, F' = 2 L^2 + 4 component_L L/n; rho2 = q, C2 = q component_L. *)
  Lemma s_local_svrg_assumption :
    local_assumption f x_star estimate (s_local_svrg_server n coins) expected (fun _ => 0) s
      (LocalBound (4 * L) 0 2 (4 * L ^ 2) 0) (LocalBound (4 * component_L) 0 2 (4 * component_L * L) 0)
      (LocalBound (2 * L + 4 * component_L / INR n) 0 (2 / INR n) (2 * L ^ 2 + 4 * component_L * L / INR n) 0)
      no_variance (LocalVariance q (q * component_L) 0 0) p.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal coins_are
    q_nonnegative.
    apply s_local_svrg_row.
    - intros; apply Rle_refl.
    - intros w. pose proof (shifts_below_references w). lra.
    - intros x w. rewrite expectation_const. unfold local_next_variance; simpl. lra.
  Qed.

  (** Two: the means have B1 = 2 in place of B2, rho1 = q, C1 = q L. *)
  Lemma s_local_svrg_sharp_assumption :
    local_assumption f x_star estimate (s_local_svrg_server n coins) expected shift s
      (LocalBound (4 * L) 2 0 (4 * L ^ 2) 0) (LocalBound (4 * component_L) 0 2 (4 * component_L * L) 0)
      (LocalBound (2 * L + 4 * component_L / INR n) 0 (2 / INR n) (2 * L ^ 2 + 4 * component_L * L / INR n) 0)
      (LocalVariance q (q * L) 0 0) (LocalVariance q (q * component_L) 0 0) p.
  Proof using n_positive m_positive L_positive component_L_positive component_convex component_smooth worker_smooth optimal coins_are
    q_nonnegative.
    apply s_local_svrg_row.
    - exact shift_nonnegative.
    - intros w. lra.
    - intros x w. apply reference_recursion. exact (mean_cocoercive f L x_star assumed).
  Qed.
End SLocalSvrg.
