(** Real inner-product spaces, and R^d.

    Vectors are never compared: what is known of a vector is its inner products with all others. Everything therefore
    holds in R^d for every d, and in every other inner-product space. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability.
Open Scope R_scope.

Record space := Space {
  vector :> Type;
  zero : vector;
  add : vector -> vector -> vector;
  scale : R -> vector -> vector;
  dot : vector -> vector -> R;
  dot_symmetric : forall a b, dot a b = dot b a;
  dot_add : forall a b c, dot (add a b) c = dot a c + dot b c;
  dot_scale : forall k a c, dot (scale k a) c = k * dot a c;
  dot_zero : forall c, dot zero c = 0;
  dot_nonnegative : forall a, 0 <= dot a a
}.
Arguments zero {_}. Arguments add {_}. Arguments scale {_}. Arguments dot {_}.

Declare Scope vector_scope.
Delimit Scope vector_scope with v.
Infix "+" := add : vector_scope.
Infix "*" := scale : vector_scope.
Notation "a - b" := (add a%v (scale (-1) b%v)) : vector_scope.
Notation "⟨ a , b ⟩" := (dot a%v b%v) (at level 0, a at level 99, b at level 99).
Notation "‖ a ‖²" := (dot a%v a%v) (at level 0, a at level 99).

Fixpoint vector_sum {H : space} (n : nat) (f : nat -> H) : H :=
  match n with
  | O => zero
  | S m => add (f O) (vector_sum m (fun i => f (S i)))
  end.

Definition vector_mean {H : space} (n : nat) (f : nat -> H) : H := (/ INR n * vector_sum n f)%v.

Section Rules.
  Variable H : space.
  Implicit Types a b c : H.

  Lemma dot_add_right a b c : ⟨a, b + c⟩ = ⟨a, b⟩ + ⟨a, c⟩.
  Proof. rewrite dot_symmetric, dot_add, (dot_symmetric _ b), (dot_symmetric _ c); reflexivity. Qed.

  Lemma dot_scale_right a k c : ⟨a, k * c⟩ = (k * ⟨a, c⟩)%R.
  Proof. rewrite dot_symmetric, dot_scale, (dot_symmetric _ c); reflexivity. Qed.

  Lemma dot_zero_right a : ⟨a, zero⟩ = 0.
  Proof. rewrite dot_symmetric; apply dot_zero. Qed.

  Lemma dot_sum n (f : nat -> H) c : ⟨vector_sum n f, c⟩ = sum n (fun i => ⟨f i, c⟩).
  Proof. revert f; induction n as [|n IH]; intros; simpl; [apply dot_zero|]. rewrite dot_add, IH; reflexivity. Qed.

  Lemma dot_mean n (f : nat -> H) c : ⟨vector_mean n f, c⟩ = mean n (fun i => ⟨f i, c⟩).
  Proof. unfold vector_mean, mean. now rewrite dot_scale, dot_sum. Qed.
End Rules.

(** Expands inner products of sums and multiples. *)
Ltac expand := repeat rewrite ?dot_add, ?dot_add_right, ?dot_scale, ?dot_scale_right, ?dot_zero, ?dot_zero_right.

Section Facts.
  Variable H : space.
  Implicit Types a b c : H.

  Lemma young a b : ‖a + b‖² <= 2 * ‖a‖² + 2 * ‖b‖².
  Proof. pose proof (dot_nonnegative H (a - b)%v) as K. revert K. expand. rewrite (dot_symmetric _ b a). lra. Qed.

  Lemma square_ext a b : (forall z, ⟨a, z⟩ = ⟨b, z⟩) -> ‖a‖² = ‖b‖².
  Proof. intros K. rewrite K, dot_symmetric, K. reflexivity. Qed.

  (** mean |a_i - abar|^2 = mean |a_i|^2 - |abar|^2 *)
  Lemma mean_deviation n (a : nat -> H) : (0 < n)%nat ->
    mean n (fun i => ‖a i - vector_mean n a‖²) = mean n (fun i => ‖a i‖²) - ‖vector_mean n a‖².
  Proof.
    intros Hn. set (b := vector_mean n a).
    rewrite (mean_ext n _ (fun i => ‖a i‖² + ((-2) * ⟨a i, b⟩ + ‖b‖²))).
    2:{ intros i _. expand. rewrite (dot_symmetric _ b (a i)). ring. }
    rewrite !mean_add, mean_scale, mean_const, <- dot_mean by assumption. fold b. ring.
  Qed.

  (** Jensen *)
  Lemma square_of_mean n (a : nat -> H) : (0 < n)%nat -> ‖vector_mean n a‖² <= mean n (fun i => ‖a i‖²).
  Proof.
    intros Hn. pose proof (mean_deviation n a Hn) as D.
    assert (0 <= mean n (fun i => ‖a i - vector_mean n a‖²)) by (apply mean_nonnegative; intros; apply dot_nonnegative).
    lra.
  Qed.
End Facts.

(** ** Random vectors *)

Section RandomVectors.
  Context {H : space}.

  (** u is the expectation of m *)
  Definition has_mean (m : law H) (u : H) : Prop := forall z, E[ ⟨v, z⟩ | v <- m ] = ⟨u, z⟩.

  (** A random choice v gives the vector a v, whose expectation is u. Around any point c:
      E|c + k a(v)|^2 = |c + k u|^2 + k^2 E|a(v) - u|^2 *)
  Lemma shifted_second_moment_of {T : Type} (m : law T) (a : T -> H) u (c : H) (k : R) :
    (forall z, E[ ⟨a v, z⟩ | v <- m ] = ⟨u, z⟩) ->
    E[ ‖c + k * a v‖² | v <- m ] = ‖c + k * u‖² + k ^ 2 * E[ ‖a v - u‖² | v <- m ].
  Proof.
    intros Hm.
    rewrite (expectation_ext m (fun v => ‖a v - u‖²) (fun v => ‖a v‖² + ((-2) * ⟨a v, u⟩ + ‖u‖²))).
    2:{ intros v. expand. rewrite (dot_symmetric _ u (a v)). ring. }
    rewrite (expectation_ext m (fun v => ‖c + k * a v‖²) (fun v => ‖c‖² + (2 * k * ⟨a v, c⟩ + k ^ 2 * ‖a v‖²))).
    2:{ intros v. expand. rewrite (dot_symmetric _ c (a v)). ring. }
    rewrite !expectation_add, !expectation_const, !expectation_scale, !Hm. expand. rewrite (dot_symmetric _ c u). ring.
  Qed.

  Lemma shifted_second_moment (m : law H) u (c : H) (k : R) : has_mean m u ->
    E[ ‖c + k * v‖² | v <- m ] = ‖c + k * u‖² + k ^ 2 * E[ ‖v - u‖² | v <- m ].
  Proof. exact (shifted_second_moment_of m (fun v => v) u c k). Qed.

  Lemma second_moment (m : law H) u : has_mean m u -> E[ ‖v‖² | v <- m ] = ‖u‖² + E[ ‖v - u‖² | v <- m ].
  Proof.
    intros Hm. pose proof (shifted_second_moment m u zero 1 Hm) as S.
    rewrite (expectation_ext m _ (fun v => ‖v‖²)) in S by (intros; apply square_ext; intros; expand; ring).
    rewrite S, (square_ext H (zero + 1 * u)%v u) by (intros; expand; ring). ring.
  Qed.

  (** The variances of independent vectors add up. *)
  Lemma independent_second_moment_of {T : Type} (default : T) (a : T -> H) n :
    forall (m : nat -> law T) (u : nat -> H) (c : H) (k : R),
    (forall i, (i < n)%nat -> forall z, E[ ⟨a v, z⟩ | v <- m i ] = ⟨u i, z⟩) ->
    E[ ‖c + k * vector_sum n (fun i => a (w i))‖² | w <- independent default n m ]
    = ‖c + k * vector_sum n u‖² + k ^ 2 * sum n (fun i => E[ ‖a v - u i‖² | v <- m i ]).
  Proof.
    induction n as [|n IH]; intros m u c k Hm.
    - simpl. rewrite expectation_ret. ring.
    - rewrite expectation_independent_S.
      rewrite (expectation_ext _ _ (fun v => ‖(c + k * vector_sum n (fun i => u (S i))) + k * a v‖²
                                             + k ^ 2 * sum n (fun i => E[ ‖a v' - u (S i)‖² | v' <- m (S i) ]))).
      2:{ intros v.
          rewrite (expectation_ext _ _ (fun w => ‖(c + k * a v) + k * vector_sum n (fun i => a (w i))‖²)).
          2:{ intros w. apply square_ext; intros z. simpl. expand. ring. }
          rewrite (IH (fun i => m (S i)) (fun i => u (S i))) by (intros; apply Hm; lia).
          f_equal. apply square_ext; intros z. expand. ring. }
      rewrite expectation_add, expectation_const, (shifted_second_moment_of (m O) a (u O)) by (apply Hm; lia).
      simpl sum. rewrite (square_ext H _ (c + k * vector_sum (S n) u)%v); [ring|].
      intros z. simpl. expand. ring.
  Qed.

  Lemma independent_second_moment n (m : nat -> law H) (u : nat -> H) (c : H) (k : R) :
    (forall i, (i < n)%nat -> has_mean (m i) (u i)) ->
    E[ ‖c + k * vector_sum n w‖² | w <- independent zero n m ]
    = ‖c + k * vector_sum n u‖² + k ^ 2 * sum n (fun i => E[ ‖v - u i‖² | v <- m i ]).
  Proof. exact (independent_second_moment_of zero (fun v => v) n m u c k). Qed.
End RandomVectors.

(** ** R^d *)

Section Coordinates.
  Variable d : nat.
  Let dot_d (a b : nat -> R) := sum d (fun i => a i * b i).

  Lemma coordinates_symmetric a b : dot_d a b = dot_d b a.
  Proof. apply sum_ext; intros; ring. Qed.

  Lemma coordinates_add a b c : dot_d (fun i => a i + b i) c = dot_d a c + dot_d b c.
  Proof. unfold dot_d. rewrite <- sum_add; apply sum_ext; intros; ring. Qed.

  Lemma coordinates_scale k a c : dot_d (fun i => k * a i) c = k * dot_d a c.
  Proof. unfold dot_d. rewrite <- sum_scale; apply sum_ext; intros; ring. Qed.

  Lemma coordinates_zero c : dot_d (fun _ => 0) c = 0.
  Proof. transitivity (sum d (fun _ => 0)); [apply sum_ext; intros; ring|rewrite sum_const; ring]. Qed.

  Lemma coordinates_nonnegative a : 0 <= dot_d a a.
  Proof. apply sum_nonnegative; intros; nra. Qed.

  (** R^d: of a function on the natural numbers, the values at 0, ..., d-1 count. *)
  Definition Rd : space :=
    Space (nat -> R) (fun _ => 0) (fun a b i => a i + b i) (fun k a i => k * a i) dot_d
      coordinates_symmetric coordinates_add coordinates_scale coordinates_zero coordinates_nonnegative.
End Coordinates.
