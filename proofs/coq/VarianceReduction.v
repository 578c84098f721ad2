(** The estimator that SAGA and L-SVRG share: a_j - b_j + mean b, where a_j is a fresh gradient of a random component and
    b_j an old one. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem.
Open Scope R_scope.

Definition corrected {H : space} (m : nat) (a b : nat -> H) (j : nat) : H := (a j - b j + vector_mean m b)%v.

Section Corrected.
  Context {H : space} (m : nat) (a b c : nat -> H).
  Hypothesis m_positive : (0 < m)%nat.

  Lemma corrected_unbiased z : mean m (fun j => ⟨corrected m a b j, z⟩) = ⟨vector_mean m a, z⟩.
  Proof using m_positive.
    rewrite (mean_ext m _ (fun j => ⟨a j, z⟩ + ((-1) * ⟨b j, z⟩ + ⟨vector_mean m b, z⟩))).
    2:{ intros j _. unfold corrected. expand. ring. }
    rewrite !mean_add, mean_scale, mean_const, !dot_mean by assumption. ring.
  Qed.

  (** For any c with mean zero: mean |a_j - b_j + mean b|^2 <= 2 mean |a_j - c_j|^2 + 2 mean |b_j - c_j|^2 *)
  Lemma corrected_second_moment : (forall z, ⟨vector_mean m c, z⟩ = 0) ->
    mean m (fun j => ‖corrected m a b j‖²) <= 2 * mean m (fun j => ‖a j - c j‖²) + 2 * mean m (fun j => ‖b j - c j‖²).
  Proof using m_positive.
    intros Hc. set (e := fun j => (b j - c j)%v).
    apply Rle_trans with (mean m (fun j => 2 * ‖a j - c j‖² + 2 * ‖e j - vector_mean m e‖²)).
    { apply mean_le; intros j _.
      apply Rle_trans with ‖(a j - c j) + (-1) * (e j - vector_mean m e)‖².
      { right. apply square_ext; intros z. unfold corrected, e. expand.
        assert (⟨vector_mean m (fun j => b j - c j)%v, z⟩ = ⟨vector_mean m b, z⟩) as ->; [|ring].
        rewrite dot_mean, (mean_ext m _ (fun j => ⟨b j, z⟩ + (-1) * ⟨c j, z⟩)) by (intros; expand; ring).
        rewrite mean_add, mean_scale, <- !dot_mean, Hc. ring. }
      apply Rle_trans with (1 := young H _ _). expand. right; ring. }
    rewrite mean_add, !mean_scale, mean_deviation by assumption.
    pose proof (dot_nonnegative H (vector_mean m e)). change (mean m (fun j => ‖b j - c j‖²)) with (mean m (fun j => ‖e j‖²)). lra.
  Qed.

  (** Around its mean, for any c at all: mean |a_j - b_j + mean b - mean a|^2 <= 2 mean |a_j - c_j|^2 + 2 mean |b_j - c_j|^2 *)
  Lemma corrected_variance :
    mean m (fun j => ‖corrected m a b j - vector_mean m a‖²) <= 2 * mean m (fun j => ‖a j - c j‖²) + 2 * mean m (fun j => ‖b j - c j‖²).
  Proof using m_positive.
    set (d := fun j => (a j - b j)%v).
    rewrite (mean_ext m _ (fun j => ‖d j - vector_mean m d‖²)).
    2:{ intros j _. apply square_ext; intros z. unfold corrected, d. expand. rewrite !dot_mean.
        rewrite (mean_ext m (fun i => ⟨a i - b i, z⟩) (fun j => ⟨a j, z⟩ + (-1) * ⟨b j, z⟩)) by (intros; expand; ring).
        rewrite mean_add, mean_scale. ring. }
    rewrite mean_deviation by assumption. pose proof (dot_nonnegative H (vector_mean m d)).
    apply Rle_trans with (mean m (fun j => 2 * ‖a j - c j‖² + 2 * ‖b j - c j‖²)).
    - apply Rle_trans with (mean m (fun j => ‖d j‖²)); [lra|]. apply mean_le; intros j _.
      apply Rle_trans with ‖(a j - c j) + (-1) * (b j - c j)‖²; [right; apply square_ext; intros z; unfold d; expand; ring|].
      apply Rle_trans with (1 := young H _ _). right. set (r := (b j - c j)%v). expand. ring.
    - rewrite mean_add, !mean_scale. lra.
  Qed.
End Corrected.
