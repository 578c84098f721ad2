(** Gradients from any source for methods without error compensation: as they are, or compressed differences to learned
    shifts, as in DIANA. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd Diana ErrorFeedback
  EcEstimators Delayed.
Open Scope R_scope.

(** ** The estimators *)

Section Estimators.
  Context {H : space} {Reference : Type} (n : nat) (estimate : source H Reference).

  (** g = (1/n) sum_i ghat_i *)
  Definition mean_of_sources : estimator H (nat -> Reference) := fun x w =>
    draw o <- from_sources n estimate x w ;;
    ret (vector_mean n (fun i => fst (o i)), fun i => snd (o i)).

  (** g = (1/n) sum_i (h_i + m_i), h_i <- h_i + alpha m_i, m_i = Q(ghat_i - h_i) *)
  Definition mean_of_differences (Q : compressor H) (alpha : R) : estimator H (learned H Reference) := fun x t =>
    let h := shifts t in
    draw o <- from_sources n estimate x (references t) ;;
    draw m <- independent zero n (fun i => Q (fst (o i) - h i)%v) ;;
    ret (vector_mean n (fun i => h i + m i)%v, Learned (fun i => h i + alpha * m i)%v (fun i => snd (o i))).
End Estimators.

(** Two draws that do not depend on each other change places. *)
Lemma expectation_exchange {T U : Type} (m : law T) (k : law U) (F : T -> U -> R) :
  E[ E[ F v w | w <- k ] | v <- m ] = E[ E[ F v w | v <- m ] | w <- k ].
Proof.
  unfold expectation at 1 4. induction (outcomes m) as [|[p v] l IH]; simpl; [now rewrite expectation_const|].
  now rewrite IH, expectation_add, expectation_scale.
Qed.

(** First all workers draw, then all of them draw again: as if one after the other did both. *)
Lemma expectation_two_rounds {T U : Type} (t : T) (u : U) n : forall (m : nat -> law T) (k : nat -> T -> law U) (F : (nat -> U) -> R),
  E[ expectation (independent u n (fun i => k i (o i))) F | o <- independent t n m ]
  = expectation (independent u n (fun i => draw o <- m i ;; k i o)) F.
Proof.
  induction n as [|n IH]; intros m k F; [simpl; now rewrite expectation_ret|].
  rewrite !expectation_independent_S, expectation_bind. apply expectation_ext; intros v.
  rewrite (expectation_ext _ _ (fun w => E[ E[ F (cons v' w') | w' <- independent u n (fun i => k (S i) (w i)) ] | v' <- k O v ])).
  2:{ intros w. apply expectation_independent_S. }
  rewrite expectation_exchange. apply expectation_ext; intros v'.
  apply (IH (fun i => m (S i)) (fun i => k (S i)) (fun w' => F (cons v' w'))).
Qed.

(** Only the expectations that a law gives count. *)
Lemma independent_same_law {T : Type} (default : T) n : forall (m m' : nat -> law T) (F : (nat -> T) -> R),
  (forall i G, expectation (m i) G = expectation (m' i) G) ->
  expectation (independent default n m) F = expectation (independent default n m') F.
Proof.
  induction n as [|n IH]; intros m m' F E; [reflexivity|]. rewrite !expectation_independent_S, E.
  apply expectation_ext; intros v. apply (IH (fun i => m (S i)) (fun i => m' (S i)) (fun w => F (cons v w))). intros; apply E.
Qed.

(** ** Their rows *)

Section Rows.
  Context {H : space} {Reference : Type} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (estimate : source H Reference) (reference_error_of : nat -> Reference -> R) (a b rho2 C2 : R).
  Hypothesis source_assumed : source_assumption f x_star estimate reference_error_of a b 0 rho2 C2.

  Let n := size f.
  Let gap x := mean_value f x - mean_value f x_star.
  Let s2 (w : nat -> Reference) := mean n (fun i => reference_error_of i (w i)).

  Theorem mean_of_sources_assumption :
    delayed_assumption f x_star (mean_of_sources n estimate) (fun _ => 0) s2
      (MomentBound (L + a / INR n) 0 (b / INR n) 0) 1 0 0 0 rho2 C2.
  Proof using assumed source_assumed.
    assert (E_mean : forall x w F, expectation (mean_of_sources n estimate x w) F
      = E[ F (vector_mean n (fun i => fst (o i)), fun i => snd (o i)) | o <- from_sources n estimate x w ]).
    { intros x w F. unfold mean_of_sources. rewrite expectation_bind. apply expectation_ext; intros; now rewrite expectation_ret. }
    split; fold n.
    - intros x w z. rewrite E_mean. simpl fst. rewrite (expectation_ext _ _ (fun o => mean n (fun i => ⟨fst (o i), z⟩))) by (intros; apply dot_mean).
      unfold mean_gradient. fold n. rewrite expectation_mean, dot_mean. apply mean_ext; intros i Hi.
      rewrite (expectation_ext _ _ (fun o => ⟨fst (o i) - zero, z⟩)) by (intros; expand; ring).
      pose proof (drawn_unbiased f x_star estimate _ _ _ _ _ _ source_assumed x w zero i z Hi) as U. fold n in U. rewrite U. expand. ring.
    - intros x w. rewrite E_mean. simpl fst.
      apply Rle_trans with (1 := drawn_mean_square f x_star L assumed estimate _ _ _ _ _ _ source_assumed x w).
      unfold bound; simpl. right. fold n. unfold s2, Rdiv. ring.
    - intros x w. rewrite expectation_const. lra.
    - intros x w. rewrite E_mean. apply (drawn_references f x_star estimate _ _ _ _ _ _ source_assumed).
    - intros; apply Rle_refl.
    - apply (s2_of_references_nonnegative f x_star estimate _ _ _ _ _ _ source_assumed).
  Qed.

  Variables (Q : compressor H) (omega alpha : R).
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis alpha_nonnegative : 0 <= alpha.
  Hypothesis alpha_small : alpha * (1 + omega) <= 1.

  (** What is not said about references is what DIANA does with the gradients of the source. *)
  Lemma differences_are_diana x t (F : H -> (nat -> H) -> R) :
    E[ F (fst o) (shifts (snd o)) | o <- mean_of_differences n estimate Q alpha x t ]
    = E[ F (fst o) (snd o) | o <- diana_estimator n (oracle_of estimate (references t)) Q alpha x (shifts t) ].
  Proof.
    set (value_of := fun m : nat -> H => F (vector_mean n (fun i => shifts t i + m i)%v) (fun i => shifts t i + alpha * m i)%v).
    unfold mean_of_differences, diana_estimator. rewrite !expectation_bind.
    transitivity (E[ expectation (independent zero n (fun i => Q (fst (o i) - shifts t i)%v)) value_of
                   | o <- from_sources n estimate x (references t) ]).
    - apply expectation_ext; intros o. rewrite expectation_bind. apply expectation_ext; intros m. now rewrite expectation_ret.
    - unfold from_sources.
      rewrite (expectation_two_rounds (zero, references t O) zero n (fun i => estimate i x (references t i))
        (fun i o => Q (fst o - shifts t i)%v) value_of).
      transitivity (expectation (independent zero n (message (oracle_of estimate (references t)) Q x (shifts t))) value_of).
      + unfold value_of. apply (independent_same_law zero).
        intros i G. unfold message, oracle_of. rewrite !expectation_bind. apply expectation_ext; intros o. now rewrite expectation_ret.
      + apply expectation_ext; intros m. now rewrite expectation_ret.
  Qed.

  Theorem mean_of_differences_assumption :
    delayed_assumption f x_star (mean_of_differences n estimate Q alpha)
      (fun t => shift_error f x_star (shifts t)) (fun t => s2 (references t))
      (MomentBound ((1 + 2 * omega / INR n) * L + (1 + omega) * a / INR n) (2 * omega / INR n) ((1 + omega) * b / INR n) 0)
      alpha (L * alpha + alpha ^ 2 * (1 + omega) * a) (alpha * (1 + omega) * b) 0 rho2 C2.
  Proof using assumed source_assumed Q_unbiased Q_variance omega_nonnegative alpha_nonnegative alpha_small.
    assert (HG := oracle_of_unbiased f x_star estimate _ _ _ _ _ _ source_assumed).
    assert (HN := oracle_of_noise f x_star estimate _ _ _ _ _ _ source_assumed).
    split; fold n.
    - intros x t z. rewrite (differences_are_diana x t (fun g _ => ⟨g, z⟩)).
      apply (diana_unbiased f _ Q alpha (HG (references t)) Q_unbiased).
    - intros x t. rewrite (differences_are_diana x t (fun g _ => ‖g‖²)).
      apply Rle_trans with (1 := diana_second_moment f x_star L assumed _ a _ Q omega alpha (HG (references t)) (HN (references t))
        Q_unbiased Q_variance omega_nonnegative x (shifts t)).
      unfold bound; simpl. fold n (s2 (references t)). right. unfold Rdiv. ring.
    - intros x t. rewrite (differences_are_diana x t (fun _ h => shift_error f x_star h)).
      apply Rle_trans with (1 := diana_memory f x_star L assumed _ a _ Q omega alpha (HG (references t)) (HN (references t))
        Q_unbiased Q_variance omega_nonnegative alpha_nonnegative alpha_small x (shifts t)).
      fold n (s2 (references t)). right. ring.
    - intros x t. unfold mean_of_differences. rewrite expectation_bind.
      rewrite (expectation_ext _ _ (fun o => s2 (fun i => snd (o i)))).
      2:{ intros o. rewrite expectation_bind, (expectation_ext _ _ (fun _ => s2 (fun i => snd (o i)))); [apply expectation_const|].
          intros m. now rewrite expectation_ret. }
      apply (drawn_references f x_star estimate _ _ _ _ _ _ source_assumed).
    - intros t. apply mean_nonnegative; intros; apply dot_nonnegative.
    - intros t. apply (s2_of_references_nonnegative f x_star estimate _ _ _ _ _ _ source_assumed).
  Qed.
End Rows.
