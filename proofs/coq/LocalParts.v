(** Iterates of their own on every worker: their average, how far they are from it, and what convexity and smoothness say of
    gradients at different points. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem.
Open Scope R_scope.

(** V = (1/n) sum_i |x_i - xbar|^2, xbar = (1/n) sum_i x_i *)
Definition discrepancy {H : space} (n : nat) (x : nat -> H) : R := mean n (fun i => ‖x i - vector_mean n x‖²).

Section Averages.
  Context {H : space} (n : nat).
  Hypothesis n_positive : (0 < n)%nat.

  Lemma mean_of_differences_from (x : nat -> H) (c z : H) : ⟨vector_mean n (fun i => x i - c), z⟩ = ⟨vector_mean n x - c, z⟩.
  Proof using n_positive.
    rewrite dot_mean, (mean_ext n _ (fun i => ⟨x i, z⟩ + (-1) * ⟨c, z⟩)) by (intros; expand; ring).
    rewrite mean_add, mean_const, <- dot_mean by assumption. expand. ring.
  Qed.

  Lemma mean_of_constants (y z : H) : ⟨vector_mean n (fun _ => y), z⟩ = ⟨y, z⟩.
  Proof using n_positive. rewrite dot_mean. now apply mean_const. Qed.

  Lemma discrepancy_nonnegative (x : nat -> H) : 0 <= discrepancy n x.
  Proof. apply mean_nonnegative; intros; apply dot_nonnegative. Qed.

  (** (1/n) sum_i |x_i - c|^2 = V + |xbar - c|^2 *)
  Lemma spread_around (x : nat -> H) (c : H) :
    mean n (fun i => ‖x i - c‖²) = discrepancy n x + ‖vector_mean n x - c‖².
  Proof using n_positive.
    pose proof (mean_deviation H n (fun i => (x i - c)%v) n_positive) as D.
    rewrite (square_ext H _ _ (mean_of_differences_from x c)) in D. unfold discrepancy.
    rewrite (mean_ext n (fun i => ‖x i - vector_mean n x‖²) (fun i => ‖(x i - c) - vector_mean n (fun i => x i - c)‖²)); [lra|].
    intros i _. apply square_ext; intros z. pose proof (mean_of_differences_from x c z) as M. revert M. expand. lra.
  Qed.

  Lemma discrepancy_least (x : nat -> H) (c : H) : discrepancy n x <= mean n (fun i => ‖x i - c‖²).
  Proof using n_positive. rewrite spread_around. pose proof (dot_nonnegative H (vector_mean n x - c)%v). lra. Qed.

  Lemma discrepancy_of_constants (y : H) : discrepancy n (fun _ => y) = 0.
  Proof using n_positive.
    unfold discrepancy. rewrite mean_const by assumption.
    rewrite (square_ext H _ zero); [apply dot_zero|]. intros z. rewrite dot_add, dot_scale, mean_of_constants, dot_zero. ring.
  Qed.
End Averages.

Section OneFunction.
  Context {H : space} (L : R) (h : H -> R) (grad : H -> H).
  Hypothesis L_positive : 0 < L.
  Hypothesis h_convex : convex h grad.
  Hypothesis h_smooth : smooth L h grad.

  (** |grad h(y) - grad h(x)|^2 <= L^2 |y - x|^2 *)
  Lemma lipschitz x y : ‖grad y - grad x‖² <= L ^ 2 * ‖y - x‖².
  Proof using L_positive h_convex h_smooth.
    pose proof (cocoercive L h grad L_positive h_convex h_smooth y x) as Cy.
    pose proof (h_smooth x y) as S.
    assert (bound : h y - h x - ⟨grad x, y - x⟩ <= L / 2 * ‖y - x‖²) by lra.
    apply Rmult_le_compat_l with (r := 2 * L) in bound; [|lra]. lra.
  Qed.

  (** The Bregman distance to s at y, from that at x *)
  Lemma bregman_transfer s x y :
    h y - h s - ⟨grad s, y - s⟩ <= 2 * (h x - h s - ⟨grad s, x - s⟩) + L * ‖y - x‖².
  Proof using L_positive h_convex h_smooth.
    pose proof (cocoercive L h grad L_positive h_convex h_smooth x s) as C. pose proof (h_smooth x y) as S.
    set (d := (grad x - grad s)%v) in *. set (v := (y - x)%v) in *.
    pose proof (dot_nonnegative H (d - L * v)%v) as P.
    assert (P' : ‖d - L * v‖² = ‖d‖² - 2 * L * ⟨d, v⟩ + L ^ 2 * ‖v‖²) by (expand; rewrite (dot_symmetric _ v d); ring).
    rewrite P' in P.
    assert (dv : ⟨d, v⟩ = ⟨grad x, v⟩ - ⟨grad s, v⟩) by (unfold d; rewrite dot_add, dot_scale; ring).
    assert (sv : ⟨grad s, y - s⟩ = ⟨grad s, x - s⟩ + ⟨grad s, v⟩) by (unfold v; expand; ring).
    set (b := h x - h s - ⟨grad s, x - s⟩) in *.
    assert (K : ⟨d, v⟩ <= b + L / 2 * ‖v‖²) by (apply Rmult_le_reg_l with (2 * L); lra).
    unfold b in K |- *. rewrite sv. lra.
  Qed.
End OneFunction.

Section LocalParts.
  Context {H : space} (f : problem H) (L mu : R) (x_star : H) (assumed : convex_smooth f L x_star).
  Variable x : nat -> H.
  Let n := size f.
  Let xbar := vector_mean n x.
  Let V := discrepancy n x.
  Let gap := mean_value f xbar - mean_value f x_star.

  Let distance i y := value f i y - value f i x_star - ⟨gradient f i x_star, y - x_star⟩.

  Lemma mean_distance y : mean n (fun i => distance i y) = mean_value f y - mean_value f x_star.
  Proof using assumed.
    rewrite (mean_ext n _ (fun i => value f i y + ((-1) * value f i x_star + (-1) * ⟨gradient f i x_star, y - x_star⟩)))
      by (intros; unfold distance; ring).
    rewrite !mean_add, !mean_scale. unfold n. rewrite (mean_of_solution_gradients f L x_star assumed). unfold mean_value. ring.
  Qed.

  (** (1/n) sum_i D_i(x_i) <= 2 gap + L V, D_i the Bregman distance of f_i to x⋆ *)
  Lemma mean_local_distance : mean n (fun i => distance i (x i)) <= 2 * gap + L * V.
  Proof using assumed.
    apply Rle_trans with (mean n (fun i => 2 * distance i xbar + L * ‖x i - xbar‖²)).
    - apply mean_le; intros i Hi. apply bregman_transfer; [apply (L_positive assumed)|..];
        [now apply (each_convex assumed)|now apply (each_smooth assumed)].
    - rewrite mean_add, !mean_scale, mean_distance. apply Rle_refl.
  Qed.

  (** (1/n) sum_i |grad f_i(x_i) - grad f_i(x⋆)|^2 <= 4L gap + 2 L^2 V *)
  Lemma mean_local_cocoercive :
    mean n (fun i => ‖gradient f i (x i) - gradient f i x_star‖²) <= 4 * L * gap + 2 * L ^ 2 * V.
  Proof using assumed.
    apply Rle_trans with (mean n (fun i => 2 * L * distance i (x i))).
    - apply mean_le; intros i Hi. apply cocoercive; [apply (L_positive assumed)|..];
        [now apply (each_convex assumed)|now apply (each_smooth assumed)].
    - rewrite mean_scale. pose proof (Rmult_le_compat_l (2 * L) _ _ (Rlt_le _ _ (Rmult_lt_0_compat _ _ Rlt_0_2 (L_positive assumed)))
        mean_local_distance). lra.
  Qed.

  (** |(1/n) sum_i grad f_i(x_i)|^2 <= 4L gap + 2 L^2 V *)
  Lemma mean_of_local_gradients :
    ‖vector_mean n (fun i => gradient f i (x i))‖² <= 4 * L * gap + 2 * L ^ 2 * V.
  Proof using assumed.
    set (e := fun i => (gradient f i (x i) - gradient f i xbar)%v).
    apply Rle_trans with (2 * ‖vector_mean n e‖² + 2 * ‖mean_gradient f xbar‖²).
    - rewrite (square_ext H _ (vector_mean n e + mean_gradient f xbar)%v); [apply young|].
      intros z. rewrite dot_add. unfold mean_gradient. rewrite !dot_mean. fold n. rewrite <- mean_add.
      apply mean_ext; intros i _. unfold e. expand. ring.
    - pose proof (mean_gradient_square f L x_star assumed xbar) as G. fold gap in G.
      pose proof (square_of_mean H n e (nonempty assumed)) as J.
      assert (E : mean n (fun i => ‖e i‖²) <= L ^ 2 * V).
      { unfold V, discrepancy. rewrite <- mean_scale. apply mean_le; intros i Hi.
        apply lipschitz with (h := value f i); [apply (L_positive assumed)|..];
          [now apply (each_convex assumed)|now apply (each_smooth assumed)]. }
      lra.
  Qed.

  (** <(1/n) sum_i grad f_i(x_i), xbar - x⋆> >= gap + (mu/2) (|xbar - x⋆|^2 + V) - (L/2) V *)
  Lemma local_inner_product : (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) ->
    gap + mu / 2 * (‖xbar - x_star‖² + V) - L / 2 * V <= mean n (fun i => ⟨gradient f i (x i), xbar - x_star⟩).
  Proof using assumed.
    intros quasi.
    apply Rle_trans with (mean n (fun i => value f i xbar + ((-1) * value f i x_star
                                           + (mu / 2 * ‖x i - x_star‖² + (- (L / 2)) * ‖x i - xbar‖²)))).
    - right. rewrite !mean_add, !mean_scale, spread_around by apply (nonempty assumed).
      fold V xbar. unfold gap, mean_value. fold n. change (mean n (fun i => ‖x i - xbar‖²)) with V. ring.
    - apply mean_le; intros i Hi. pose proof (quasi i Hi (x i)) as Q. pose proof (each_smooth assumed i Hi (x i) xbar) as S.
      assert (E1 : ‖xbar - x i‖² = ‖x i - xbar‖²) by (expand; rewrite (dot_symmetric _ xbar (x i)); ring).
      assert (E2 : ‖x_star - x i‖² = ‖x i - x_star‖²) by (expand; rewrite (dot_symmetric _ x_star (x i)); ring).
      rewrite E1 in S. rewrite E2 in Q. revert S Q. rewrite !(dot_add_right H (gradient f i (x i))), !(dot_scale_right H (gradient f i (x i))). lra.
  Qed.
End LocalParts.
