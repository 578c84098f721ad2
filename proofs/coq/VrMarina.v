(** VR-MARINA: MARINA whose workers compress differences of minibatch gradients, both at the same samples; components of a finite
    sum, or samples of any law. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient Marina.
Open Scope R_scope.

(** The mean of a(xi) over b samples xi, drawn independently: with replacement. From b on, [default]. *)
Definition minibatch {H : space} {T : Type} (default : T) (b : nat) (sample : law T) (a : T -> H) : law H :=
  draw xi <- independent default b (fun _ => sample) ;;
  ret (vector_mean b (fun t => a (xi t))).

(** f_i = (1/m_i) sum_j f_ij; b components are drawn. *)
Definition vr_marina_estimator {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) (b : nat) (Q : compressor H) (p : probability) : biased_estimator H := fun x y g =>
  draw synchronise <- bernoulli p ;;
  if synchronise then
    ret (mean_gradient (problem_of_components n m component component_gradient) y)
  else
    draw q <- independent zero n (fun i =>
      draw difference <- minibatch O b (uniform (m i)) (fun j => component_gradient i j y - component_gradient i j x)%v ;;
      Q difference) ;;
    ret (vector_mean n (fun i => g + q i)%v).

(** Worker i sees f_i through samples of the law [sample i]: at a refresh b of them, otherwise b'. *)
Section Online.
  Context {H : space} {T : Type} (default : T) (n : nat) (sample : nat -> law T) (sample_gradient : nat -> T -> H -> H).

  Definition fresh_estimate (b : nat) (y : H) : law H :=
    draw g <- independent zero n (fun i => minibatch default b (sample i) (fun xi => sample_gradient i xi y)) ;;
    ret (vector_mean n g).

  Definition vr_marina_online_estimator (b b' : nat) (Q : compressor H) (p : probability) : biased_estimator H := fun x y g =>
    draw synchronise <- bernoulli p ;;
    if synchronise then
      fresh_estimate b y
    else
      draw q <- independent zero n (fun i =>
        draw difference <- minibatch default b' (sample i) (fun xi => sample_gradient i xi y - sample_gradient i xi x)%v ;;
        Q difference) ;;
      ret (vector_mean n (fun i => g + q i)%v).

  (** g^0 is a fresh estimate as well. *)
  Definition vr_marina_online_start (b : nat) (x : H) : law (marina_state H) :=
    draw g <- fresh_estimate b x ;;
    ret (MarinaState x g).
End Online.

Section Minibatch.
  Context {H : space} {T : Type} (default : T) (b : nat) (sample : law T) (a : T -> H) (u : H).
  Hypothesis b_positive : (0 < b)%nat.
  Hypothesis a_mean : forall z, E[ ⟨a xi, z⟩ | xi <- sample ] = ⟨u, z⟩.

  Lemma minibatch_mean : has_mean (minibatch default b sample a) u.
  Proof using b_positive a_mean.
    intros z. unfold minibatch. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun xi => mean b (fun t => ⟨a (xi t), z⟩))).
    2:{ intros xi. rewrite expectation_ret. apply dot_mean. }
    rewrite (expectation_independent_mean default b (fun _ => sample) (fun _ xi => ⟨a xi, z⟩)).
    rewrite (mean_ext b _ (fun _ => ⟨u, z⟩)) by (intros; apply a_mean). now apply mean_const.
  Qed.

  Lemma minibatch_variance : E[ ‖v - u‖² | v <- minibatch default b sample a ] = / INR b * E[ ‖a xi - u‖² | xi <- sample ].
  Proof using b_positive a_mean.
    assert (Hb : 0 < INR b) by now apply lt_0_INR. unfold minibatch. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun xi => ‖(-1) * u + / INR b * vector_sum b (fun t => a (xi t))‖²)).
    2:{ intros xi. rewrite expectation_ret. apply square_ext; intros; unfold vector_mean; expand; ring. }
    rewrite (independent_second_moment_of default a b (fun _ => sample) (fun _ => u)) by (intros; apply a_mean).
    rewrite sum_const, (square_ext H _ zero); [rewrite dot_zero; field; lra|].
    intros z. expand. rewrite dot_sum, sum_const. field. lra.
  Qed.
End Minibatch.

