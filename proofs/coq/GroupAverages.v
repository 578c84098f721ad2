(** What averaging within groups does to all vectors together: it keeps their mean, and is a projection. *)
From Coq Require Import Reals Lra Lia List.
From Touchstone Require Import Sums Probability Space LocalParts Groups.
Open Scope R_scope.

Section Averages.
  Context {K : Type} (same : forall a b : K, {a = b} + {a <> b}) (n : nat) (l : nat -> K) {H : space} (x : nat -> H).
  Let averaged := average_groups same n l x.

  (** The share of peer j in the mean that peer i takes. *)
  Definition share (i j : nat) : R := / INR (length (group same n l (l i))) * has_label same l (l i) j.

  Lemma share_symmetric i j : share i j = share j i.
  Proof. unfold share, has_label.
  destruct (same (l j) (l i)) as [E|E], (same (l i) (l j)) as [E'|E']; try ring; [now rewrite E| |]; congruence. Qed.

  Lemma shares_sum i : (i < n)%nat -> sum n (share i) = 1.
  Proof.
    intros Hi. unfold share. rewrite sum_scale, <- group_size. apply Rinv_l, not_0_INR.
    pose proof (group_not_empty same n l i Hi). lia.
  Qed.

  Lemma averaged_is_shares i z : ⟨averaged i, z⟩ = sum n (fun j => share i j * ⟨x j, z⟩).
  Proof.
    unfold averaged, average_groups. rewrite dot_mean_over, <- sum_scale. apply sum_ext; intros j _. unfold share. ring.
  Qed.

  Lemma averaged_same_mean z : ⟨vector_mean n averaged, z⟩ = ⟨vector_mean n x, z⟩.
  Proof.
    rewrite !dot_mean. unfold mean. f_equal.
    rewrite (sum_ext n _ (fun i => sum n (fun j => share i j * ⟨x j, z⟩))) by (intros; apply averaged_is_shares).
    rewrite sum_sum. apply sum_ext; intros j Hj.
    rewrite (sum_ext n _ (fun i => ⟨x j, z⟩ * share j i)) by (intros; rewrite share_symmetric; ring).
    rewrite sum_scale, shares_sum by assumption. ring.
  Qed.

  (** sum_i |averaged_i|^2 = sum_ij share_ij <x_i, x_j>: averaging is a projection. *)
  Lemma averaged_squares : sum n (fun i => ‖averaged i‖²) = sum n (fun i => sum n (fun j => share i j * ⟨x i, x j⟩)).
  Proof.
    rewrite (sum_ext n _ (fun i => sum n (fun j => share i j * ⟨x j, averaged j⟩))).
    - rewrite sum_sum. apply sum_ext; intros j Hj.
      rewrite (sum_ext n _ (fun i => ⟨x j, averaged j⟩ * share j i)) by (intros; rewrite share_symmetric; ring).
      rewrite sum_scale, shares_sum, dot_symmetric, averaged_is_shares by assumption. rewrite Rmult_1_r.
      apply sum_ext; intros i _. now rewrite (dot_symmetric _ (x i)).
    - intros i _. rewrite averaged_is_shares. apply sum_ext; intros j _. unfold share, has_label.
      destruct (same (l j) (l i)) as [E|_]; [|ring]. f_equal. unfold averaged, average_groups. now rewrite E.
  Qed.

  (** sum_i |x_i - averaged_i|^2 = sum_i |x_i|^2 - sum_i |averaged_i|^2 *)
  Lemma averaged_moves : sum n (fun i => ‖x i - averaged i‖²) = sum n (fun i => ‖x i‖²) - sum n (fun i => ‖averaged i‖²).
  Proof using Type.
    assert (P : sum n (fun i => ⟨averaged i, x i⟩) = sum n (fun i => ‖averaged i‖²)).
    { rewrite averaged_squares. apply sum_ext; intros i _. rewrite averaged_is_shares. apply sum_ext; intros j _.
      now rewrite (dot_symmetric _ (x i)). }
    rewrite (sum_ext n _ (fun i => ‖x i‖² + ((-2) * ⟨averaged i, x i⟩ + ‖averaged i‖²))).
    2:{ intros i _. expand. rewrite (dot_symmetric _ (x i) (averaged i)). ring. }
    rewrite !sum_add, sum_scale, P. ring.
  Qed.

  Lemma averaged_discrepancy : (0 < n)%nat ->
    discrepancy n averaged = / INR n * sum n (fun i => sum n (fun j => share i j * ⟨x i, x j⟩)) - ‖vector_mean n x‖².
  Proof using Type.
    intros Hn. unfold discrepancy. rewrite mean_deviation by assumption. unfold mean at 1. rewrite averaged_squares.
    now rewrite (square_ext H _ _ averaged_same_mean).
  Qed.

  (** disp(averaged) = disp(x) - (1/n) sum_i |x_i - averaged_i|^2 *)
  Lemma discrepancy_lost : (0 < n)%nat -> discrepancy n averaged = discrepancy n x - / INR n * sum n (fun i => ‖x i - averaged i‖²).
  Proof using Type.
    intros Hn. rewrite averaged_discrepancy, <- averaged_squares, averaged_moves by assumption. unfold discrepancy.
    rewrite mean_deviation by assumption. unfold mean. ring.
  Qed.
End Averages.
