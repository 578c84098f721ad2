(** Problems min f(x), f = (1/n) sum_i f_i, and what theorems assume of them. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space.
Open Scope R_scope.

(** A function and what stands for its gradient. *)
Section Function.
  Context {H : space}.
  Implicit Types (f : H -> R) (grad : H -> H).

  Definition convex f grad : Prop :=
    forall x y, f x + ⟨grad x, y - x⟩ <= f y.

  (** Only the upper quadratic bound: with [convex] it makes [grad] the gradient of f. *)
  Definition smooth (L : R) f grad : Prop :=
    forall x y, f y <= f x + ⟨grad x, y - x⟩ + L / 2 * ‖y - x‖².

  Definition quasi_strongly_convex (mu : R) f grad (x_star : H) : Prop :=
    forall x, f x + ⟨grad x, x_star - x⟩ + mu / 2 * ‖x_star - x‖² <= f x_star.

  Definition minimiser f (x_star : H) : Prop :=
    forall x, f x_star <= f x.

  Definition stationary grad (x_star : H) : Prop :=
    forall z, ⟨grad x_star, z⟩ = 0.

  (** |grad f(x)|^2 <= 2L (f(x) - f(x⋆)): a step of length 1/L cannot go below the minimum. *)
  Lemma gradient_square_bound L f grad x_star : 0 < L -> smooth L f grad -> minimiser f x_star ->
    forall x, ‖grad x‖² <= 2 * L * (f x - f x_star).
  Proof.
    intros HL Hs Hm x. pose proof (Hs x (x + (- / L) * grad x)%v) as S.
    pose proof (Hm (x + (- / L) * grad x)%v) as M. revert S. expand. rewrite (dot_symmetric _ x (grad x)). intros S.
    apply Rmult_le_reg_l with (/ L / 2); [assert (0 < / L) by (now apply Rinv_0_lt_compat); lra|].
    replace (/ L / 2 * (2 * L * (f x - f x_star))) with (f x - f x_star) by (field; lra).
    match type of S with _ <= _ + ?i + ?q => assert (E1 : i = - / L * ‖grad x‖²) by ring end.
    match type of S with _ <= _ + _ + ?q => assert (E2 : q = / L / 2 * ‖grad x‖²) by (field; lra) end.
    rewrite E1, E2 in S. lra.
  Qed.

  (** |grad f(x) - grad f(y)|^2 <= 2L (f(x) - f(y) - <grad f(y), x - y>) *)
  Lemma cocoercive L f grad : 0 < L -> convex f grad -> smooth L f grad ->
    forall x y, ‖grad x - grad y‖² <= 2 * L * (f x - f y - ⟨grad y, x - y⟩).
  Proof.
    intros HL Hc Hs x y. set (z := (x + (- / L) * (grad x - grad y))%v).
    pose proof (Hc y z) as C. pose proof (Hs x z) as S. unfold z in *. revert C S. expand.
    rewrite (dot_symmetric _ (grad y) (grad x)), (dot_symmetric _ x (grad x)), (dot_symmetric _ x (grad y)).
    set (a := ⟨grad x, grad x⟩). set (b := ⟨grad x, grad y⟩). set (c := ⟨grad y, grad y⟩).
    intros C S. assert (0 < / L) by now apply Rinv_0_lt_compat.
    apply Rmult_le_reg_l with (/ L / 2); [lra|].
    replace (/ L / 2 * (2 * L * (f x - f y - (⟨grad y, x⟩ + -1 * ⟨grad y, y⟩))))
      with (f x - f y - (⟨grad y, x⟩ + -1 * ⟨grad y, y⟩)) by (field; lra).
    assert (L / 2 * (/ L * / L * (a - 2 * b + c)) = / L / 2 * (a - 2 * b + c)) by (field; lra).
    nra.
  Qed.
End Function.

(** f = (1/n) sum_i f_i. The f_i are the functions of n workers, or the n components that one worker samples. *)
Record problem (H : space) := Problem {
  size : nat;
  value : nat -> H -> R;
  gradient : nat -> H -> H
}.
Arguments Problem {H}. Arguments size {H}. Arguments value {H}. Arguments gradient {H}.

Definition mean_value {H : space} (f : problem H) (x : H) : R :=
  mean (size f) (fun i => value f i x).

Definition mean_gradient {H : space} (f : problem H) (x : H) : H :=
  vector_mean (size f) (fun i => gradient f i x).

(** What chapters 2 and 3 assume of the f_i. *)
Record convex_smooth {H : space} (f : problem H) (L : R) (x_star : H) : Prop := ConvexSmooth {
  nonempty : (0 < size f)%nat;
  L_positive : 0 < L;
  each_convex : forall i, (i < size f)%nat -> convex (value f i) (gradient f i);
  each_smooth : forall i, (i < size f)%nat -> smooth L (value f i) (gradient f i);
  optimal : stationary (mean_gradient f) x_star
}.
Arguments ConvexSmooth {H f L x_star}. Arguments nonempty {H f L x_star}. Arguments L_positive {H f L x_star}. Arguments each_convex {H f L x_star}.
Arguments each_smooth {H f L x_star}. Arguments optimal {H f L x_star}.

(** zeta = (1/n) sum_i |grad f_i(x⋆)|^2 *)
Definition heterogeneity {H : space} (f : problem H) (x_star : H) : R := mean (size f) (fun i => ‖gradient f i x_star‖²).

Section MeanFacts.
  Context {H : space} (f : problem H) (L : R) (x_star : H) (assumed : convex_smooth f L x_star).
  Let n := size f.

  Lemma mean_of_solution_gradients z : mean n (fun i => ⟨gradient f i x_star, z⟩) = 0.
  Proof using assumed. unfold n. rewrite <- dot_mean. apply (optimal assumed). Qed.

  (** mean |grad f_i(x) - grad f_i(x⋆)|^2 <= 2L (f(x) - f(x⋆)): the linear terms cancel. *)
  Lemma mean_cocoercive x :
    mean n (fun i => ‖gradient f i x - gradient f i x_star‖²) <= 2 * L * (mean_value f x - mean_value f x_star).
  Proof using assumed.
    apply Rle_trans with
      (mean n (fun i => 2 * L * (value f i x - value f i x_star - ⟨gradient f i x_star, x - x_star⟩))).
    { apply mean_le; intros i Hi. apply cocoercive.
      - apply (L_positive assumed).
      - now apply (each_convex assumed).
      - now apply (each_smooth assumed). }
    rewrite mean_scale.
    rewrite (mean_ext n _ (fun i => value f i x + ((-1) * value f i x_star
                                                   + (-1) * ⟨gradient f i x_star, x - x_star⟩))) by (intros; ring).
    rewrite !mean_add, !mean_scale, mean_of_solution_gradients. unfold mean_value; fold n. lra.
  Qed.

  Lemma convex_minimiser : minimiser (mean_value f) x_star.
  Proof using assumed.
    intros x. pose proof (mean_cocoercive x) as C. pose proof (L_positive assumed) as HL.
    assert (0 <= mean n (fun i => ‖gradient f i x - gradient f i x_star‖²)) by (apply mean_nonnegative; intros; apply dot_nonnegative).
    nra.
  Qed.

  (** |grad f(x)|^2 <= 2L (f(x) - f(x⋆)) *)
  Lemma mean_gradient_square x : ‖mean_gradient f x‖² <= 2 * L * (mean_value f x - mean_value f x_star).
  Proof using assumed.
    apply Rle_trans with (2 := mean_cocoercive x).
    pose proof (square_of_mean H n (fun i => (gradient f i x - gradient f i x_star)%v) (nonempty assumed)) as J.
    rewrite (square_ext H _ (mean_gradient f x)) in J; [exact J|].
    intros z. rewrite dot_mean. unfold mean_gradient. rewrite dot_mean.
    rewrite (mean_ext n _ (fun i => ⟨gradient f i x, z⟩ + (-1) * ⟨gradient f i x_star, z⟩)) by (intros; expand; ring).
    rewrite mean_add, mean_scale, mean_of_solution_gradients. fold n. ring.
  Qed.

  (** (1/n) sum_i |grad f_i(x)|^2 <= 4L (f(x) - f(x⋆)) + 2 zeta *)
  Lemma mean_square_gradient x :
    mean n (fun i => ‖gradient f i x‖²) <= 4 * L * (mean_value f x - mean_value f x_star) + 2 * heterogeneity f x_star.
  Proof using assumed.
    apply Rle_trans with (mean n (fun i => 2 * ‖gradient f i x - gradient f i x_star‖² + 2 * ‖gradient f i x_star‖²)).
    - apply mean_le; intros i _.
      rewrite (square_ext H (gradient f i x) ((gradient f i x - gradient f i x_star) + gradient f i x_star)%v) by (intros; expand; ring).
      apply young.
    - rewrite mean_add, !mean_scale. pose proof (mean_cocoercive x). unfold heterogeneity. fold n. lra.
  Qed.

  (** mu <= L, in every direction there is *)
  Lemma strong_convexity_at_most_smoothness mu : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star ->
    forall z : H, mu * ‖z‖² <= L * ‖z‖².
  Proof using assumed.
    intros quasi z. pose proof (L_positive assumed) as HL. set (gap := fun x => mean_value f x - mean_value f x_star).
    pose proof (quasi (x_star + z)%v) as Q. pose proof (mean_gradient_square (x_star + z)%v) as G.
    set (q := mean_gradient f (x_star + z)%v) in *. change (‖q‖² <= 2 * L * gap (x_star + z)%v) in G.
    pose proof (dot_nonnegative H (q - L * z)%v) as P. revert Q P. expand. rewrite (dot_symmetric _ z q), (dot_symmetric _ z x_star).
    set (qz := ⟨q, z⟩). set (zz := ⟨z, z⟩) in *. set (qq := ⟨q, q⟩) in *. intros Q P.
    assert (Q' : gap (x_star + z)%v + mu / 2 * zz <= qz) by (unfold gap; lra).
    apply Rmult_le_reg_l with L; [assumption|].
    assert (L * (gap (x_star + z)%v + mu / 2 * zz) <= L * qz) by (apply Rmult_le_compat_l; lra).
    nra.
  Qed.
End MeanFacts.
