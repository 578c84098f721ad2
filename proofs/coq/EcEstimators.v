(** What the workers of error-compensated methods want to send: gradients from any source, in full or estimated, less
    shifts that are fixed or learned. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd Diana ErrorFeedback
  ErrorCompensation.
Open Scope R_scope.

(** ** Sources of gradients *)

(** What worker i draws at x: an estimate of grad f_i(x), and what takes the place of its reference. *)
Definition source (H : space) (Reference : Type) : Type := nat -> H -> Reference -> law (H * Reference).

(** reference_error_of i w is what is missing from worker i's reference w; its mean over the workers is s2. *)
Record source_assumption {H : space} {Reference : Type} (f : problem H) (x_star : H) (estimate : source H Reference)
    (reference_error_of : nat -> Reference -> R) (a b variance rho2 C2 : R) : Prop := SourceAssumption {
  source_unbiased : forall i x w z, (i < size f)%nat ->
    E[ ⟨fst o, z⟩ | o <- estimate i x w ] = ⟨gradient f i x, z⟩;
  source_variance : forall x w,
    mean (size f) (fun i => E[ ‖fst o - gradient f i x‖² | o <- estimate i x (w i) ])
    <= 2 * a * (mean_value f x - mean_value f x_star) + b * mean (size f) (fun i => reference_error_of i (w i)) + variance;
  source_reference : forall x w,
    mean (size f) (fun i => E[ reference_error_of i (snd o) | o <- estimate i x (w i) ])
    <= (1 - rho2) * mean (size f) (fun i => reference_error_of i (w i)) + 2 * C2 * (mean_value f x - mean_value f x_star);
  reference_error_nonnegative : forall i w, 0 <= reference_error_of i w
}.
Arguments SourceAssumption {H Reference f x_star estimate reference_error_of a b variance rho2 C2}.
Arguments source_unbiased {H Reference f x_star estimate reference_error_of a b variance rho2 C2}.
Arguments source_variance {H Reference f x_star estimate reference_error_of a b variance rho2 C2}.
Arguments source_reference {H Reference f x_star estimate reference_error_of a b variance rho2 C2}.
Arguments reference_error_nonnegative {H Reference f x_star estimate reference_error_of a b variance rho2 C2}.

(** Full gradients need no reference. *)
Definition full_source {H : space} (f : problem H) : source H unit := fun i x _ => ret (gradient f i x, tt).

Lemma full_source_assumption {H : space} (f : problem H) (x_star : H) :
  source_assumption f x_star (full_source f) (fun _ _ => 0) 0 0 0 1 0.
Proof.
  assert (zero_mean : mean (size f) (fun _ => 0) = 0) by (unfold mean; rewrite sum_const; ring).
  split.
  - intros i x w z _. unfold full_source. now rewrite expectation_ret.
  - intros x w. rewrite zero_mean, (mean_ext _ _ (fun _ => 0)), zero_mean; [lra|].
    intros i _. unfold full_source. rewrite expectation_ret. simpl fst. expand. ring.
  - intros x w. rewrite zero_mean, (mean_ext _ _ (fun _ => 0)), zero_mean; [lra|].
    intros i _. apply expectation_const.
  - intros; apply Rle_refl.
Qed.

(** The workers draw independently of each other. *)
Definition from_sources {H : space} {Reference : Type} (n : nat) (estimate : source H Reference) (x : H)
    (w : nat -> Reference) : law (nat -> H * Reference) :=
  independent (zero, w O) n (fun i => estimate i x (w i)).

(** One of n independent draws *)
Lemma expectation_independent_at {T : Type} (default : T) n : forall (m : nat -> law T) (F : T -> R) i, (i < n)%nat ->
  E[ F (w i) | w <- independent default n m ] = E[ F v | v <- m i ].
Proof.
  induction n as [|n IH]; intros m F i Hi; [lia|]. rewrite expectation_independent_S. destruct i as [|i].
  - apply expectation_ext; intros v. simpl. apply expectation_const.
  - rewrite (expectation_ext _ _ (fun _ => E[ F v | v <- m (S i) ])); [apply expectation_const|].
    intros v. simpl. apply (IH (fun i => m (S i)) F i). lia.
Qed.

(** What a source gives for fixed references *)
Definition oracle_of {H : space} {Reference : Type} (estimate : source H Reference) (w : nat -> Reference) : oracle H := fun i x =>
  draw o <- estimate i x (w i) ;;
  ret (fst o).

(** ** The estimators *)

Section Estimators.
  Context {H : space} {Reference : Type}.

  (** g_i = ghat_i - c_i *)
  Definition fixed_shifts (n : nat) (estimate : source H Reference) (c : nat -> H) : ec_estimator H (nat -> Reference) :=
    fun x w =>
      draw o <- from_sources n estimate x w ;;
      ret ((fun i => fst (o i) - c i)%v, fun i => snd (o i)).

  Record learned := Learned { shifts : nat -> H; references : nat -> Reference }.

  (** g_i = ghat_i - h_i + (1/n) sum_l h_l, h_i <- h_i + alpha Q(ghat_i - h_i) *)
  Definition learned_shifts (n : nat) (estimate : source H Reference) (Q : compressor H) (alpha : R) : ec_estimator H learned :=
    fun x t =>
      let h := shifts t in
      draw o <- from_sources n estimate x (references t) ;;
      draw m <- independent zero n (fun i => Q (fst (o i) - h i)%v) ;;
      ret ((fun i => fst (o i) - h i + vector_mean n h)%v, Learned (fun i => h i + alpha * m i)%v (fun i => snd (o i))).
End Estimators.
Arguments learned : clear implicits.

(** ** Their rows *)

Lemma admissible_alpha alpha omega : 0 <= omega -> alpha <= 1 / (1 + omega) -> alpha * (1 + omega) <= 1.
Proof. intros Hom Ha. apply stepsize_product; lra. Qed.

Section Rows.
  Context {H : space} {Reference : Type} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (estimate : source H Reference) (reference_error_of : nat -> Reference -> R) (a b variance rho2 C2 : R).
  Hypothesis source_assumed : source_assumption f x_star estimate reference_error_of a b variance rho2 C2.

  Let n := size f.
  Let gap x := mean_value f x - mean_value f x_star.
  Let s2 (w : nat -> Reference) := mean n (fun i => reference_error_of i (w i)).

  Lemma oracle_of_unbiased w : unbiased_oracle f (oracle_of estimate w).
  Proof using source_assumed.
    intros i x Hi z. unfold oracle_of. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun o => ⟨fst o, z⟩)) by (intros; now rewrite expectation_ret).
    now apply (source_unbiased source_assumed).
  Qed.

  Lemma oracle_of_noise w : oracle_noise_at_most a (b * s2 w + variance) f x_star (oracle_of estimate w).
  Proof using source_assumed.
    intros x. pose proof (source_variance source_assumed x w) as Var. fold n (s2 w) in Var |- *.
    rewrite (mean_ext n _ (fun i => E[ ‖fst o - gradient f i x‖² | o <- estimate i x (w i) ])); [lra|].
    intros i _. unfold oracle_of. rewrite expectation_bind. apply expectation_ext; intros; now rewrite expectation_ret.
  Qed.

  Lemma drawn_unbiased x w c i z : (i < n)%nat ->
    E[ ⟨fst (o i) - c, z⟩ | o <- from_sources n estimate x w ] = ⟨gradient f i x - c, z⟩.
  Proof using source_assumed.
    intros Hi. unfold from_sources.
    rewrite (expectation_independent_at (zero, w O) n (fun i => estimate i x (w i)) (fun o => ⟨fst o - c, z⟩) i Hi).
    rewrite (expectation_ext _ _ (fun o => ⟨fst o, z⟩ + (-1) * ⟨c, z⟩)) by (intros; expand; ring).
    rewrite expectation_add, expectation_const, (source_unbiased source_assumed) by assumption. expand. ring.
  Qed.

  Lemma drawn_variance x w :
    mean n (fun i => E[ ‖fst (o i) - gradient f i x‖² | o <- from_sources n estimate x w ])
    <= 2 * a * gap x + b * s2 w + variance.
  Proof using source_assumed.
    rewrite (mean_ext n _ (fun i => E[ ‖fst o - gradient f i x‖² | o <- estimate i x (w i) ])).
    - apply (source_variance source_assumed).
    - intros i Hi. unfold from_sources.
      apply (expectation_independent_at (zero, w O) n (fun i => estimate i x (w i)) (fun o => ‖fst o - gradient f i x‖²) i Hi).
  Qed.

  Lemma drawn_references x w :
    E[ s2 (fun i => snd (o i)) | o <- from_sources n estimate x w ] <= (1 - rho2) * s2 w + 2 * C2 * gap x.
  Proof using source_assumed.
    unfold s2, from_sources. rewrite (expectation_independent_mean _ n _ (fun i o => reference_error_of i (snd o))).
    apply (source_reference source_assumed).
  Qed.

  Lemma s2_of_references_nonnegative w : 0 <= s2 w.
  Proof using source_assumed. apply mean_nonnegative; intros. apply (reference_error_nonnegative source_assumed). Qed.

  (** Shifts that cancel on average leave (1/n) sum_i ghat_i, whose variance is a mean of n independent ones over n. *)
  Lemma drawn_mean_square x w :
    E[ ‖vector_mean n (fun i => fst (o i))‖² | o <- from_sources n estimate x w ]
    <= bound (MomentBound (L + a / INR n) 0 (b / INR n) (variance / INR n)) (gap x) 0 (s2 w).
  Proof using assumed source_assumed.
    assert (HN : 0 < INR n) by (apply lt_0_INR, (nonempty assumed)).
    rewrite (expectation_ext _ _ (fun o => ‖zero + / INR n * vector_sum n (fun i => fst (o i))‖²)).
    2:{ intros o. apply square_ext; intros z. unfold vector_mean. expand. ring. }
    unfold from_sources. rewrite (independent_second_moment_of (zero, w O) fst n _ (fun i => gradient f i x))
      by (intros; now apply (source_unbiased source_assumed)).
    rewrite (square_ext H _ (mean_gradient f x)) by (intros; unfold mean_gradient, vector_mean; fold n; expand; ring).
    pose proof (mean_gradient_square f L x_star assumed x) as G. fold (gap x) in G.
    pose proof (source_variance source_assumed x w) as Var. fold n (gap x) (s2 w) in Var.
    apply Rmult_le_compat_l with (r := / INR n) in Var; [|left; now apply Rinv_0_lt_compat]. unfold mean in Var at 1. fold n in Var.
    unfold bound; simpl. unfold Rdiv. lra.
  Qed.

  (** A fixed shift with (1/n) sum_i |grad f_i(x) - c_i|^2 <= 2 A gap + D1 *)
  Theorem fixed_shifts_assumption (c : nat -> H) (A D1 : R) :
    (forall z, ⟨vector_mean n c, z⟩ = 0) ->
    (forall x, mean n (fun i => ‖gradient f i x - c i‖²) <= 2 * A * gap x + D1) ->
    ec_assumption f x_star (fixed_shifts n estimate c) (fun x _ i => gradient f i x - c i)%v (fun _ => 0) s2
      (MomentBound A 0 0 D1) (MomentBound a 0 b variance) (MomentBound (L + a / INR n) 0 (b / INR n) (variance / INR n))
      1 0 0 0 rho2 C2.
  Proof using assumed source_assumed.
    intros cancels row.
    assert (E_fixed : forall x w F, expectation (fixed_shifts n estimate c x w) F
      = E[ F (fun i => fst (o i) - c i, fun i => snd (o i))%v | o <- from_sources n estimate x w ]).
    { intros x w F. unfold fixed_shifts. rewrite expectation_bind. apply expectation_ext; intros; apply expectation_ret. }
    split; fold n.
    - intros x w i z Hi. rewrite E_fixed. simpl fst. now apply drawn_unbiased.
    - intros x w z. unfold mean_gradient. fold n. rewrite !dot_mean. pose proof (cancels z) as Z. rewrite dot_mean in Z.
      rewrite (mean_ext n _ (fun i => ⟨gradient f i x, z⟩ + (-1) * ⟨c i, z⟩)) by (intros; expand; ring).
      rewrite mean_add, mean_scale, Z. ring.
    - intros x w. apply Rle_trans with (1 := row x). unfold bound; simpl. right. fold (gap x). ring.
    - intros x w. apply Rle_trans with (2 * a * gap x + b * s2 w + variance); [|right; unfold bound; simpl; fold (gap x); ring].
      apply Rle_trans with (2 := drawn_variance x w). right. apply mean_ext; intros i _. rewrite E_fixed.
      apply expectation_ext; intros o. apply square_ext; intros z. simpl fst. expand. ring.
    - intros x w. apply Rle_trans with (2 := drawn_mean_square x w). right. rewrite E_fixed.
      apply expectation_ext; intros o. apply square_ext; intros z. simpl fst. pose proof (cancels z) as Z.
      rewrite !dot_mean in *. rewrite (mean_ext n _ (fun i => ⟨fst (o i), z⟩ + (-1) * ⟨c i, z⟩)) by (intros; expand; ring).
      rewrite mean_add, mean_scale, Z. ring.
    - intros x w. rewrite expectation_const. lra.
    - intros x w. rewrite E_fixed. apply drawn_references.
    - intros; apply Rle_refl.
    - apply s2_of_references_nonnegative.
  Qed.

  (** Learned shifts: (1/n) sum_i |grad f_i(x) - h_i + hbar|^2 <= 4L gap + 2 s1, s1 = (1/n) sum_i |h_i - grad f_i(x⋆)|^2 *)
  Lemma learned_worker_mean x h :
    mean n (fun i => ‖gradient f i x - h i + vector_mean n h‖²) <= 2 * (2 * L) * gap x + 2 * shift_error f x_star h.
  Proof using assumed.
    set (u := fun i => (h i - gradient f i x_star)%v).
    assert (Hu : forall z, ⟨vector_mean n u, z⟩ = ⟨vector_mean n h, z⟩).
    { intros z. rewrite !dot_mean. rewrite (mean_ext n _ (fun i => ⟨h i, z⟩ + (-1) * ⟨gradient f i x_star, z⟩)) by (intros; unfold u; expand; ring).
      rewrite mean_add, mean_scale. pose proof (mean_of_solution_gradients f L x_star assumed z) as O. fold n in O. rewrite O. ring. }
    apply Rle_trans with (mean n (fun i => 2 * ‖gradient f i x - gradient f i x_star‖² + 2 * ‖u i - vector_mean n u‖²)).
    { apply mean_le; intros i _.
      apply Rle_trans with ‖(gradient f i x - gradient f i x_star) + (-1) * (u i - vector_mean n u)‖².
      - right. apply square_ext; intros z. expand. rewrite Hu. unfold u. expand. ring.
      - apply Rle_trans with (1 := young H _ _). right. set (r := (u i - vector_mean n u)%v). expand. ring. }
    rewrite mean_add, !mean_scale, mean_deviation by apply (nonempty assumed).
    pose proof (mean_cocoercive f L x_star assumed x) as MC. fold n (gap x) in MC.
    pose proof (dot_nonnegative H (vector_mean n u)). unfold shift_error. fold n.
    change (mean n (fun i => ‖h i - gradient f i x_star‖²)) with (mean n (fun i => ‖u i‖²)). lra.
  Qed.

  Section Learned.
    Variables (Q : compressor H) (omega alpha : R).
    Hypothesis Q_unbiased : unbiased Q.
    Hypothesis Q_variance : variance_at_most omega Q.
    Hypothesis omega_nonnegative : 0 <= omega.
    Hypothesis alpha_nonnegative : 0 <= alpha.
    Hypothesis alpha_small : alpha * (1 + omega) <= 1.

    Lemma expectation_learned_shifts x t F :
      expectation (learned_shifts n estimate Q alpha x t) F
      = E[ E[ F (fun i => fst (o i) - shifts t i + vector_mean n (shifts t),
                 Learned (fun i => shifts t i + alpha * m i) (fun i => snd (o i)))%v
            | m <- independent zero n (fun i => Q (fst (o i) - shifts t i)%v) ]
         | o <- from_sources n estimate x (references t) ].
    Proof.
      unfold learned_shifts. rewrite expectation_bind. apply expectation_ext; intros o. rewrite expectation_bind.
      apply expectation_ext; intros m. apply expectation_ret.
    Qed.

    (** The shifts are those of DIANA, whose gradients are the estimates of the source for these references. *)
    Lemma learned_s1 x t :
      E[ shift_error f x_star (shifts (snd o)) | o <- learned_shifts n estimate Q alpha x t ]
      <= (1 - alpha) * shift_error f x_star (shifts t) + 2 * (L * alpha + alpha ^ 2 * (1 + omega) * a) * gap x
         + alpha ^ 2 * (1 + omega) * (b * s2 (references t) + variance).
    Proof using assumed source_assumed Q_unbiased Q_variance omega_nonnegative alpha_nonnegative alpha_small.
      set (gradient_of := oracle_of estimate (references t)).
      apply Rle_trans with (2 := diana_memory f x_star L assumed gradient_of a (b * s2 (references t) + variance) Q omega alpha
        (oracle_of_unbiased (references t)) (oracle_of_noise (references t)) Q_unbiased Q_variance omega_nonnegative alpha_nonnegative alpha_small x (shifts t)).
      right. set (after := fun i m => ‖(shifts t i + alpha * m) - gradient f i x_star‖²).
      transitivity (mean n (fun i => E[ E[ after i m | m <- Q (fst o - shifts t i)%v ] | o <- estimate i x (references t i) ])).
      - rewrite expectation_learned_shifts. unfold from_sources.
        rewrite <- (expectation_independent_mean (zero, references t O) n (fun i => estimate i x (references t i))
          (fun i o => E[ after i m | m <- Q (fst o - shifts t i)%v ])).
        apply expectation_ext; intros o.
        apply (expectation_independent_mean zero n (fun i => Q (fst (o i) - shifts t i)%v) after).
      - unfold diana_estimator. rewrite expectation_bind. symmetry.
        rewrite (expectation_ext _ _ (fun m => mean n (fun i => after i (m i)))) by (intros; now rewrite expectation_ret).
        fold n. rewrite (expectation_independent_mean zero n _ after). apply mean_ext; intros i _.
        unfold message, gradient_of, oracle_of. rewrite !expectation_bind. apply expectation_ext; intros; now rewrite expectation_ret.
    Qed.

    Theorem learned_shifts_assumption :
      ec_assumption f x_star (learned_shifts n estimate Q alpha)
        (fun x t i => gradient f i x - shifts t i + vector_mean n (shifts t))%v
        (fun t => shift_error f x_star (shifts t)) (fun t => s2 (references t))
        (MomentBound (2 * L) 2 0 0) (MomentBound a 0 b variance)
        (MomentBound (L + a / INR n) 0 (b / INR n) (variance / INR n))
        alpha (L * alpha + alpha ^ 2 * (1 + omega) * a) (alpha * (1 + omega) * b) (alpha ^ 2 * (1 + omega) * variance) rho2 C2.
    Proof using assumed source_assumed Q_unbiased Q_variance omega_nonnegative alpha_nonnegative alpha_small.
      assert (E_gradients : forall x t F, E[ F (fst o) | o <- learned_shifts n estimate Q alpha x t ]
        = E[ F (fun i => fst (o i) - shifts t i + vector_mean n (shifts t))%v | o <- from_sources n estimate x (references t) ]).
      { intros x t F. rewrite expectation_learned_shifts. apply expectation_ext; intros o. simpl fst. now rewrite expectation_const. }
      assert (split_shift : forall (h : nat -> H) i (v z : H), ⟨v - h i + vector_mean n h, z⟩ = ⟨v - (h i - vector_mean n h), z⟩)
        by (intros; expand; ring).
      split; fold n.
      - intros x t i z Hi. rewrite (E_gradients x t (fun g => ⟨g i, z⟩)).
        rewrite (expectation_ext _ _ (fun o => ⟨fst (o i) - (shifts t i - vector_mean n (shifts t)), z⟩)) by (intros; apply split_shift).
        rewrite split_shift. now apply drawn_unbiased.
      - intros x t z. unfold mean_gradient. fold n. rewrite !dot_mean.
        rewrite (mean_ext n _ (fun i => ⟨gradient f i x, z⟩ + ((-1) * ⟨shifts t i, z⟩ + ⟨vector_mean n (shifts t), z⟩))) by (intros; expand; ring).
        rewrite !mean_add, mean_scale, mean_const, dot_mean by apply (nonempty assumed). ring.
      - intros x t. apply Rle_trans with (1 := learned_worker_mean x (shifts t)). right. unfold bound; simpl. fold (gap x). ring.
      - intros x t. apply Rle_trans with (2 * a * gap x + b * s2 (references t) + variance); [|right; unfold bound; simpl; fold (gap x); ring].
        apply Rle_trans with (2 := drawn_variance x (references t)). right. apply mean_ext; intros i _.
        rewrite (E_gradients x t (fun g => ‖g i - (gradient f i x - shifts t i + vector_mean n (shifts t))‖²)).
        apply expectation_ext; intros o. apply square_ext; intros z. expand. ring.
      - intros x t. apply Rle_trans with (bound (MomentBound (L + a / INR n) 0 (b / INR n) (variance / INR n)) (gap x) 0 (s2 (references t)));
          [|right; unfold bound; simpl; fold (gap x); ring].
        apply Rle_trans with (2 := drawn_mean_square x (references t)). right.
        rewrite (E_gradients x t (fun g => ‖vector_mean n g‖²)).
        apply expectation_ext; intros o. apply square_ext; intros z. rewrite !dot_mean.
        rewrite (mean_ext n _ (fun i => ⟨fst (o i), z⟩ + ((-1) * ⟨shifts t i, z⟩ + ⟨vector_mean n (shifts t), z⟩))) by (intros; expand; ring).
        rewrite !mean_add, mean_scale, mean_const, dot_mean by apply (nonempty assumed). ring.
      - intros x t. apply Rle_trans with (1 := learned_s1 x t). right. fold (gap x). ring.
      - intros x t. rewrite expectation_learned_shifts.
        rewrite (expectation_ext _ _ (fun o => s2 (fun i => snd (o i)))) by (intros o; exact (expectation_const _ (s2 (fun i => snd (o i))))).
        apply drawn_references.
      - intros t. apply mean_nonnegative; intros; apply dot_nonnegative.
      - intros t. apply s2_of_references_nonnegative.
    Qed.
  End Learned.
End Rows.