Section Row.
  Context {H : space} {T : Type} (default : T) (f : problem H) (sample : nat -> law T) (sample_gradient : nat -> T -> H -> H).
  Variables (L curly_L omega gamma sigma_squared : R) (b b' : nat) (Q : compressor H) (p : probability).
  Let n := size f.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis b_positive : (0 < b)%nat.
  Hypothesis b'_positive : (0 < b')%nat.
  Hypothesis sample_unbiased : forall i x z, (i < n)%nat -> E[ ⟨sample_gradient i xi x, z⟩ | xi <- sample i ] = ⟨gradient f i x, z⟩.
  Hypothesis f_mean_square_smooth : mean_square_smooth L f.
  (** (1/n) sum_i E|(grad f_xi,i(y) - grad f_xi,i(x)) - (grad f_i(y) - grad f_i(x))|^2 <= curly_L^2 |y - x|^2 *)
  Hypothesis sample_smooth : forall x y,
    mean n (fun i => E[ ‖(sample_gradient i xi y - sample_gradient i xi x) - (gradient f i y - gradient f i x)‖² | xi <- sample i ])
    <= curly_L ^ 2 * ‖y - x‖².
  Hypothesis sample_noise : forall x, mean n (fun i => E[ ‖sample_gradient i xi x - gradient f i x‖² | xi <- sample i ]) <= sigma_squared.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis p_positive : 0 < p.

  Definition vr_factor : R := (omega * L ^ 2 + (1 + omega) * curly_L ^ 2 / INR b') / INR n.

  Let difference i x y : law H := minibatch default b' (sample i) (fun xi => sample_gradient i xi y - sample_gradient i xi x)%v.
  Let message i x y : law H := bind (difference i x y) Q.

  Lemma vr_changed_error x y g :
    E[ ‖g' - mean_gradient f y‖² | g' <- draw q <- independent zero n (fun i => message i x y) ;; ret (vector_mean n (fun i => g + q i)%v) ]
    <= ‖g - mean_gradient f x‖² + vr_factor * ‖y - x‖².
  Proof using n_positive b'_positive sample_unbiased f_mean_square_smooth sample_smooth Q_unbiased Q_variance omega_nonnegative.
    assert (HN : 0 < INR n) by now apply lt_0_INR. assert (Hb : 0 < INR b') by now apply lt_0_INR. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun q => ‖(g + vector_mean n q) - mean_gradient f y‖²)).
    2:{ intros q. rewrite expectation_ret. apply square_ext; intros z. rewrite !(dot_add _ _ _ z). now rewrite sent_to_each, dot_add. }
    rewrite <- error_remains with (y := y).
    replace (vr_factor * ‖y - x‖²) with ((omega * (L ^ 2 * ‖y - x‖²) + (1 + omega) / INR b' * (curly_L ^ 2 * ‖y - x‖²)) / INR n)
      by (unfold vr_factor; field; lra).
    set (d := fun i => (gradient f i y - gradient f i x)%v).
    assert (Hd : forall i, (i < n)%nat -> forall z, E[ ⟨sample_gradient i xi y - sample_gradient i xi x, z⟩ | xi <- sample i ] = ⟨d i, z⟩).
    { intros i Hi z.
      rewrite (expectation_ext _ _ (fun xi => ⟨sample_gradient i xi y, z⟩ + (-1) * ⟨sample_gradient i xi x, z⟩)) by (intros; expand; ring).
      rewrite expectation_add, expectation_scale, !sample_unbiased by assumption. unfold d. expand. ring. }
    assert (same : forall (v : H) z, ⟨v, z⟩ = ⟨v, z⟩ - ⟨@zero H, z⟩) by (intros; rewrite dot_zero; ring).
    apply messages_error; [assumption| |].
    - intros i Hi z. transitivity (⟨d i - zero, z⟩); [|expand; ring].
      exact (compressed_mean (difference i x y) (d i) zero (fun v => v) Q
        (minibatch_mean default b' _ _ _ b'_positive (Hd i Hi)) same Q_unbiased z).
    - apply Rle_trans with (mean n (fun i => omega * ‖d i‖²
        + (1 + omega) / INR b' * E[ ‖(sample_gradient i xi y - sample_gradient i xi x) - d i‖² | xi <- sample i ])).
      + apply mean_le; intros i Hi.
        pose proof (compressed_variance (difference i x y) (d i) zero (fun v => v) Q omega
          (minibatch_mean default b' _ _ _ b'_positive (Hd i Hi)) same Q_unbiased Q_variance) as C.
        unfold difference at 2 in C. rewrite (minibatch_variance default b' _ _ _ b'_positive (Hd i Hi)) in C.
        rewrite (square_ext H (d i - zero)%v (d i)) in C by (intros; expand; ring).
        rewrite (expectation_ext _ _ (fun v => ‖v - d i‖²)) in C by (intros; apply square_ext; intros; expand; ring).
        unfold message. unfold Rdiv. rewrite (Rmult_assoc (1 + omega)). exact C.
      + rewrite mean_add, !mean_scale. apply Rplus_le_compat.
        * apply Rmult_le_compat_l; [assumption|apply f_mean_square_smooth].
        * apply Rmult_le_compat_l; [|apply sample_smooth]. apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat].
  Qed.

  Lemma fresh_estimate_error y :
    E[ ‖g - mean_gradient f y‖² | g <- fresh_estimate default n sample sample_gradient b y ] <= sigma_squared / (INR n * INR b).
  Proof using n_positive b_positive sample_unbiased sample_noise.
    assert (HN : 0 < INR n) by now apply lt_0_INR. assert (Hb : 0 < INR b) by now apply lt_0_INR.
    unfold fresh_estimate. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun g => ‖(zero + vector_mean n g) - mean_gradient f y‖²)).
    2:{ intros g. rewrite expectation_ret. apply square_ext; intros; expand; ring. }
    replace (sigma_squared / (INR n * INR b)) with (0 + / INR b * sigma_squared / INR n) by (field; lra).
    replace 0 with (‖(zero + vector_mean n (fun i => gradient f i y)) - mean_gradient f y‖²) by (unfold mean_gradient; fold n; expand; ring).
    apply messages_error; [assumption| |].
    - intros i Hi. apply minibatch_mean; [assumption|]. intros z. now apply sample_unbiased.
    - rewrite (mean_ext n _ (fun i => / INR b * E[ ‖sample_gradient i xi y - gradient f i y‖² | xi <- sample i ])).
      2:{ intros i Hi. apply minibatch_variance; [assumption|]. intros z. now apply sample_unbiased. }
      rewrite mean_scale. apply Rmult_le_compat_l; [left; now apply Rinv_0_lt_compat|apply sample_noise].
  Qed.

  Lemma vr_marina_online_row :
    error_shrinks (mean_gradient f) gamma p ((1 - p) * vr_factor / p) (sigma_squared / (INR n * INR b))
      (vr_marina_online_estimator default n sample sample_gradient b b' Q p).
  Proof using All.
    apply (coin_row (mean_gradient f) gamma vr_factor _ p (fresh_estimate default n sample sample_gradient b)); [assumption| |].
    - exact fresh_estimate_error.
    - exact vr_changed_error.
  Qed.
End Row.
