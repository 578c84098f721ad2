(** The hypotheses of the MARINA family can be met: f_ij(x) = (a_ij/2) |x - c_ij|^2 with any centres and with curvatures a_ij of
    either sign whose mean is positive. No f_i needs to be convex or bounded below. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient Marina VrMarinaRate VrMarina.
Open Scope R_scope.

Section Curved.
  Context {H : space} (n : nat) (m : nat -> nat) (a : nat -> nat -> R) (c : nat -> nat -> H) (A : R).
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis m_positive : forall i, (i < n)%nat -> (0 < m i)%nat.
  Hypothesis curvature_bounded : forall i j, (i < n)%nat -> (j < m i)%nat -> - A <= a i j <= A.
  Let a_mean : R := mean n (fun i => mean (m i) (a i)).
  Hypothesis mean_positive : 0 < a_mean.

  Definition curved (i j : nat) (x : H) : R := a i j / 2 * ‖x - c i j‖².
  Definition curved_gradient (i j : nat) (x : H) : H := (a i j * (x - c i j))%v.
  Definition curved_centre : H := (/ a_mean * vector_mean n (fun i => vector_mean (m i) (fun j => (a i j * c i j)%v)))%v.
  Let f := problem_of_components n m curved curved_gradient.

  Lemma mean_of_components (F : nat -> nat -> R) (k : R) :
    mean n (fun i => mean (m i) (fun j => k * F i j)) = k * mean n (fun i => mean (m i) (F i)).
  Proof using Type. rewrite <- mean_scale. apply mean_ext; intros. apply mean_scale. Qed.

  Lemma curved_mean_gradient x z : ⟨mean_gradient f x, z⟩ = a_mean * ⟨x - curved_centre, z⟩.
  Proof using mean_positive.
    unfold mean_gradient. rewrite dot_mean. simpl.
    rewrite (mean_ext n _ (fun i => mean (m i) (fun j => ⟨x, z⟩ * a i j) + (-1) * mean (m i) (fun j => ⟨a i j * c i j, z⟩))).
    2:{ intros i _. rewrite dot_mean, <- mean_scale, <- mean_add. apply mean_ext; intros j _. unfold curved_gradient. expand. ring. }
    rewrite mean_add, mean_scale, (mean_of_components a). fold a_mean. unfold curved_centre. expand. rewrite dot_mean.
    rewrite (mean_ext n (fun i => ⟨vector_mean (m i) (fun j => a i j * c i j), z⟩) (fun i => mean (m i) (fun j => ⟨a i j * c i j, z⟩)))
      by (intros; apply dot_mean).
    field. lra.
  Qed.

  Lemma curved_value x y : mean_value f y = mean_value f x + ⟨mean_gradient f x, y - x⟩ + a_mean / 2 * ‖y - x‖².
  Proof using Type.
    unfold mean_gradient, mean_value. rewrite dot_mean. simpl. unfold a_mean.
    replace (mean n (fun i => mean (m i) (a i)) / 2 * ‖y - x‖²) with (‖y - x‖² / 2 * mean n (fun i => mean (m i) (a i))) by field.
    rewrite <- (mean_of_components a), <- !mean_add. apply mean_ext; intros i _. rewrite dot_mean, <- !mean_add. apply mean_ext; intros j _.
    unfold curved, curved_gradient. expand. rewrite (dot_symmetric _ (c i j) x), (dot_symmetric _ (c i j) y), (dot_symmetric _ y x). field.
  Qed.

  Lemma curved_gap x : mean_value f x - mean_value f curved_centre = a_mean / 2 * ‖x - curved_centre‖².
  Proof using mean_positive. rewrite (curved_value curved_centre x), curved_mean_gradient. expand. ring. Qed.

  Lemma curved_bounded_below x : mean_value f curved_centre <= mean_value f x.
  Proof using mean_positive.
    pose proof (curved_gap x). assert (0 <= a_mean / 2 * ‖x - curved_centre‖²) by (apply Rmult_le_pos; [lra|apply dot_nonnegative]). lra.
  Qed.

  Lemma curved_polyak_lojasiewicz : polyak_lojasiewicz a_mean (mean_value f) (mean_gradient f) (mean_value f curved_centre).
  Proof using mean_positive.
    intros x. rewrite curved_gap, (square_ext H (mean_gradient f x) (a_mean * (x - curved_centre))%v).
    - right. rewrite dot_scale, dot_scale_right. field.
    - intros z. rewrite curved_mean_gradient, dot_scale. reflexivity.
  Qed.

  Lemma mean_at_most (k : nat) (b : nat -> R) B : (0 < k)%nat -> (forall j, (j < k)%nat -> b j <= B) -> mean k b <= B.
  Proof using Type. intros Hk Hb. rewrite <- (mean_const k B Hk). now apply mean_le. Qed.

  Lemma curvature_bound_positive : a_mean <= A /\ 0 < A.
  Proof using n_positive m_positive curvature_bounded mean_positive.
    assert (a_mean <= A); [|lra]. apply mean_at_most; [assumption|]. intros i Hi. apply mean_at_most; [now apply m_positive|].
    intros j Hj. now apply curvature_bounded.
  Qed.

  Lemma curved_smooth : smooth A (mean_value f) (mean_gradient f).
  Proof using n_positive m_positive curvature_bounded mean_positive.
    intros x y. rewrite (curved_value x y). apply Rplus_le_compat_l, Rmult_le_compat_r; [apply dot_nonnegative|].
    pose proof curvature_bound_positive. lra.
  Qed.

  Lemma curved_component_smooth i j x y : (i < n)%nat -> (j < m i)%nat -> ‖curved_gradient i j y - curved_gradient i j x‖² <= A ^ 2 * ‖y - x‖².
  Proof using curvature_bounded.
    intros Hi Hj. pose proof (curvature_bounded i j Hi Hj) as B.
    replace (‖curved_gradient i j y - curved_gradient i j x‖²) with (a i j ^ 2 * ‖y - x‖²).
    - apply Rmult_le_compat_r; [apply dot_nonnegative|]. nra.
    - unfold curved_gradient. expand. ring.
  Qed.

  Lemma curved_mean_square_smooth : mean_square_smooth A f.
  Proof using n_positive m_positive curvature_bounded.
    intros x y. apply mean_at_most; [assumption|]. intros i Hi. change (size f) with n in Hi.
    set (d := fun j => (curved_gradient i j y - curved_gradient i j x)%v).
    rewrite (square_ext H (gradient f i y - gradient f i x)%v (vector_mean (m i) d)).
    - apply Rle_trans with (1 := square_of_mean H (m i) d (m_positive i Hi)). apply mean_at_most; [now apply m_positive|].
      intros j Hj. now apply curved_component_smooth.
    - intros z. simpl. expand. rewrite !dot_mean, <- mean_scale, <- mean_add. apply mean_ext; intros j _. unfold d. expand. ring.
  Qed.

  Lemma curved_components : components_vary_little n m curved curved_gradient A.
  Proof using n_positive m_positive curvature_bounded.
    apply (smooth_components_vary_little n m curved curved_gradient A m_positive (fun _ _ => A)).
    - intros i j x y. apply curved_component_smooth.
    - right. rewrite (mean_ext n _ (fun _ => A ^ 2)); [now apply mean_const|]. intros i Hi. apply mean_const. now apply m_positive.
  Qed.

  (** VR-MARINA, for any unbiased compressor with a finite omega and the largest stepsize *)
  Corollary vr_marina_on_curved (omega : R) (Q : compressor H) (b : nat) (p : probability) (x : H) :
    unbiased Q -> variance_at_most omega Q -> 0 <= omega -> (0 < b)%nat -> 0 < p ->
    let gamma := Rmin (1 / (A + sqrt (2 * vr_marina_Lambda_squared n b A A omega p))) (p / (2 * a_mean)) in
    let step := biased_step gamma (vr_marina_estimator n m curved curved_gradient b Q p) in
    0 < gamma * a_mean <= 1 / 2 /\
    forall k, E[ mean_value f (model s) - mean_value f curved_centre | s <- iterate step k (marina_start f x) ]
              <= (1 - gamma * a_mean) ^ k * (mean_value f x - mean_value f curved_centre).
  Proof using n_positive m_positive curvature_bounded mean_positive.
    intros HQ HV Hom Hb Hp gamma step. destruct curvature_bound_positive as [_ HA]. pose proof (chance_range p) as [_ Hp1].
    pose proof (sqrt_pos (2 * vr_marina_Lambda_squared n b A A omega p)) as R.
    assert (Hg : 0 < gamma) by (apply Rmin_glb_lt; apply Rdiv_lt_0_compat; lra).
    assert (Hg2 : gamma <= p / (2 * a_mean)) by apply Rmin_r. split; [split; [now apply Rmult_lt_0_compat|]|].
    - apply Rmult_le_compat_r with (r := a_mean) in Hg2; [|lra].
      replace (p / (2 * a_mean) * a_mean) with (p / 2) in Hg2 by (field; lra). lra.
    - intros k. apply (vr_marina_rate_pl n m curved curved_gradient A A omega gamma b Q p); try assumption.
      + exact curved_mean_square_smooth.
      + exact curved_components.
      + exact curved_smooth.
      + exact curved_polyak_lojasiewicz.
      + apply Rmin_l.
  Qed.
End Curved.
