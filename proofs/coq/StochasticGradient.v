(** How workers obtain gradients: in full, with noise, or of a component drawn at random; and what compression makes of
    them. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors.
Open Scope R_scope.

(** Worker i's stochastic gradient at x. *)
Definition oracle (H : space) : Type := nat -> H -> law H.

Definition full_gradient {H : space} (f : problem H) : oracle H := fun i x => ret (gradient f i x).

Definition unbiased_oracle {H : space} (f : problem H) (gradient_of : oracle H) : Prop :=
  forall i x, (i < size f)%nat -> has_mean (gradient_of i x) (gradient f i x).

(** (1/n) sum_i E|ghat_i - grad f_i(x)|^2 <= 2 a (f(x) - f(x⋆)) + variance *)
Definition oracle_noise_at_most {H : space} (a variance : R) (f : problem H) (x_star : H) (gradient_of : oracle H) : Prop :=
  forall x, mean (size f) (fun i => E[ ‖g - gradient f i x‖² | g <- gradient_of i x ])
            <= 2 * a * (mean_value f x - mean_value f x_star) + variance.

Lemma bounded_variance {H : space} (variance : R) (f : problem H) (x_star : H) (gradient_of : oracle H) :
  (forall x, mean (size f) (fun i => E[ ‖g - gradient f i x‖² | g <- gradient_of i x ]) <= variance) ->
  oracle_noise_at_most 0 variance f x_star gradient_of.
Proof. intros Hv x. apply Rle_trans with (1 := Hv x). lra. Qed.

Lemma variance_nonnegative {H : space} (f : problem H) (gradient_of : oracle H) variance (x : H) :
  (forall x, mean (size f) (fun i => E[ ‖g - gradient f i x‖² | g <- gradient_of i x ]) <= variance) -> 0 <= variance.
Proof.
  intros Hv. apply Rle_trans with (2 := Hv x).
  apply mean_nonnegative; intros. apply expectation_nonnegative; intros. apply dot_nonnegative.
Qed.

Lemma full_gradient_unbiased {H : space} (f : problem H) : unbiased_oracle f (full_gradient f).
Proof. intros i x _ z. unfold full_gradient. now rewrite expectation_ret. Qed.

Lemma full_gradient_noise {H : space} (f : problem H) (x_star : H) : oracle_noise_at_most 0 0 f x_star (full_gradient f).
Proof.
  intros x. rewrite (mean_ext _ _ (fun _ => 0 * 0)); [rewrite mean_scale; lra|].
  intros i _. unfold full_gradient. rewrite expectation_ret. expand. ring.
Qed.

(** ** A component drawn uniformly *)

(** f_i = (1/m_i) sum_j f_ij *)
Definition problem_of_components {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R)
    (component_gradient : nat -> nat -> H -> H) : problem H :=
  Problem n (fun i x => mean (m i) (fun j => component i j x)) (fun i x => vector_mean (m i) (fun j => component_gradient i j x)).

Definition sampled_gradient {H : space} (m : nat -> nat) (component_gradient : nat -> nat -> H -> H) : oracle H := fun i x =>
  draw j <- uniform (m i) ;;
  ret (component_gradient i j x).

Section Sampled.
  Context {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R) (component_gradient : nat -> nat -> H -> H).
  Variables (x_star : H) (component_L : R).
  Let f := problem_of_components n m component component_gradient.
  Hypothesis m_positive : forall i, (i < n)%nat -> (0 < m i)%nat.
  Hypothesis L_positive : 0 < component_L.
  Hypothesis component_convex :
    forall i j, (i < n)%nat -> (j < m i)%nat -> convex (component i j) (component_gradient i j).
  Hypothesis component_smooth :
    forall i j, (i < n)%nat -> (j < m i)%nat -> smooth component_L (component i j) (component_gradient i j).
  Hypothesis optimal : stationary (mean_gradient f) x_star.

  Lemma expectation_sampled i x F : (i < n)%nat ->
    expectation (sampled_gradient m component_gradient i x) F = mean (m i) (fun j => F (component_gradient i j x)).
  Proof using m_positive.
    intros Hi. unfold sampled_gradient. rewrite expectation_bind, expectation_uniform by now apply m_positive.
    apply mean_ext; intros; apply expectation_ret.
  Qed.

  Lemma sampled_unbiased : unbiased_oracle f (sampled_gradient m component_gradient).
  Proof using m_positive. intros i x Hi z. rewrite expectation_sampled by assumption. symmetry. apply dot_mean. Qed.

  Lemma components_cocoercive x :
    mean n (fun i => mean (m i) (fun j => ‖component_gradient i j x - component_gradient i j x_star‖²))
    <= 2 * component_L * (mean_value f x - mean_value f x_star).
  Proof using L_positive component_convex component_smooth optimal.
    apply Rle_trans with (mean n (fun i => 2 * component_L * (value f i x + ((-1) * value f i x_star
                                                                            + (-1) * ⟨gradient f i x_star, x - x_star⟩)))).
    { apply mean_le; intros i Hi.
      apply Rle_trans with (mean (m i) (fun j => 2 * component_L
        * (component i j x + ((-1) * component i j x_star + (-1) * ⟨component_gradient i j x_star, x - x_star⟩)))).
      - apply mean_le; intros j Hj.
        pose proof (cocoercive component_L _ _ L_positive (component_convex i j Hi Hj) (component_smooth i j Hi Hj) x x_star). lra.
      - rewrite mean_scale, !mean_add, !mean_scale. simpl. rewrite dot_mean. right. ring. }
    rewrite mean_scale, !mean_add, !mean_scale. pose proof (optimal (x - x_star)%v) as O.
    unfold mean_gradient in O. rewrite dot_mean in O. change (size f) with n in O. rewrite O. unfold mean_value. simpl size. lra.
  Qed.

  Lemma components_convex_smooth : (0 < n)%nat -> convex_smooth f component_L x_star.
  Proof using L_positive component_convex component_smooth optimal m_positive.
    intros Hn. split; try assumption; intros i Hi x y; simpl; rewrite dot_mean.
    - rewrite <- mean_add. apply mean_le; intros j Hj. now apply component_convex.
    - rewrite <- (mean_const (m i) (component_L / 2 * ‖y - x‖²)) by now apply m_positive.
      rewrite <- !mean_add. apply mean_le; intros j Hj. now apply component_smooth.
  Qed.

  (** (1/n) sum_i (1/m_i) sum_j |grad f_ij(x⋆) - grad f_i(x⋆)|^2 *)
  Definition sampling_variance : R :=
    mean n (fun i => mean (m i) (fun j => ‖component_gradient i j x_star - gradient f i x_star‖²)).

  Lemma sampled_noise :
    oracle_noise_at_most (2 * component_L) (2 * sampling_variance) f x_star (sampled_gradient m component_gradient).
  Proof using m_positive L_positive component_convex component_smooth optimal.
    intros x. change (size f) with n.
    rewrite (mean_ext n _ (fun i => mean (m i) (fun j => ‖component_gradient i j x - gradient f i x‖²)))
      by (intros; now apply expectation_sampled).
    apply Rle_trans with (mean n (fun i => 2 * mean (m i) (fun j => ‖component_gradient i j x - component_gradient i j x_star‖²)
                                           + 2 * mean (m i) (fun j => ‖component_gradient i j x_star - gradient f i x_star‖²))).
    - apply mean_le; intros i Hi. set (b := fun j => (component_gradient i j x - component_gradient i j x_star)%v).
      apply Rle_trans with (mean (m i) (fun j => 2 * ‖b j - vector_mean (m i) b‖²
                                                 + 2 * ‖component_gradient i j x_star - gradient f i x_star‖²)).
      + apply mean_le; intros j _.
        apply Rle_trans with ‖(b j - vector_mean (m i) b) + (component_gradient i j x_star - gradient f i x_star)‖².
        * right. apply square_ext; intros z. unfold b. simpl gradient. expand. rewrite !dot_mean.
          rewrite (mean_ext (m i) (fun j => ⟨component_gradient i j x - component_gradient i j x_star, z⟩)
            (fun j => ⟨component_gradient i j x, z⟩ + (-1) * ⟨component_gradient i j x_star, z⟩)) by (intros; expand; ring).
          rewrite mean_add, mean_scale. ring.
        * apply young.
      + rewrite mean_add, !mean_scale, mean_deviation by now apply m_positive.
        pose proof (dot_nonnegative H (vector_mean (m i) b)).
        change (mean (m i) (fun j => ‖component_gradient i j x - component_gradient i j x_star‖²)) with (mean (m i) (fun j => ‖b j‖²)). lra.
    - rewrite mean_add, !mean_scale. pose proof (components_cocoercive x). unfold sampling_variance. lra.
  Qed.
End Sampled.

(** ** A compressed stochastic gradient, less a vector h *)

Section Compressed.
  Context {H : space} (G : law H) (u h : H) (difference : H -> H) (Q : compressor H) (omega : R).
  Hypothesis G_mean : has_mean G u.
  Hypothesis is_difference : forall g z, ⟨difference g, z⟩ = ⟨g, z⟩ - ⟨h, z⟩.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Let message := bind G (fun g => Q (difference g)).

  Lemma compressed_mean : has_mean message (u - h)%v.
  Proof using G_mean is_difference Q_unbiased.
    intros z. unfold message. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun g => ⟨g, z⟩ + (-1) * ⟨h, z⟩)).
    2:{ intros g. rewrite (Q_unbiased (difference g) z), is_difference. ring. }
    rewrite expectation_add, expectation_const, (G_mean z). expand. ring.
  Qed.

  (** Around its mean, it has the variance of Q plus that of the gradient. *)
  Lemma compressed_variance :
    E[ ‖v - (u - h)‖² | v <- message ] <= omega * ‖u - h‖² + (1 + omega) * E[ ‖g - u‖² | g <- G ].
  Proof using G_mean is_difference Q_unbiased Q_variance.
    unfold message. rewrite expectation_bind.
    apply Rle_trans with (E[ ‖g - u‖² + omega * ‖(-1) * h + 1 * g‖² | g <- G ]).
    { apply expectation_le. intros g.
      pose proof (shifted_second_moment (Q (difference g)) (difference g) ((-1) * (u - h))%v 1 (Q_unbiased _)) as S.
      rewrite (expectation_ext _ _ (fun v => ‖(-1) * (u - h) + 1 * v‖²)) by (intros; apply square_ext; intros; expand; ring).
      rewrite S. pose proof (Q_variance (difference g)) as W.
      rewrite (square_ext H (difference g) ((-1) * h + 1 * g)%v) in W by (intros; rewrite is_difference; expand; ring).
      rewrite (square_ext H ((-1) * (u - h) + 1 * difference g)%v (g - u)%v) by (intros; expand; rewrite is_difference; ring).
      lra. }
    rewrite expectation_add, expectation_scale, (shifted_second_moment G u ((-1) * h)%v 1 G_mean).
    rewrite (square_ext H ((-1) * h + 1 * u)%v (u - h)%v) by (intros; expand; ring). right. ring.
  Qed.
End Compressed.
