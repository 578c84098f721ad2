(** The hypotheses of the theorem of S-Local-SVRG can be met: on squares of components, f_ij(x) = (L/2) |x - c_ij|^2 with any
    centres in any space, nothing is left to assume. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem StochasticGradient Trajectory LocalScheme SLocalSvrg SLocalSvrgRate
  Witness.
Open Scope R_scope.

Section Squares.
  Context {H : space} (n : nat) (m : nat -> nat) (L : R) (c : nat -> nat -> H).
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis m_positive : forall i, (i < n)%nat -> (0 < m i)%nat.
  Hypothesis L_positive : 0 < L.
  Let g := squared_distance_gradient L c.
  Let f := problem_of_components n m (squared_distance L c) g.
  Let centre : H := vector_mean n (fun i => vector_mean (m i) (c i)).

  Lemma worker_squares_smooth i : (i < n)%nat -> smooth L (value f i) (gradient f i).
  Proof using n_positive m_positive L_positive.
    exact (each_smooth (components_convex_smooth n m _ g centre L m_positive L_positive (fun i j _ _ => squared_distance_convex L c L_positive i j)
      (fun i j _ _ => squared_distance_smooth L c L_positive i j) (squares_of_components_stationary n m L c n_positive m_positive) n_positive) i).
  Qed.

  Lemma worker_squares_quasi_strongly_convex i x_star : (i < n)%nat ->
    quasi_strongly_convex L (value f i) (gradient f i) x_star.
  Proof using m_positive.
    intros Hi x. right. simpl.
    rewrite dot_mean, <- (mean_const (m i) (L / 2 * ‖x_star - x‖²)), <- !mean_add by now apply m_positive. apply mean_ext; intros j _.
    unfold g, squared_distance, squared_distance_gradient. expand.
    rewrite (dot_symmetric _ (c i j) x), (dot_symmetric _ x_star x), (dot_symmetric _ (c i j) x_star). field.
  Qed.

  (** With gamma = p/(44 L) *)
  Corollary s_local_svrg_on_squares (p q : probability) (x y : H) : 0 < p -> 0 < q ->
    let gamma := p / (44 * L) in
    let eta := Rmin (gamma * L) (q / 4) in
    exists bound, forall K,
      E[ mean_value f (weighted_average (S K) (fun k => / (1 - eta) ^ S k) (fun k => vector_mean n (iterates (path k)))) - mean_value f centre
       | path <- trajectory (s_local_svrg_step n m (squared_distance L c) g (independent_coins p q) gamma) K (LocalState (fun _ => x) y) ]
      <= (1 - eta) ^ S K * bound.
  Proof using n_positive m_positive L_positive.
    intros Hp Hq gamma eta. pose proof (chance_range p) as Hp1. pose proof (chance_range q) as Hq1.
    assert (HN : 1 <= INR n) by (change 1 with (INR 1); apply le_INR; lia).
    assert (HgL : gamma * L = p / 44) by (unfold gamma; field; lra).
    assert (Hg : 0 < gamma) by (apply Rdiv_lt_0_compat; lra).
    eexists. intros K. apply (s_local_svrg_rate n m (squared_distance L c) g centre L L L gamma p q (independent_coins p q)); try assumption; try lra.
    - intros; now apply squared_distance_convex.
    - intros; now apply squared_distance_smooth.
    - exact worker_squares_smooth.
    - intros; now apply worker_squares_quasi_strongly_convex.
    - now apply squares_of_components_stationary.
    - apply independent_coins_show.
    - replace (gamma * (4 * L + 40 * L / (3 * INR n))) with (gamma * L * (4 + 40 / 3 * / INR n)) by (field; lra). rewrite HgL.
      assert (/ INR n <= 1) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
      assert (0 < / INR n) by (apply Rinv_0_lt_compat; lra).
      apply Rle_trans with (1 / 44 * (4 + 40 / 3)); [apply Rmult_le_compat|]; lra.
    - replace (1936 * (1 - p) * L * L * gamma ^ 2) with (1936 * (1 - p) * (gamma * L) ^ 2) by ring. rewrite HgL.
      replace (1936 * (1 - p) * (p / 44) ^ 2) with (p ^ 2 - p * p ^ 2) by field.
      assert (0 <= p * p ^ 2) by (apply Rmult_le_pos; [lra|apply pow2_ge_0]). lra.
  Qed.
End Squares.
