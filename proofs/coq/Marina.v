(** MARINA: with probability p all workers send gradients, otherwise compressed gradient differences. Non-convex. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors.
From Touchstone Require Export BiasedEstimator.
Open Scope R_scope.

Section Method.
  Context {H : space} (f : problem H) (Q : compressor H) (p : probability) (gamma : R).

  (** One coin for all workers. *)
  Definition marina_estimator : biased_estimator H := fun x y g =>
    draw synchronise <- bernoulli p ;;
    if synchronise then
      ret (mean_gradient f y)
    else
      draw q <- independent zero (size f) (fun i => Q (gradient f i y - gradient f i x)%v) ;;
      ret (vector_mean (size f) (fun i => g + q i)%v).

  Definition marina_step : marina_state H -> law (marina_state H) := biased_step gamma marina_estimator.
End Method.

(** g^0 = grad f(x^0) *)
Definition marina_start {H : space} (f : problem H) (x : H) : marina_state H := MarinaState x (mean_gradient f x).

(** Phi = f(x) - f_low + gamma/(2p) |g - grad f(x)|^2 *)
Definition marina_potential {H : space} (f : problem H) (f_low gamma : R) (p : probability) : marina_state H -> R :=
  biased_potential (mean_value f) (mean_gradient f) f_low (gamma / (2 * p)).

(** (1/n) sum_i |grad f_i(y) - grad f_i(x)|^2 <= L^2 |y - x|^2 *)
Definition mean_square_smooth {H : space} (L : R) (f : problem H) : Prop :=
  forall x y, mean (size f) (fun i => ‖gradient f i y - gradient f i x‖²) <= L ^ 2 * ‖y - x‖².

(** ** What the methods of this family share: a coin, and messages that are independent of each other *)

Section Messages.
  Context {H : space}.

  Lemma sent_to_each n (g z : H) (q : nat -> H) : (0 < n)%nat -> ⟨vector_mean n (fun i => g + q i), z⟩ = ⟨g + vector_mean n q, z⟩.
  Proof. intros Hn. rewrite dot_mean, dot_add, dot_mean, <- (mean_const n ⟨g, z⟩ Hn), <- mean_add. apply mean_ext; intros.
  apply dot_add. Qed.

  (** E|g + (1/n) sum_i q_i - a|^2 <= |g + (1/n) sum_i u_i - a|^2 + W/n, E q_i = u_i, where W is a mean of variances *)
  Lemma messages_error n (M : nat -> law H) (u : nat -> H) (g a : H) W : (0 < n)%nat ->
    (forall i, (i < n)%nat -> has_mean (M i) (u i)) ->
    mean n (fun i => E[ ‖v - u i‖² | v <- M i ]) <= W ->
    E[ ‖(g + vector_mean n q) - a‖² | q <- independent zero n M ] <= ‖(g + vector_mean n u) - a‖² + W / INR n.
  Proof.
    intros Hn Hu HW. assert (HN : 0 < INR n) by now apply lt_0_INR.
    rewrite (expectation_ext _ _ (fun q => ‖(g - a) + / INR n * vector_sum n q‖²)).
    2:{ intros q. unfold vector_mean. apply square_ext; intros; expand; ring. }
    rewrite (independent_second_moment n M u) by assumption.
    rewrite (square_ext H ((g - a) + / INR n * vector_sum n u)%v ((g + vector_mean n u) - a)%v)
      by (intros; unfold vector_mean; expand; ring).
    apply Rplus_le_compat_l. apply Rle_trans with (/ INR n * mean n (fun i => E[ ‖v - u i‖² | v <- M i ])); [right; unfold mean; ring|].
    unfold Rdiv. rewrite (Rmult_comm W). apply Rmult_le_compat_l; [left; now apply Rinv_0_lt_compat|exact HW].
  Qed.

  (** Lambda^2 = (1 - p) c/p *)
  Lemma coin_row (grad : H -> H) (gamma c nu : R) (p : probability) (full : H -> law H) (changed : H -> H -> H -> law H) : 0 < p ->
    (forall y, E[ ‖g - grad y‖² | g <- full y ] <= nu) ->
    (forall x y g, E[ ‖g' - grad y‖² | g' <- changed x y g ] <= ‖g - grad x‖² + c * ‖y - x‖²) ->
    error_shrinks grad gamma p ((1 - p) * c / p) nu
      (fun x y g => draw synchronise <- bernoulli p ;; if synchronise then full y else changed x y g).
  Proof.
    intros Hp Hfull Hchanged x g y. pose proof (chance_range p) as [_ Hp1].
    rewrite expectation_bind, expectation_bernoulli. cbv iota.
    pose proof (Rmult_le_compat_l p _ _ (Rlt_le _ _ Hp) (Hfull y)).
    assert (Hq : 0 <= 1 - p) by lra. pose proof (Rmult_le_compat_l (1 - p) _ _ Hq (Hchanged x y g)) as K.
    replace (p * ((1 - p) * c / p) * ‖y - x‖²) with ((1 - p) * (c * ‖y - x‖²)) by (field; lra). lra.
  Qed.

  Lemma certain_error (grad : H -> H) (y : H) : E[ ‖g - grad y‖² | g <- ret (grad y) ] <= 0.
  Proof. rewrite expectation_ret. right. expand. ring. Qed.

  Lemma Lambda_squared_nonnegative (p : probability) c : 0 < p -> 0 <= c -> 0 <= (1 - p) * c / p.
  Proof.
    intros Hp Hc. pose proof (chance_range p) as [_ Hp1].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|left; now apply Rinv_0_lt_compat].
  Qed.

  (** L (1 + sqrt(r)) = L + sqrt(L^2 r) *)
  Lemma stepsize_factor (L r : R) : 0 < L -> 0 <= r -> L * (1 + sqrt r) = L + sqrt (L ^ 2 * r).
  Proof.
    intros HL Hr. rewrite sqrt_mult by (try apply pow2_ge_0; assumption).
    replace (L ^ 2) with (Rsqr L) by (unfold Rsqr; ring). rewrite sqrt_Rsqr by lra. ring.
  Qed.
