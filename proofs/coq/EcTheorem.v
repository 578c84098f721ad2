(** The theorem of chapter 3 for error compensation, one step and k steps, for every method that satisfies the
    assumption, with any contractive compressor. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors ErrorFeedback ErrorCompensation.
Open Scope R_scope.

(** ** The errors *)

Section Errors.
  Context {H : space} {Memory : Type} (n : nat) (estimate : ec_estimator H Memory) (C : compressor H) (delta gamma : R).
  Hypothesis delta_range : 0 < delta <= 1.
  Hypothesis C_contractive : contractive delta C.

  Let step := ec_step n estimate C gamma.
  Let error (s : ec_state H Memory) := mean n (fun i => ‖errors s i‖²).

  (** What a step draws: (g, t) by the workers and v by C; and where that leads *)
  Definition ec_draws (s : ec_state H Memory) : law (((nat -> H) * Memory) * (nat -> H)) :=
    draw o <- estimate (ec_model s) (memory s) ;;
    draw v <- independent zero n (fun i => C (errors s i + gamma * fst o i)%v) ;;
    ret (o, v).

  Definition ec_next (s : ec_state H Memory) (d : ((nat -> H) * Memory) * (nat -> H)) : ec_state H Memory :=
    EcState (ec_model s - vector_mean n (snd d))%v (fun i => (errors s i + gamma * fst (fst d) i - snd d i)%v) (snd (fst d)).

  Lemma expectation_ec_step s F : expectation (step s) F = E[ F (ec_next s d) | d <- ec_draws s ].
  Proof.
    unfold step, ec_step, ec_draws. rewrite !expectation_bind. apply expectation_ext. intros [g t].
    rewrite !expectation_bind. apply expectation_ext. intros v. now rewrite !expectation_ret.
  Qed.

  Lemma expectation_drawn s F : E[ F (fst d) | d <- ec_draws s ] = expectation (estimate (ec_model s) (memory s)) F.
  Proof.
    unfold ec_draws. rewrite expectation_bind. apply expectation_ext. intros o.
    rewrite expectation_bind. transitivity (E[ F o | _v <- independent zero n (fun i => C (errors s i + gamma * fst o i)%v) ]).
    - apply expectation_ext. intros v. now rewrite expectation_ret.
    - apply expectation_const.
  Qed.

  (** (1 - delta) |e + gamma g|^2 <= (1 - delta/2) |e|^2 + gamma^2 k |g|^2 *)
  Lemma error_growth (e g : H) :
    (1 - delta) * ‖e + gamma * g‖² <= (1 - delta / 2) * ‖e‖² + gamma ^ 2 * compression_factor delta * ‖g‖².
  Proof using delta_range.
    pose proof (dot_nonnegative H (delta * e - (2 * (1 - delta) * gamma) * g)%v) as P. revert P. expand.
    rewrite (dot_symmetric _ g e). set (ee := ⟨e, e⟩). set (eg := ⟨e, g⟩). set (gg := ⟨g, g⟩). intros P.
    apply Rmult_le_reg_l with (2 * delta); [lra|].
    replace (2 * delta * ((1 - delta / 2) * ee + gamma ^ 2 * compression_factor delta * gg))
      with (2 * delta * (1 - delta / 2) * ee + 2 * gamma ^ 2 * ((1 - delta) * (2 - delta)) * gg)
      by (unfold compression_factor; field; lra).
    lra.
  Qed.

  (** E (1/n) sum_i |e_i'|^2 <= (1 - delta/2) (1/n) sum_i |e_i|^2
                                + gamma^2 (1/n) sum_i (k |E g_i|^2 + (1 - delta) E|g_i - E g_i|^2) *)
  Theorem error_recursion s (expected : nat -> H) :
    let drawn := estimate (ec_model s) (memory s) in
    (forall i z, (i < n)%nat -> E[ ⟨fst o i, z⟩ | o <- drawn ] = ⟨expected i, z⟩) ->
    E[ error s' | s' <- step s ]
    <= (1 - delta / 2) * error s
       + gamma ^ 2 * (compression_factor delta * mean n (fun i => ‖expected i‖²)
                      + (1 - delta) * mean n (fun i => E[ ‖fst o i - expected i‖² | o <- drawn ])).
  Proof using delta_range C_contractive.
    intros drawn Hmean. set (spread := fun i => E[ ‖fst o i - expected i‖² | o <- drawn ]).
    rewrite expectation_ec_step. unfold ec_draws. rewrite expectation_bind. fold drawn.
    apply Rle_trans with (E[ mean n (fun i => (1 - delta) * ‖errors s i + gamma * fst o i‖²) | o <- drawn ]).
    { apply expectation_le; intros o. rewrite expectation_bind.
      rewrite (expectation_ext _ _ (fun v => mean n (fun i => ‖(errors s i + gamma * fst o i) - v i‖²)))
        by (intros; now rewrite expectation_ret).
      rewrite (expectation_independent_mean zero n _ (fun i v => ‖(errors s i + gamma * fst o i) - v‖²)).
      apply mean_le; intros i _. apply Rle_trans with (2 := C_contractive (errors s i + gamma * fst o i)%v). right.
      apply expectation_ext; intros v. set (y := (errors s i + gamma * fst o i)%v). expand. rewrite (dot_symmetric _ v y). ring. }
    rewrite expectation_mean.
    apply Rle_trans with (mean n (fun i => (1 - delta / 2) * ‖errors s i‖²
      + gamma ^ 2 * (compression_factor delta * ‖expected i‖² + (1 - delta) * spread i))).
    { apply mean_le; intros i Hi. rewrite expectation_scale.
      rewrite (shifted_second_moment_of drawn (fun o => fst o i) (expected i) (errors s i) gamma) by (intros z; now apply Hmean).
      fold (spread i). pose proof (error_growth (errors s i) (expected i)). lra. }
    rewrite mean_add, !mean_scale, mean_add, !mean_scale. apply Rle_refl.
  Qed.

  (** For Q = N (1/n) sum_i |e_i|^2, N = 12 L gamma/delta:
      E Q' + 3L gamma |(1/n) sum_i e_i|^2 <= (1 - eta) Q + gamma^2 N (2 a gap + b1 s1 + b2 s2 + d1) *)
  Theorem compensated_errors L eta s (expected : nat -> H) (worker_mean worker_variance : moment_bound) (gap s1 s2 : R) :
    (0 < n)%nat -> 0 < L -> 0 < gamma -> eta <= delta / 4 ->
    let drawn := estimate (ec_model s) (memory s) in
    (forall i z, (i < n)%nat -> E[ ⟨fst o i, z⟩ | o <- drawn ] = ⟨expected i, z⟩) ->
    mean n (fun i => ‖expected i‖²) <= bound worker_mean gap s1 s2 ->
    mean n (fun i => E[ ‖fst o i - expected i‖² | o <- drawn ]) <= bound worker_variance gap s1 s2 ->
    let N := 12 * L * gamma / delta in
    N * E[ error s' | s' <- step s ] + 3 * L * gamma * ‖vector_mean n (errors s)‖²
    <= (1 - eta) * (N * error s) + gamma ^ 2 * N * bound (compressed_moments delta worker_mean worker_variance) gap s1 s2.
  Proof using delta_range C_contractive.
    intros Hn HL Hg Heta drawn Hmean P2 P3 N.
    assert (HN : 0 < N) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
    pose proof (error_recursion s expected Hmean) as R. fold drawn in R.
    apply Rmult_le_compat_l with (r := compression_factor delta) in P2; [|now apply compression_factor_nonnegative].
    apply Rmult_le_compat_l with (r := 1 - delta) in P3; [|lra].
    set (c := compressed_moments delta worker_mean worker_variance).
    assert (B : bound c gap s1 s2 = compression_factor delta * bound worker_mean gap s1 s2 + (1 - delta) * bound worker_variance gap s1 s2)
      by (unfold bound, c, compressed_moments; simpl; ring).
    pose proof (Rplus_le_compat _ _ _ _ P2 P3) as P. rewrite <- B in P.
    apply Rmult_le_compat_l with (r := gamma ^ 2) in P; [|apply pow2_ge_0].
    pose proof (Rle_trans _ _ _ R (Rplus_le_compat_l _ _ _ P)) as E. apply Rmult_le_compat_l with (r := N) in E; [|lra].
    pose proof (square_of_mean H n (errors s) Hn) as J. fold (error s) in J.
    apply Rmult_le_compat_l with (r := 3 * L * gamma) in J; [|apply Rmult_le_pos; lra].
    assert (HE : 0 <= error s) by (apply mean_nonnegative; intros; apply dot_nonnegative).
    assert (K : 0 <= N * (delta / 4 - eta) * error s) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|assumption]).
    assert (KN : 3 * L * gamma = N * (delta / 4)) by (unfold N; field; lra).
    rewrite KN in J |- *. lra.
  Qed.
