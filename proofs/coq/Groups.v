(** Peers with the same label form a group; averaging within groups. *)
From Coq Require Import Reals Lra Lia List Permutation.
From Touchstone Require Import Sums Probability Space Compressors.
Import ListNotations.
Open Scope R_scope.

Fixpoint vector_list_sum {H : space} {T : Type} (l : list T) (x : T -> H) : H :=
  match l with
  | [] => zero
  | v :: l' => (x v + vector_list_sum l' x)%v
  end.

(** (1/|group|) sum over the group *)
Definition mean_over {H : space} (group : list nat) (x : nat -> H) : H := (/ INR (length group) * vector_list_sum group x)%v.

Section Groups.
  Context {K : Type} (same : forall a b : K, {a = b} + {a <> b}) (n : nat) (label : nat -> K).

  (** The peers among 0, ..., n-1 with the label k, ascending. *)
  Definition group (k : K) : list nat := filter (fun j => if same (label j) k then true else false) (seq 0 n).

  (** Every peer takes the mean of its group. *)
  Definition average_groups {H : space} (x : nat -> H) (i : nat) : H := mean_over (group (label i)) x.

  (** 1 if the peer i has the label k, otherwise 0 *)
  Definition has_label (k : K) (i : nat) : R := if same (label i) k then 1 else 0.

  Lemma in_group i k : In i (group k) <-> (i < n)%nat /\ label i = k.
  Proof.
    unfold group. rewrite filter_In, in_seq.
    destruct (same (label i) k) as [E|E]; split; intros [A B]; try discriminate; try contradiction; split; auto; lia.
  Qed.

  Lemma list_sum_filter {T : Type} (keep : T -> bool) (l : list T) F :
    list_sum (filter keep l) F = list_sum l (fun v => if keep v then F v else 0).
  Proof. induction l as [|v l IH]; simpl; [reflexivity|]. destruct (keep v); simpl; rewrite IH; lra. Qed.

  Lemma list_sum_ext {T : Type} (l : list T) F G : (forall v, In v l -> F v = G v) -> list_sum l F = list_sum l G.
  Proof.
    induction l as [|v l IH]; intros E; simpl; [reflexivity|]. rewrite (E v), IH; [reflexivity| |now left]. intros; apply E; now right.
  Qed.

  Lemma sum_over_group k F : list_sum (group k) F = sum n (fun i => has_label k i * F i).
  Proof.
    unfold group. rewrite list_sum_filter, list_sum_seq. apply sum_ext; intros i _. simpl. unfold has_label.
    destruct (same (label i) k); ring.
  Qed.

  Lemma group_size k : INR (length (group k)) = sum n (has_label k).
  Proof. rewrite <- list_sum_one, sum_over_group. apply sum_ext; intros; ring. Qed.

  Lemma dot_vector_list_sum {H : space} (l : list nat) (x : nat -> H) z : ⟨vector_list_sum l x, z⟩ = list_sum l (fun i => ⟨x i, z⟩).
  Proof. induction l as [|i l IH]; simpl; [apply dot_zero|]. now rewrite dot_add, IH. Qed.

  Lemma dot_mean_over {H : space} k (x : nat -> H) z :
    ⟨mean_over (group k) x, z⟩ = / INR (length (group k)) * sum n (fun i => has_label k i * ⟨x i, z⟩).
  Proof. unfold mean_over. now rewrite dot_scale, dot_vector_list_sum, sum_over_group. Qed.

  Lemma group_not_empty i : (i < n)%nat -> (0 < length (group (label i)))%nat.
  Proof.
    intros Hi. assert (E : In i (group (label i))) by now apply in_group. destruct (group (label i)); [destruct E|simpl; lia].
  Qed.
End Groups.
