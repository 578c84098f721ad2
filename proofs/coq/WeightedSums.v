(** The lemma behind the weighted averages of chapters 3 and 4: a contraction with an input controls weighted sums. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums.
Open Scope R_scope.

(** e is what is lost so far (an error, a shift), a what adds to it, w_k = (1 - eta)^-(k+1) up to a factor. *)
Theorem weighted_contraction (w e a : nat -> R) (delta eta c : R) :
  0 < delta <= 1 -> 0 <= eta <= delta / 4 -> 0 <= c ->
  (forall k, 0 <= e k) -> (forall k, 0 <= a k) -> (forall k, 0 < w k) ->
  (forall k, w (S k) * (1 - eta) = w k) ->
  (forall k, e (S k) <= (1 - delta / 2) * e k + c * a k) ->
  forall K, delta / 4 * sum K (fun k => w k * e k) <= w O * e O + c / (1 - eta) * sum K (fun k => w k * a k).
Proof.
  intros Hd He Hc He0 Ha0 Hw Hw1 Hs.
  assert (Hstep : forall k, w (S k) * e (S k) <= (1 - delta / 4) * (w k * e k) + c / (1 - eta) * (w k * a k)).
  { intros k. specialize (Hs k). specialize (He0 k). specialize (Ha0 k). pose proof (Hw (S k)). rewrite <- (Hw1 k).
    replace (c / (1 - eta) * (w (S k) * (1 - eta) * a k)) with (w (S k) * (c * a k)) by (field; lra).
    replace ((1 - delta / 4) * (w (S k) * (1 - eta) * e k)) with (w (S k) * ((1 - delta / 4) * (1 - eta) * e k)) by ring.
    rewrite <- Rmult_plus_distr_l. apply Rmult_le_compat_l; [lra|].
    assert ((1 - delta / 2) * e k <= (1 - delta / 4) * (1 - eta) * e k) by (apply Rmult_le_compat_r; nra). lra. }
  (* the next term, which the statement drops, carries the induction *)
  assert (Hnext : forall K, delta / 4 * sum K (fun k => w k * e k) + w K * e K
                            <= w O * e O + c / (1 - eta) * sum K (fun k => w k * a k)).
  { induction K as [|K IH]; [simpl; lra|]. rewrite !sum_last. specialize (Hstep K). lra. }
  intros K. specialize (Hnext K). assert (0 <= w K * e K) by (apply Rmult_le_pos; [left; apply Hw|apply He0]). lra.
Qed.