End Errors.

(** ** The theorem *)

Section ErrorCompensation.
  Context {H : space} {Memory : Type} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (estimate : ec_estimator H Memory) (expected : H -> Memory -> nat -> H) (s1 s2 : Memory -> R).
  Variables (worker_mean worker_variance mean_square : moment_bound) (rho1 C1 G D2 rho2 C2 : R).
  Variables (C : compressor H) (delta mu gamma : R).
  Hypothesis assumption :
    ec_assumption f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2.
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star.
  Hypothesis delta_range : 0 < delta <= 1.
  Hypothesis C_contractive : contractive delta C.
  Hypothesis gamma_positive : 0 < gamma.

  Let n := size f.
  Let gap x := mean_value f x - mean_value f x_star.
  Let step := ec_step n estimate C gamma.
  Let N := 12 * L * gamma / delta.
  Let error (s : ec_state H Memory) := mean n (fun i => ‖errors s i‖²).
  Let c := compressed_moments delta worker_mean worker_variance.

  (** Any weights M1, M2 that suffice; V, S and the noise in the form that a method gives them. *)
  Variables (eta M1 M2 S noise : R) (V : ec_state H Memory -> R).
  Hypothesis V_is : forall s, V s = ec_lyapunov n x_star s1 s2 N M1 M2 gamma s.
  Hypothesis S_is : S = on_gap mean_square + C1 * M1 + C2 * M2 + N * on_gap c.
  Hypothesis noise_is : noise = gamma ^ 2 * (on_nothing mean_square + M1 * D2 + N * on_nothing c).
  Hypothesis eta_mu : eta <= gamma * mu / 2.
  Hypothesis eta_delta : eta <= delta / 4.
  Hypothesis M1_nonnegative : 0 <= M1.
  Hypothesis M2_nonnegative : 0 <= M2.
  Hypothesis M1_suffices : on_s1 mean_square + N * on_s1 c <= (rho1 - eta) * M1.
  Hypothesis M2_suffices : on_s2 mean_square + N * on_s2 c + G * rho1 * M1 <= (rho2 - eta) * M2.


  Theorem ec_one_step s :
    E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * gap (ec_model s) + noise.
  Proof using assumed assumption mu_nonnegative quasi delta_range C_contractive gamma_positive eta_mu eta_delta
    M1_nonnegative M2_nonnegative M1_suffices M2_suffices V_is S_is noise_is.
    set (x := ec_model s). set (t := memory s). rewrite (expectation_ext _ V _ V_is), V_is, S_is, noise_is.
    unfold step, ec_lyapunov. rewrite expectation_ec_step.
    apply (error_feedback_one_step f x_star L assumed mu gamma mu_nonnegative quasi gamma_positive
      (ec_draws n estimate C gamma s) (fun d => vector_mean n (fst (fst d))) (fun d => virtual n (ec_next n gamma s d))
      x (vector_mean n (errors s)))
      with (next_s1 := fun d => s1 (snd (fst d))) (next_s2 := fun d => s2 (snd (fst d)))
        (next_Q := fun d => N * error (ec_next n gamma s d)) (rho1 := rho1) (G := G) (rho2 := rho2); try assumption.
    - intros d z. apply (virtual_iterate n gamma s (fst (fst d)) (snd d) (snd (fst d)) z).
    - intros z. rewrite (expectation_drawn n estimate C gamma s (fun o => ⟨vector_mean n (fst o), z⟩)).
      rewrite (expectation_ext _ _ (fun o => mean n (fun i => ⟨fst o i, z⟩))) by (intros; apply dot_mean).
      rewrite expectation_mean, (mean_ext n _ (fun i => ⟨expected x t i, z⟩)) by (intros; now apply (expectations assumption)).
      rewrite <- (unbiased_on_average assumption x t z). symmetry. apply dot_mean.
    - rewrite (expectation_drawn n estimate C gamma s (fun o => ‖vector_mean n (fst o)‖²)). apply (mean_square_bound assumption).
    - rewrite (expectation_drawn n estimate C gamma s (fun o => s1 (snd o))). apply (s1_bound assumption).
    - rewrite (expectation_drawn n estimate C gamma s (fun o => s2 (snd o))). apply (s2_bound assumption).
    - rewrite expectation_scale. rewrite <- (expectation_ec_step n estimate C gamma s error).
      apply (compensated_errors n estimate C delta gamma delta_range C_contractive L eta s (expected x t));
        [apply (nonempty assumed)|apply (L_positive assumed)|assumption|assumption| | |].
      + intros; now apply (expectations assumption).
      + apply (worker_mean_bound assumption).
      + apply (worker_variance_bound assumption).
    - apply (s1_nonnegative assumption).
    - apply (s2_nonnegative assumption).
  Qed.

  Lemma descent_discarded s : 2 * gamma * S <= 1 -> E[ V s' | s' <- step s ] <= (1 - eta) * V s + noise.
  Proof using assumed assumption mu_nonnegative quasi delta_range C_contractive gamma_positive eta_mu eta_delta
    M1_nonnegative M2_nonnegative M1_suffices M2_suffices V_is S_is noise_is.
    intros Hg. apply Rle_trans with (1 := ec_one_step s). pose proof (convex_minimiser f L x_star assumed (ec_model s)).
    assert (0 <= gamma * (1 - 2 * gamma * S) * gap (ec_model s)).
    { apply Rmult_le_pos; [apply Rmult_le_pos; lra|unfold gap; lra]. }
    lra.
  Qed.

  Theorem ec_contraction_with_noise : 2 * gamma * S <= 1 -> 0 < eta ->
    forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s + noise * (1 - (1 - eta) ^ k) / eta.
  Proof using assumed assumption mu_nonnegative quasi delta_range C_contractive gamma_positive eta_mu eta_delta
    M1_nonnegative M2_nonnegative M1_suffices M2_suffices V_is S_is noise_is.
    intros Hg Heta k s. pose proof (contraction step V (1 - eta) noise ltac:(lra) ltac:(lra)) as K.
    replace (1 - (1 - eta)) with eta in K by ring. apply K. intros s'. now apply descent_discarded.
  Qed.

  Theorem ec_contraction : 2 * gamma * S <= 1 -> noise = 0 ->
    forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s.
  Proof using assumed assumption mu_nonnegative quasi delta_range C_contractive gamma_positive eta_mu eta_delta
    M1_nonnegative M2_nonnegative M1_suffices M2_suffices V_is S_is noise_is.
    intros Hg Hnoise. apply contraction_without_noise; [lra|]. intros s. pose proof (descent_discarded s Hg). lra.
  Qed.

  (** One step, and where there is no noise, every step: what the methods that find x⋆ need. *)
  Corollary ec_linear : noise = 0 ->
    (forall s, E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * gap (ec_model s)) /\
    (2 * gamma * S <= 1 -> forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s).
  Proof using assumed assumption mu_nonnegative quasi delta_range C_contractive gamma_positive eta_mu eta_delta
    M1_nonnegative M2_nonnegative M1_suffices M2_suffices V_is S_is noise_is.
    intros Hnoise. split; [intros s; pose proof (ec_one_step s); lra|]. intros Hg. now apply ec_contraction.
  Qed.
End ErrorCompensation.
