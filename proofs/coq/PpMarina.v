(** PP-MARINA: MARINA in which only some workers answer, drawn with replacement, when gradients are not synchronized. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient Marina.
Open Scope R_scope.

(** r workers are drawn. A worker drawn twice compresses twice. *)
Definition pp_marina_estimator {H : space} (f : problem H) (r : nat) (Q : compressor H) (p : probability) : biased_estimator H := fun x y g =>
  draw synchronise <- bernoulli p ;;
  if synchronise then
    ret (mean_gradient f y)
  else
    draw q <- independent zero r (fun _ =>
      draw i <- uniform (size f) ;;
      Q (gradient f i y - gradient f i x)%v) ;;
    ret (g + vector_mean r q)%v.

Section PpMarina.
  Context {H : space} (f : problem H) (L omega gamma : R) (r : nat) (Q : compressor H) (p : probability).
  Let n := size f.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis r_positive : (0 < r)%nat.
  Hypothesis f_mean_square_smooth : mean_square_smooth L f.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis p_positive : 0 < p.
  Let d x y i := (gradient f i y - gradient f i x)%v.
  Let message x y := draw i <- uniform n ;; Q (d x y i).

  Lemma slot_mean x y : has_mean (message x y) (vector_mean n (d x y)).
  Proof using n_positive Q_unbiased.
    intros z. unfold message. rewrite expectation_bind, expectation_uniform, dot_mean by assumption.
    apply mean_ext; intros i _. apply Q_unbiased.
  Qed.

  (** E|q - (1/n) sum_i d_i|^2 <= (1 + omega) (1/n) sum_i |d_i|^2 *)
  Lemma slot_variance x y : E[ ‖v - vector_mean n (d x y)‖² | v <- message x y ] <= (1 + omega) * (L ^ 2 * ‖y - x‖²).
  Proof using n_positive Q_unbiased Q_variance f_mean_square_smooth omega_nonnegative.
    pose proof (second_moment (message x y) _ (slot_mean x y)) as S.
    pose proof (dot_nonnegative H (vector_mean n (d x y))) as D.
    apply Rle_trans with (E[ ‖v‖² | v <- message x y ]); [lra|]. clear S D.
    unfold message. rewrite expectation_bind, expectation_uniform by assumption.
    apply Rle_trans with (mean n (fun i => (1 + omega) * ‖d x y i‖²)).
    - apply mean_le; intros i _. rewrite (second_moment (Q (d x y i)) (d x y i) (Q_unbiased _)).
      pose proof (Q_variance (d x y i)). lra.
    - rewrite mean_scale. apply Rmult_le_compat_l; [lra|apply f_mean_square_smooth].
  Qed.

  Lemma pp_marina_row :
    error_shrinks (mean_gradient f) gamma p ((1 - p) * ((1 + omega) * L ^ 2 / INR r) / p) 0 (pp_marina_estimator f r Q p).
  Proof using n_positive r_positive f_mean_square_smooth Q_unbiased Q_variance omega_nonnegative p_positive.
    assert (HR : 0 < INR r) by now apply lt_0_INR.
    apply (coin_row (mean_gradient f) gamma _ 0 p (fun y => ret (mean_gradient f y))); [assumption|apply certain_error|].
    intros x y g. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun q => ‖(g + vector_mean r q) - mean_gradient f y‖²)) by (intros; now rewrite expectation_ret).
    rewrite <- error_remains with (y := y). fold n.
    rewrite (square_ext H ((g + vector_mean n (fun i => gradient f i y - gradient f i x)) - mean_gradient f y)%v
      ((g + vector_mean r (fun _ => vector_mean n (d x y))) - mean_gradient f y)%v).
    2:{ intros z. rewrite !(dot_add _ _ _ z), (dot_mean H r), mean_const by assumption. reflexivity. }
    replace ((1 + omega) * L ^ 2 / INR r * ‖y - x‖²) with ((1 + omega) * (L ^ 2 * ‖y - x‖²) / INR r) by (field; lra).
    apply messages_error; [assumption|intros; apply slot_mean|].
    rewrite mean_const by assumption. apply slot_variance.
  Qed.

  Lemma pp_marina_stepsize k : 0 < L -> 0 <= k ->
    L * (1 + sqrt (k * (1 - p) * (1 + omega) / (p * INR r))) = L + sqrt (k * ((1 - p) * ((1 + omega) * L ^ 2 / INR r) / p)).
  Proof using r_positive omega_nonnegative p_positive.
    intros HL Hk. assert (HR : 0 < INR r) by now apply lt_0_INR. pose proof (chance_range p) as [_ Hp1].
    rewrite stepsize_factor; [f_equal; f_equal; field; lra|assumption|].
    apply Rmult_le_pos; [repeat apply Rmult_le_pos; lra|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; lra].
  Qed.

  Lemma pp_marina_Lambda_squared : 0 <= (1 - p) * ((1 + omega) * L ^ 2 / INR r) / p.
  Proof using omega_nonnegative p_positive.
    apply Lambda_squared_nonnegative; [assumption|].
    apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|apply inverse_nonnegative].
  Qed.

  Hypothesis L_positive : 0 < L.
  Hypothesis f_smooth : smooth L (mean_value f) (mean_gradient f).
  Hypothesis gamma_positive : 0 < gamma.
  Let step := biased_step gamma (pp_marina_estimator f r Q p).

  Theorem pp_marina_rate f_low : (forall x, f_low <= mean_value f x) ->
    gamma <= 1 / (L * (1 + sqrt ((1 - p) * (1 + omega) / (p * INR r)))) -> forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- iterate step k (marina_start f x) ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K).
  Proof using All.
    intros Hlow Hg. replace ((1 - p) * (1 + omega)) with (1 * (1 - p) * (1 + omega)) in Hg by ring.
    rewrite (pp_marina_stepsize 1 L_positive Rle_0_1), Rmult_1_l in Hg.
    exact (rate_from_gradient (mean_value f) (mean_gradient f) _ L f_low gamma p _ L_positive Hlow f_smooth
      (conj p_positive (proj2 (chance_range p))) gamma_positive pp_marina_Lambda_squared pp_marina_row Hg).
  Qed.

  Theorem pp_marina_rate_pl f_low mu : polyak_lojasiewicz mu (mean_value f) (mean_gradient f) f_low -> 0 < mu ->
    gamma <= 1 / (L * (1 + sqrt (2 * (1 - p) * (1 + omega) / (p * INR r)))) -> gamma <= p / (2 * mu) -> forall k x,
    E[ mean_value f (model s) - f_low | s <- iterate step k (marina_start f x) ] <= (1 - gamma * mu) ^ k * (mean_value f x - f_low).
  Proof using All.
    intros HPL Hmu Hg. rewrite (pp_marina_stepsize 2 L_positive ltac:(lra)) in Hg.
    exact (rate_from_gradient_pl (mean_value f) (mean_gradient f) _ L f_low gamma p _ L_positive f_smooth
      (conj p_positive (proj2 (chance_range p))) gamma_positive pp_marina_Lambda_squared pp_marina_row mu HPL Hmu Hg).
  Qed.
End PpMarina.