End Messages.

Section Marina.
  Context {H : space} (f : problem H) (L omega gamma : R) (Q : compressor H) (p : probability).
  Hypothesis n_positive : (0 < size f)%nat.
  Hypothesis f_mean_square_smooth : mean_square_smooth L f.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis p_positive : 0 < p.

  (** grad f(x) + (1/n) sum_i (grad f_i(y) - grad f_i(x)) = grad f(y): the old error remains *)
  Lemma error_remains (g x y : H) :
    ‖(g + vector_mean (size f) (fun i => gradient f i y - gradient f i x)) - mean_gradient f y‖² = ‖g - mean_gradient f x‖².
  Proof using Type.
    apply square_ext; intros z. unfold mean_gradient. expand. rewrite !dot_mean.
    rewrite (mean_ext (size f) (fun i => ⟨gradient f i y - gradient f i x, z⟩) (fun i => ⟨gradient f i y, z⟩ + (-1) * ⟨gradient f i x, z⟩))
      by (intros; expand; ring).
    rewrite mean_add, mean_scale. ring.
  Qed.

  Lemma marina_row : error_shrinks (mean_gradient f) gamma p ((1 - p) * (omega * L ^ 2 / INR (size f)) / p) 0 (marina_estimator f Q p).
  Proof using n_positive f_mean_square_smooth Q_unbiased Q_variance omega_nonnegative p_positive.
    assert (HN : 0 < INR (size f)) by now apply lt_0_INR.
    apply coin_row; [assumption|apply certain_error|]. intros x y g. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun q => ‖(g + vector_mean (size f) q) - mean_gradient f y‖²)).
    2:{ intros q. rewrite expectation_ret. apply square_ext; intros z. rewrite !(dot_add _ _ _ z). now rewrite sent_to_each, dot_add. }
    rewrite <- error_remains with (y := y).
    replace (omega * L ^ 2 / INR (size f) * ‖y - x‖²) with (omega * (L ^ 2 * ‖y - x‖²) / INR (size f)) by (field; lra).
    apply messages_error; [assumption|intros; apply Q_unbiased|].
    apply Rle_trans with (mean (size f) (fun i => omega * ‖gradient f i y - gradient f i x‖²)).
    - apply mean_le; intros i _. apply Q_variance.
    - rewrite mean_scale. apply Rmult_le_compat_l; [assumption|apply f_mean_square_smooth].
  Qed.

  (** The condition on the stepsize, for the theorem and for its version with the Polyak-Lojasiewicz condition. *)
  Lemma marina_stepsize k : 0 < L -> 0 <= k ->
    L * (1 + sqrt (k * (1 - p) * omega / (p * INR (size f)))) = L + sqrt (k * ((1 - p) * (omega * L ^ 2 / INR (size f)) / p)).
  Proof using n_positive omega_nonnegative p_positive.
    intros HL Hk. assert (HN : 0 < INR (size f)) by now apply lt_0_INR. pose proof (chance_range p) as [_ Hp1].
    rewrite stepsize_factor; [f_equal; f_equal; field; lra|assumption|].
    apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra].
  Qed.

  Lemma marina_Lambda_squared : 0 <= (1 - p) * (omega * L ^ 2 / INR (size f)) / p.
  Proof using omega_nonnegative p_positive.
    apply Lambda_squared_nonnegative; [assumption|].
    apply Rmult_le_pos; [apply Rmult_le_pos; [assumption|apply pow2_ge_0]|apply inverse_nonnegative].
  Qed.
