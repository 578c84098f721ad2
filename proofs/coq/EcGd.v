(** EC-GD and EC-GDstar: error-compensated gradient descent. What compression loses is remembered and sent later. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors.
Open Scope R_scope.

Record ec_state (H : space) := EcState { ec_model : H; errors : nat -> H }.
Arguments EcState {H}. Arguments ec_model {H}. Arguments errors {H}.

Section Method.
  Context {H : space}.

  (** y_i = e_i + gamma g_i, v_i = C(y_i), e_i <- y_i - v_i, x <- x - (1/n) sum_i v_i, with g_i = grad f_i(x) - shift_i *)
  Definition corrected_gradient (f : problem H) (shift : nat -> H) (gamma : R) (s : ec_state H) (i : nat) : H :=
    (errors s i + gamma * (gradient f i (ec_model s) - shift i))%v.

  Definition ec_gd_step (f : problem H) (shift : nat -> H) (C : compressor H) (gamma : R) (s : ec_state H) : law (ec_state H) :=
    let y := corrected_gradient f shift gamma s in
    draw v <- independent zero (size f) (fun i => C (y i)) ;;
    ret (EcState (ec_model s - vector_mean (size f) v)%v (fun i => (y i - v i)%v)).

  (** EC-GD: g_i = grad f_i(x). EC-GDstar: g_i = grad f_i(x) - grad f_i(x⋆). *)
  Definition no_shift : nat -> H := fun _ => zero.
  Definition star_shift (f : problem H) (x_star : H) : nat -> H := fun i => gradient f i x_star.

  (** The virtual iterate x - (1/n) sum_i e_i *)
  Definition virtual (n : nat) (s : ec_state H) : H := (ec_model s - vector_mean n (errors s))%v.

  (** V = |virtual - x⋆|^2 + N (1/n) sum_i |e_i|^2 with N = 12 L gamma/delta *)
  Definition ec_lyapunov (f : problem H) (x_star : H) (L gamma delta : R) (s : ec_state H) : R :=
    ‖virtual (size f) s - x_star‖² + 12 * L * gamma / delta * mean (size f) (fun i => ‖errors s i‖²).
End Method.

Definition compression_factor (delta : R) : R := (1 - delta) * (2 - delta) / delta.

(** theta = 1 - 2 gamma (L + N k A) *)
Definition descent_coefficient (L A gamma delta : R) : R :=
  1 - 2 * gamma * (L + 12 * L * gamma / delta * compression_factor delta * A).

(** Whatever the messages v, the virtual iterate moves by gamma (1/n) sum_i g_i. *)
Theorem virtual_iterate {H : space} (f : problem H) (shift : nat -> H) (gamma : R) (s : ec_state H) (v : nat -> H) (z : H) :
  let y := corrected_gradient f shift gamma s in
  ⟨virtual (size f) (EcState (ec_model s - vector_mean (size f) v)%v (fun i => (y i - v i)%v)), z⟩
  = ⟨virtual (size f) s - gamma * vector_mean (size f) (fun i => gradient f i (ec_model s) - shift i)%v, z⟩.
Proof.
  intros y. unfold virtual; simpl. expand. rewrite !dot_mean.
  rewrite (mean_ext _ (fun i => ⟨y i - v i, z⟩)
    (fun i => ⟨errors s i, z⟩ + (gamma * ⟨gradient f i (ec_model s) - shift i, z⟩ + (-1) * ⟨v i, z⟩))).
  2:{ intros i _. unfold y, corrected_gradient. expand. ring. }
  rewrite !mean_add, !mean_scale. ring.
Qed.

Section ErrorCompensation.
  Context {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (shift : nat -> H) (C : compressor H) (delta mu gamma A D1 : R).
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star.
  Hypothesis delta_range : 0 < delta <= 1.
  Hypothesis C_contractive : contractive delta C.
  Hypothesis gamma_positive : 0 < gamma.
  (** The shifts cancel on average, and (1/n) sum_i |g_i|^2 <= 2 A (f(x) - f(x⋆)) + D1. *)
  Hypothesis shift_cancels : forall z, ⟨vector_mean (size f) shift, z⟩ = 0.
  Hypothesis row : forall x,
    mean (size f) (fun i => ‖gradient f i x - shift i‖²) <= 2 * A * (mean_value f x - mean_value f x_star) + D1.

  Let n := size f.
  Let grad := mean_gradient f.
  Let gap x := mean_value f x - mean_value f x_star.
  Let N := 12 * L * gamma / delta.
  Let k := compression_factor delta.
  Let y := corrected_gradient f shift gamma.
  Let V := ec_lyapunov f x_star L gamma delta.
  Let error (s : ec_state H) := mean n (fun i => ‖errors s i‖²).

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

  (** (1 - delta) |e + gamma g|^2 <= (1 - delta/2) |e|^2 + gamma^2 k |g|^2 *)
  Lemma error_growth (e g : H) : (1 - delta) * ‖e + gamma * g‖² <= (1 - delta / 2) * ‖e‖² + gamma ^ 2 * k * ‖g‖².
  Proof using delta_range.
    pose proof (dot_nonnegative H (delta * e - (2 * (1 - delta) * gamma) * g)%v) as P. revert P. expand.
    rewrite (dot_symmetric _ g e). set (ee := ⟨e, e⟩). set (eg := ⟨e, g⟩). set (gg := ⟨g, g⟩). intros P.
    apply Rmult_le_reg_l with (2 * delta); [lra|].
    replace (2 * delta * ((1 - delta / 2) * ee + gamma ^ 2 * k * gg))
      with (2 * delta * (1 - delta / 2) * ee + 2 * gamma ^ 2 * ((1 - delta) * (2 - delta)) * gg)
      by (unfold k, compression_factor; field; lra).
    lra.
  Qed.

  (** ... and that is a step of gradient descent, since the shifts cancel. *)
  Lemma virtual_step s (v : nat -> H) z :
    ⟨virtual n (EcState (ec_model s - vector_mean n v)%v (fun i => (y s i - v i)%v)), z⟩
    = ⟨virtual n s - gamma * grad (ec_model s), z⟩.
  Proof using shift_cancels.
    apply (eq_trans (virtual_iterate f shift gamma s v z)). expand. unfold grad, mean_gradient. rewrite !dot_mean.
    pose proof (shift_cancels z) as S. rewrite dot_mean in S.
    rewrite (mean_ext _ (fun i => ⟨gradient f i (ec_model s) - shift i, z⟩)
      (fun i => ⟨gradient f i (ec_model s), z⟩ + (-1) * ⟨shift i, z⟩)) by (intros; expand; ring).
    rewrite mean_add, mean_scale, S. fold n. ring.
  Qed.

  Lemma expected_ec_lyapunov s :
    E[ V s' | s' <- ec_gd_step f shift C gamma s ]
    = ‖virtual n s - x_star‖² - 2 * gamma * ⟨grad (ec_model s), virtual n s - x_star⟩ + gamma ^ 2 * ‖grad (ec_model s)‖²
      + N * mean n (fun i => E[ ‖v - y s i‖² | v <- C (y s i) ]).
  Proof using shift_cancels.
    unfold ec_gd_step. cbv zeta. rewrite expectation_bind. fold n y.
    rewrite (expectation_ext _ _ (fun v => ‖(virtual n s - x_star) + (- gamma) * grad (ec_model s)‖²
                                           + N * mean n (fun i => ‖v i - y s i‖²))).
    2:{ intros v. rewrite expectation_ret. unfold V, ec_lyapunov. fold n N. f_equal.
        - apply square_ext; intros z. rewrite dot_add, virtual_step. expand. ring.
        - f_equal. apply mean_ext; intros i _. simpl errors. expand. rewrite (dot_symmetric _ (v i) (y s i)). ring. }
    rewrite expectation_add, expectation_const, expectation_scale,
      (expectation_independent_mean zero n _ (fun i v => ‖v - y s i‖²)).
    f_equal. set (r := (virtual n s - x_star)%v). expand. rewrite (dot_symmetric _ r (grad (ec_model s))). ring.
  Qed.

  Theorem ec_one_step s :
    let eta := Rmin (gamma * mu / 2) (delta / 4) in
    E[ V s' | s' <- ec_gd_step f shift C gamma s ]
    <= (1 - eta) * V s - gamma * descent_coefficient L A gamma delta * gap (ec_model s)
       + gamma ^ 2 * (12 * L * gamma / delta) * compression_factor delta * D1.
  Proof using assumed quasi mu_nonnegative delta_range C_contractive gamma_positive shift_cancels row.
    intros eta. pose proof (L_positive assumed) as HL. rewrite expected_ec_lyapunov.
    assert (HN : 0 < N) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
    assert (Heta1 : eta <= gamma * mu / 2) by apply Rmin_l. assert (Heta2 : eta <= delta / 4) by apply Rmin_r.
    assert (Hk : 0 <= k).
    { unfold k, compression_factor. apply Rmult_le_pos; [nra|left; apply Rinv_0_lt_compat; lra]. }
    set (D := gap (ec_model s)).
    assert (HE : 0 <= error s) by (apply mean_nonnegative; intros; apply dot_nonnegative).
    assert (HR : 0 <= ‖virtual n s - x_star‖²) by apply dot_nonnegative.
    (* what compression leaves *)
    assert (K1 : mean n (fun i => E[ ‖v - y s i‖² | v <- C (y s i) ]) <= (1 - delta / 2) * error s + gamma ^ 2 * k * (2 * A * D + D1)).
    { apply Rle_trans with (mean n (fun i => (1 - delta / 2) * ‖errors s i‖²
                                             + gamma ^ 2 * k * ‖gradient f i (ec_model s) - shift i‖²)).
      - apply mean_le; intros i _. apply Rle_trans with (1 := C_contractive (y s i)). apply error_growth.
      - rewrite mean_add, !mean_scale. apply Rplus_le_compat_l, Rmult_le_compat_l; [apply Rmult_le_pos; [apply pow2_ge_0|assumption]|].
        apply row. }
    (* the perturbed step *)
    assert (K2 : - 2 * ⟨grad (ec_model s), virtual n s - x_star⟩ <= - D - mu / 2 * ‖virtual n s - x_star‖² + 3 * L * error s).
    { pose proof (perturbed_descent (ec_model s) (vector_mean n (errors s))) as P. fold D in P.
      rewrite (square_ext H (ec_model s - x_star - vector_mean n (errors s))%v (virtual n s - x_star)%v) in P
        by (intros; unfold virtual; expand; ring).
      replace ⟨grad (ec_model s), virtual n s - x_star⟩ with ⟨grad (ec_model s), ec_model s - x_star - vector_mean n (errors s)⟩
        by (unfold virtual; expand; ring).
      pose proof (square_of_mean H n (errors s) (nonempty assumed)) as J. fold (error s) in J.
      apply Rmult_le_compat_l with (r := 3 * L) in J; [|lra]. lra. }
    assert (K3 : ‖grad (ec_model s)‖² <= 2 * L * D) by apply (mean_gradient_square f L x_star assumed).
    apply Rmult_le_compat_l with (r := N) in K1; [|lra].
    apply Rmult_le_compat_l with (r := gamma) in K2; [|lra].
    apply Rmult_le_compat_l with (r := gamma ^ 2) in K3; [|apply pow2_ge_0].
    assert (K4 : 0 <= (gamma * mu / 2 - eta) * ‖virtual n s - x_star‖²) by (apply Rmult_le_pos; lra).
    assert (K5 : 0 <= N * (delta / 4 - eta) * error s) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|assumption]).
    assert (K6 : 3 * L * gamma = N * (delta / 4)) by (unfold N; field; lra).
    unfold V, ec_lyapunov, descent_coefficient. fold n N k. fold (error s). nra.
  Qed.

  Theorem ec_contraction : 0 <= descent_coefficient L A gamma delta -> D1 = 0 ->
    forall j s, E[ V s' | s' <- iterate (ec_gd_step f shift C gamma) j s ] <= (1 - Rmin (gamma * mu / 2) (delta / 4)) ^ j * V s.
  Proof using assumed quasi mu_nonnegative delta_range C_contractive gamma_positive shift_cancels row.
    intros Htheta HD1. set (eta := Rmin (gamma * mu / 2) (delta / 4)). assert (eta <= delta / 4) by apply Rmin_r.
    apply contraction_without_noise; [lra|]. intros s. pose proof (ec_one_step s) as O. cbv zeta in O. fold eta in O.
    rewrite HD1 in O. pose proof (convex_minimiser f L x_star assumed (ec_model s)).
    assert (0 <= gamma * descent_coefficient L A gamma delta * gap (ec_model s)).
    { apply Rmult_le_pos; [apply Rmult_le_pos; lra|unfold gap; lra]. }
    lra.
  Qed.

  Theorem ec_contraction_with_noise : 0 <= descent_coefficient L A gamma delta -> 0 < mu ->
    forall j s, let eta := Rmin (gamma * mu / 2) (delta / 4) in
      E[ V s' | s' <- iterate (ec_gd_step f shift C gamma) j s ]
      <= (1 - eta) ^ j * V s + gamma ^ 2 * (12 * L * gamma / delta) * compression_factor delta * D1 * (1 - (1 - eta) ^ j) / eta.
  Proof using assumed quasi mu_nonnegative delta_range C_contractive gamma_positive shift_cancels row.
    intros Htheta Hmu j s eta. assert (eta <= delta / 4) by apply Rmin_r.
    assert (0 < eta) by (apply Rmin_glb_lt; [apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra|lra]).
    pose proof (contraction (ec_gd_step f shift C gamma) V (1 - eta)
      (gamma ^ 2 * (12 * L * gamma / delta) * compression_factor delta * D1) ltac:(lra) ltac:(lra)) as K.
    replace (1 - (1 - eta)) with eta in K by ring. apply K.
    intros s'. pose proof (ec_one_step s') as O. cbv zeta in O. fold eta in O.
    pose proof (convex_minimiser f L x_star assumed (ec_model s')).
    assert (0 <= gamma * descent_coefficient L A gamma delta * gap (ec_model s')).
    { apply Rmult_le_pos; [apply Rmult_le_pos; lra|unfold gap; lra]. }
    lra.
  Qed.
End ErrorCompensation.

(** |x - x⋆|^2 <= (1 + 1/N) V *)
Theorem ec_iterate_bound {H : space} (f : problem H) (x_star : H) (L delta gamma : R) :
  (0 < size f)%nat -> 0 < L -> 0 < delta -> 0 < gamma ->
  forall s, ‖ec_model s - x_star‖² <= (1 + 1 / (12 * L * gamma / delta)) * ec_lyapunov f x_star L gamma delta s.
Proof.
  intros Hn HL Hd Hg s. unfold ec_lyapunov. set (N := 12 * L * gamma / delta).
  assert (HN : 0 < N) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat|]; lra).
  set (a := (virtual (size f) s - x_star)%v). set (b := vector_mean (size f) (errors s)).
  rewrite (square_ext H (ec_model s - x_star)%v (a + b)%v) by (intros; unfold a, b, virtual; expand; ring).
  pose proof (square_of_mean H (size f) (errors s) Hn) as J. fold b in J. set (error := mean (size f) _) in *.
  pose proof (dot_nonnegative H (a - N * b)%v) as P. revert P. expand.
  rewrite (dot_symmetric _ b a). set (aa := ⟨a, a⟩). set (ab := ⟨a, b⟩). set (bb := ⟨b, b⟩) in *. intros P.
  apply Rmult_le_reg_l with N; [assumption|].
  replace (N * ((1 + 1 / N) * (aa + N * error))) with ((N + 1) * (aa + N * error)) by (field; lra).
  assert ((N + 1) * (N * bb) <= (N + 1) * (N * error)) by (apply Rmult_le_compat_l; [|apply Rmult_le_compat_l]; lra).
  lra.
Qed.

(** ** EC-GDstar: A = L, D1 = 0 *)

Section Star.
  Context {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).

  Lemma star_shift_cancels z : ⟨vector_mean (size f) (star_shift f x_star), z⟩ = 0.
  Proof using assumed. apply (optimal assumed). Qed.

  Lemma star_row x : mean (size f) (fun i => ‖gradient f i x - star_shift f x_star i‖²)
                     <= 2 * L * (mean_value f x - mean_value f x_star) + 0.
  Proof using assumed. rewrite Rplus_0_r. apply (mean_cocoercive f L x_star assumed). Qed.
End Star.

Theorem ec_gd_star_rate {H : space} (f : problem H) (x_star : H) (L mu delta gamma : R) (C : compressor H) :
  convex_smooth f L x_star -> quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 <= mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma -> 0 <= descent_coefficient L L gamma delta ->
  forall k s,
    E[ ec_lyapunov f x_star L gamma delta s' | s' <- iterate (ec_gd_step f (star_shift f x_star) C gamma) k s ]
    <= (1 - Rmin (gamma * mu / 2) (delta / 4)) ^ k * ec_lyapunov f x_star L gamma delta s.
Proof.
  intros assumed quasi Hmu Hd HC Hg Ht k s.
  exact (ec_contraction f x_star L assumed (star_shift f x_star) C delta mu gamma L 0 Hmu quasi Hd HC Hg
    (star_shift_cancels f x_star L assumed) (star_row f x_star L assumed) Ht eq_refl k s).
Qed.

(** ** EC-GD: A = 2L, D1 = 2 zeta *)

Lemma no_shift_cancels {H : space} n (z : H) : ⟨vector_mean n no_shift, z⟩ = 0.
Proof. rewrite dot_mean. unfold mean. rewrite (sum_ext n _ (fun _ => 0)) by (intros; apply dot_zero). rewrite sum_const. ring. Qed.

Lemma no_shift_row {H : space} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star) x :
  mean (size f) (fun i => ‖gradient f i x - no_shift i‖²)
  <= 2 * (2 * L) * (mean_value f x - mean_value f x_star) + 2 * heterogeneity f x_star.
Proof.
  rewrite (mean_ext _ _ (fun i => ‖gradient f i x‖²)).
  - pose proof (mean_square_gradient f L x_star assumed x). lra.
  - intros i _. apply square_ext; intros z. unfold no_shift. expand. ring.
Qed.

Theorem ec_gd_rate {H : space} (f : problem H) (x_star : H) (L mu delta gamma : R) (C : compressor H) :
  convex_smooth f L x_star -> quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star -> 0 < mu ->
  0 < delta <= 1 -> contractive delta C -> 0 < gamma -> 0 <= descent_coefficient L (2 * L) gamma delta ->
  forall k s, let eta := Rmin (gamma * mu / 2) (delta / 4) in
    E[ ec_lyapunov f x_star L gamma delta s' | s' <- iterate (ec_gd_step f no_shift C gamma) k s ]
    <= (1 - eta) ^ k * ec_lyapunov f x_star L gamma delta s
       + gamma ^ 2 * (12 * L * gamma / delta) * compression_factor delta * (2 * heterogeneity f x_star) * (1 - (1 - eta) ^ k) / eta.
Proof.
  intros assumed quasi Hmu Hd HC Hg Ht k s.
  exact (ec_contraction_with_noise f x_star L assumed no_shift C delta mu gamma (2 * L) (2 * heterogeneity f x_star)
    (Rlt_le _ _ Hmu) quasi Hd HC Hg (no_shift_cancels (size f)) (no_shift_row f x_star L assumed) Ht Hmu k s).
Qed.
