(** The theorem of chapter 3, one step: what is not sent at once is kept, and an error model says how large it gets. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem.
Open Scope R_scope.

(** 2 A gap + B1 s1 + B2 s2 + D *)
Record moment_bound := MomentBound { on_gap : R; on_s1 : R; on_s2 : R; on_nothing : R }.

Definition bound (b : moment_bound) (gap s1 s2 : R) : R := 2 * on_gap b * gap + on_s1 b * s1 + on_s2 b * s2 + on_nothing b.

(** ** One step, as an inequality between numbers *)

(** r = |virtual - x⋆|^2, D = f(x) - f(x⋆), e = |(1/n) sum_i e_i|^2, S = E|g|^2, and Q any potential of the errors. *)
Lemma error_feedback_inequality L mu gamma eta N M1 M2 A B1 B2 D1 a b1 b2 d1 rho1 C1 G D2 rho2 C2 r D s1 s2 e Q S R' S1 S2 Q' :
  0 < gamma -> 0 <= M1 -> 0 <= M2 ->
  eta <= gamma * mu / 2 -> B1 + N * b1 <= (rho1 - eta) * M1 -> B2 + N * b2 + G * rho1 * M1 <= (rho2 - eta) * M2 ->
  0 <= r -> 0 <= s1 -> 0 <= s2 ->
  R' <= (1 - gamma * mu / 2) * r - gamma * D + 3 * L * gamma * e + gamma ^ 2 * S ->
  S <= 2 * A * D + B1 * s1 + B2 * s2 + D1 ->
  S1 <= (1 - rho1) * s1 + 2 * C1 * D + G * rho1 * s2 + D2 ->
  S2 <= (1 - rho2) * s2 + 2 * C2 * D ->
  Q' + 3 * L * gamma * e <= (1 - eta) * Q + gamma ^ 2 * N * (2 * a * D + b1 * s1 + b2 * s2 + d1) ->
  R' + M1 * gamma ^ 2 * S1 + M2 * gamma ^ 2 * S2 + Q'
  <= (1 - eta) * (r + M1 * gamma ^ 2 * s1 + M2 * gamma ^ 2 * s2 + Q)
     - gamma * (1 - 2 * gamma * (A + C1 * M1 + C2 * M2 + N * a)) * D + gamma ^ 2 * (D1 + M1 * D2 + N * d1).
Proof.
  intros Hg HM1 HM2 Heta H1 H2 Hr Hs1 Hs2 HR HS HS1 HS2 HQ.
  assert (Hgg : 0 <= gamma ^ 2) by apply pow2_ge_0.
  apply Rmult_le_compat_l with (r := gamma ^ 2) in HS; [|assumption].
  apply Rmult_le_compat_l with (r := M1 * gamma ^ 2) in HS1; [|now apply Rmult_le_pos].
  apply Rmult_le_compat_l with (r := M2 * gamma ^ 2) in HS2; [|now apply Rmult_le_pos].
  apply Rmult_le_compat_r with (r := r) in Heta; [|assumption].
  apply Rmult_le_compat_l with (r := gamma ^ 2 * s1) in H1; [|now apply Rmult_le_pos].
  apply Rmult_le_compat_l with (r := gamma ^ 2 * s2) in H2; [|now apply Rmult_le_pos].
  lra.
Qed.

(** M1 = (4/(3 rho1)) c and M2 = (4/(3 rho2)) c are the weights of the theorem. *)
Lemma weight_suffices rho eta M c : eta <= rho / 4 -> 0 <= M -> rho * M = 4 / 3 * c -> c <= (rho - eta) * M.
Proof. intros Heta HM E. apply Rmult_le_compat_r with (r := M) in Heta; [|assumption]. lra. Qed.

(** ** The theorem *)

Section ErrorFeedback.
  Context {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (mu gamma : R).
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star.
  Hypothesis gamma_positive : 0 < gamma.

  Let grad := mean_gradient f.
  Let gap x := mean_value f x - mean_value f x_star.

  (** -2 <u - e, q> <= -Delta - (mu/2) |u - e|^2 + 3L |e|^2 for u = x - x⋆ and q = grad f(x) *)
  Lemma perturbed_descent x (e : H) :
    - 2 * ⟨grad x, (x - x_star) - e⟩ <= - gap x - mu / 2 * ‖(x - x_star) - e‖² + 3 * L * ‖e‖².
  Proof using assumed quasi mu_nonnegative.
    pose proof (L_positive assumed) as HL. set (u := (x - x_star)%v). set (q := grad x).
    assert (H1 : gap x + mu / 2 * ‖u‖² <= ⟨q, u⟩).
    { pose proof (quasi x) as Q. fold (grad x) q in Q. unfold gap, u. revert Q. expand. rewrite (dot_symmetric _ x_star x). lra. }
    assert (H2 : ‖q‖² <= 2 * L * gap x) by apply (mean_gradient_square f L x_star assumed).
    assert (H3 : 0 <= ‖(2 * L) * e - q‖²) by apply dot_nonnegative.
    assert (H4 : 0 <= L * mu * ‖u + e‖²) by (apply Rmult_le_pos; [nra|apply dot_nonnegative]).
    assert (H5 : 0 <= 2 * L * (L * ‖e‖² - mu * ‖e‖²)).
    { apply Rmult_le_pos; [lra|]. pose proof (strong_convexity_at_most_smoothness f L x_star assumed mu quasi e). lra. }
    apply Rmult_le_reg_l with (2 * L); [lra|]. revert H3 H4 H5. expand.
    rewrite (dot_symmetric _ e q), (dot_symmetric _ e u).
    set (uu := ⟨u, u⟩) in *. set (ee := ⟨e, e⟩). set (ue := ⟨u, e⟩). set (qu := ⟨q, u⟩) in *. set (qe := ⟨q, e⟩). set (qq := ⟨q, q⟩) in *.
    intros H3 H4 H5. apply Rmult_le_compat_l with (r := 4 * L) in H1; [|lra]. lra.
  Qed.

  (** The model is x, and e is what is not sent yet on average. An outcome of the step says what g is, and x - e
      afterwards. *)
  Context {Outcome : Type} (step : law Outcome) (g next_virtual : Outcome -> H) (x e : H).
  Hypothesis virtual_moves : forall o z, ⟨next_virtual o, z⟩ = ⟨(x - e) - gamma * g o, z⟩.
  Hypothesis unbiased_gradient : forall z, E[ ⟨g o, z⟩ | o <- step ] = ⟨grad x, z⟩.

  Theorem perturbed_iterate :
    E[ ‖next_virtual o - x_star‖² | o <- step ]
    <= (1 - gamma * mu / 2) * ‖(x - e) - x_star‖² - gamma * gap x + 3 * L * gamma * ‖e‖² + gamma ^ 2 * E[ ‖g o‖² | o <- step ].
  Proof using assumed mu_nonnegative quasi gamma_positive virtual_moves unbiased_gradient.
    set (r := (x - e - x_star)%v).
    rewrite (expectation_ext _ _ (fun o => ‖r‖² + ((-2 * gamma) * ⟨g o, r⟩ + gamma ^ 2 * ‖g o‖²))).
    2:{ intros o. rewrite (square_ext H (next_virtual o - x_star)%v (r - gamma * g o)%v).
        - expand. rewrite (dot_symmetric _ r (g o)). ring.
        - intros z. rewrite dot_add, virtual_moves. unfold r. expand. ring. }
    rewrite !expectation_add, expectation_const, !expectation_scale, unbiased_gradient.
    pose proof (perturbed_descent x e) as P.
    rewrite (square_ext H (x - x_star - e)%v r) in P by (intros; unfold r; expand; ring).
    replace ⟨grad x, x - x_star - e⟩ with ⟨grad x, r⟩ in P by (unfold r; expand; ring).
    apply Rmult_le_compat_l with (r := gamma) in P; [|lra]. lra.
  Qed.

  (** The variances s1 and s2 and the potential Q of the errors, now and after the step *)
  Variables (s1 s2 Q : R) (next_s1 next_s2 next_Q : Outcome -> R).
  Variables (eta N M1 M2 : R) (mean_square arriving : moment_bound) (rho1 C1 G D2 rho2 C2 : R).
  Hypothesis eta_mu : eta <= gamma * mu / 2.
  Hypothesis mean_square_is_bounded : E[ ‖g o‖² | o <- step ] <= bound mean_square (gap x) s1 s2.
  Hypothesis s1_is_bounded : E[ next_s1 o | o <- step ] <= (1 - rho1) * s1 + 2 * C1 * gap x + G * rho1 * s2 + D2.
  Hypothesis s2_is_bounded : E[ next_s2 o | o <- step ] <= (1 - rho2) * s2 + 2 * C2 * gap x.
  Hypothesis error_model : E[ next_Q o | o <- step ] + 3 * L * gamma * ‖e‖² <= (1 - eta) * Q + gamma ^ 2 * N * bound arriving (gap x) s1 s2.
  Hypothesis s1_at_least_0 : 0 <= s1.
  Hypothesis s2_at_least_0 : 0 <= s2.
  Hypothesis M1_nonnegative : 0 <= M1.
  Hypothesis M2_nonnegative : 0 <= M2.
  Hypothesis M1_suffices : on_s1 mean_square + N * on_s1 arriving <= (rho1 - eta) * M1.
  Hypothesis M2_suffices : on_s2 mean_square + N * on_s2 arriving + G * rho1 * M1 <= (rho2 - eta) * M2.

  Theorem error_feedback_one_step :
    let S := on_gap mean_square + C1 * M1 + C2 * M2 + N * on_gap arriving in
    E[ ‖next_virtual o - x_star‖² + M1 * gamma ^ 2 * next_s1 o + M2 * gamma ^ 2 * next_s2 o + next_Q o | o <- step ]
    <= (1 - eta) * (‖(x - e) - x_star‖² + M1 * gamma ^ 2 * s1 + M2 * gamma ^ 2 * s2 + Q)
       - gamma * (1 - 2 * gamma * S) * gap x + gamma ^ 2 * (on_nothing mean_square + M1 * D2 + N * on_nothing arriving).
  Proof using assumed mu_nonnegative quasi gamma_positive eta_mu virtual_moves unbiased_gradient mean_square_is_bounded
    s1_is_bounded s2_is_bounded error_model s1_at_least_0 s2_at_least_0 M1_nonnegative M2_nonnegative M1_suffices M2_suffices.
    intros S. rewrite !expectation_add, !expectation_scale.
    apply error_feedback_inequality with (L := L) (mu := mu) (e := ‖e‖²) (S := E[ ‖g o‖² | o <- step ]) (rho1 := rho1) (G := G)
      (rho2 := rho2) (B1 := on_s1 mean_square) (B2 := on_s2 mean_square) (b1 := on_s1 arriving) (b2 := on_s2 arriving); try assumption.
    - apply dot_nonnegative.
    - exact perturbed_iterate.
  Qed.
End ErrorFeedback.