End Marina.

(** The mean over the first K iterates is what an iterate chosen uniformly among them has in expectation. *)
Theorem marina_rate {H : space} (f : problem H) (L f_low omega gamma : R) (Q : compressor H) (p : probability) :
  (0 < size f)%nat -> 0 < L ->
  (forall x, f_low <= mean_value f x) -> smooth L (mean_value f) (mean_gradient f) -> mean_square_smooth L f ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma -> gamma <= 1 / (L * (1 + sqrt ((1 - p) * omega / (p * INR (size f))))) ->
  forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- iterate (marina_step f Q p gamma) k (marina_start f x) ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K).
Proof.
  intros Hn HL Hlow Hs Hms HQ HV Hom Hp Hg Hg1.
  replace ((1 - p) * omega) with (1 * (1 - p) * omega) in Hg1 by ring.
  rewrite (marina_stepsize f L omega p Hn Hom Hp 1 HL Rle_0_1), Rmult_1_l in Hg1.
  exact (rate_from_gradient (mean_value f) (mean_gradient f) _ L f_low gamma p _ HL Hlow Hs (conj Hp (proj2 (chance_range p))) Hg
    (marina_Lambda_squared f L omega p Hom Hp) (marina_row f L omega gamma Q p Hn Hms HQ HV Hom Hp) Hg1).
Qed.

(** With the Polyak-Lojasiewicz condition *)
Theorem marina_rate_pl {H : space} (f : problem H) (L f_low mu omega gamma : R) (Q : compressor H) (p : probability) :
  (0 < size f)%nat -> 0 < L -> smooth L (mean_value f) (mean_gradient f) -> mean_square_smooth L f ->
  polyak_lojasiewicz mu (mean_value f) (mean_gradient f) f_low -> 0 < mu ->
  unbiased Q -> variance_at_most omega Q -> 0 <= omega ->
  0 < p -> 0 < gamma -> gamma <= 1 / (L * (1 + sqrt (2 * (1 - p) * omega / (p * INR (size f))))) -> gamma <= p / (2 * mu) ->
  forall k x,
    E[ mean_value f (model s) - f_low | s <- iterate (marina_step f Q p gamma) k (marina_start f x) ]
    <= (1 - gamma * mu) ^ k * (mean_value f x - f_low).
Proof.
  intros Hn HL Hs Hms HPL Hmu HQ HV Hom Hp Hg Hg1.
  rewrite (marina_stepsize f L omega p Hn Hom Hp 2 HL ltac:(lra)) in Hg1.
  exact (rate_from_gradient_pl (mean_value f) (mean_gradient f) _ L f_low gamma p _ HL Hs (conj Hp (proj2 (chance_range p))) Hg
    (marina_Lambda_squared f L omega p Hom Hp) (marina_row f L omega gamma Q p Hn Hms HQ HV Hom Hp) mu HPL Hmu Hg1).
Qed.
