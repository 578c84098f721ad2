(** Delayed updates (chapter 3): the gradient arrives tau iterations late. The theorem, given the buffer. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem UnifiedSgd ErrorFeedback.
Open Scope R_scope.

(** late 0, late 1, ... are the g of 1, 2, ... iterations ago; those before the start are zero. *)
Record delayed_state (H : space) (Memory : Type) :=
  DelayedState { delayed_model : H; late : nat -> H; delayed_memory : Memory }.
Arguments DelayedState {H Memory}. Arguments delayed_model {H Memory}. Arguments late {H Memory}.
Arguments delayed_memory {H Memory}.

Section Method.
  Context {H : space} {Memory : Type}.

  Definition delayed_next (tau : nat) (gamma : R) (s : delayed_state H Memory) (o : H * Memory) : delayed_state H Memory :=
    let g := cons (fst o) (late s) in
    DelayedState (delayed_model s - gamma * g tau)%v g (snd o).

  (** x <- x - gamma g of tau iterations ago *)
  Definition delayed_step (tau : nat) (estimate : estimator H Memory) (gamma : R) (s : delayed_state H Memory)
      : law (delayed_state H Memory) :=
    draw o <- estimate (delayed_model s) (delayed_memory s) ;;
    ret (delayed_next tau gamma s o).

  (** Where x will be when all has arrived *)
  Definition arrived (tau : nat) (gamma : R) (s : delayed_state H Memory) : H :=
    (delayed_model s - gamma * vector_sum tau (late s))%v.
End Method.

(** w_r = (1 - eta)^-1 + ... + (1 - eta)^-r; the g of j + 1 iterations ago has the weight w_(tau - j). *)
Fixpoint window_weight (eta : R) (r : nat) : R :=
  match r with
  | O => 0
  | S r' => (window_weight eta r' + 1) / (1 - eta)
  end.

Definition window {H : space} (eta : R) (tau : nat) (g : nat -> H) : R :=
  sum tau (fun j => window_weight eta (tau - j) * ‖g j‖²).

Lemma window_weight_nonnegative eta r : eta < 1 -> 0 <= window_weight eta r.
Proof.
  intros He. induction r as [|r IH]; [apply Rle_refl|]. simpl. apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra].
Qed.

(** w_r (1 - r eta) <= r *)
Lemma window_weight_small eta r : 0 <= eta -> INR r * eta < 1 -> window_weight eta r * (1 - INR r * eta) <= INR r.
Proof.
  intros He. induction r as [|r IH]; intros Hr; [simpl; lra|]. rewrite S_INR in *.
  assert (HrN : 0 <= INR r) by apply pos_INR. assert (H1 : eta < 1) by nra. specialize (IH ltac:(nra)).
  pose proof (window_weight_nonnegative eta r H1) as Hw. simpl. set (w := window_weight eta r) in *.
  apply Rmult_le_reg_r with (1 - eta); [lra|].
  replace ((w + 1) / (1 - eta) * (1 - (INR r + 1) * eta) * (1 - eta)) with ((w + 1) * (1 - (INR r + 1) * eta)) by (field; lra).
  nra.
Qed.

Lemma window_weight_at_most eta tau : 0 <= eta -> (0 < tau)%nat -> eta <= 1 / (4 * INR tau) -> window_weight eta tau <= 4 / 3 * INR tau.
Proof.
  intros He Ht Heta. assert (HT : 0 < INR tau) by now apply lt_0_INR.
  assert (HTe : INR tau * eta <= 1 / 4).
  { apply Rmult_le_compat_l with (r := INR tau) in Heta; [|lra]. replace (INR tau * (1 / (4 * INR tau))) with (1 / 4) in Heta by (field; lra). lra. }
  pose proof (window_weight_small eta tau He ltac:(lra)) as W.
  assert (0 <= window_weight eta tau) by (apply window_weight_nonnegative; assert (1 <= INR tau) by (change 1 with (INR 1); apply le_INR; lia); nra).
  nra.
Qed.

Lemma square_of_sum {H : space} n (a : nat -> H) : ‖vector_sum n a‖² <= INR n * sum n (fun j => ‖a j‖²).
Proof.
  destruct n as [|n]; [simpl; rewrite dot_zero; lra|]. set (k := S n). assert (Hk : 0 < INR k) by (apply lt_0_INR; unfold k; lia).
  pose proof (square_of_mean H k a ltac:(unfold k; lia)) as J. unfold mean, vector_mean in J. revert J. expand. intros J.
  set (ss := ⟨vector_sum k a, vector_sum k a⟩) in *. set (total := sum k _) in *.
  apply Rmult_le_compat_l with (r := INR k * INR k) in J; [|nra].
  replace (INR k * INR k * (/ INR k * (/ INR k * ss))) with ss in J by (field; lra).
  replace (INR k * INR k * (/ INR k * total)) with (INR k * total) in J by (field; lra). exact J.
Qed.

(** What a step does to the window: the weights shrink by 1 - eta and pay for |g_0 + ... + g_(tau-1)|^2 / tau. *)
Lemma window_step {H : space} eta tau (g : H) (before : nat -> H) : eta < 1 ->
  window eta tau (cons g before) + sum tau (fun j => ‖before j‖²) = window_weight eta tau * ‖g‖² + (1 - eta) * window eta tau before.
Proof.
  intros He. unfold window.
  assert (E : sum tau (fun j => window_weight eta (tau - j) * ‖cons g before j‖²)
              = window_weight eta tau * ‖g‖² + sum tau (fun j => window_weight eta (tau - S j) * ‖before j‖²)).
  { pose proof (sum_last tau (fun j => window_weight eta (tau - j) * ‖cons g before j‖²)) as S. cbv beta in S.
    rewrite Nat.sub_diag in S. simpl window_weight in S at 3. simpl sum in S at 1. rewrite Nat.sub_0_r in S. simpl cons in S at 1 2. lra. }
  rewrite E, <- sum_scale, Rplus_assoc, <- sum_add. f_equal. apply sum_ext; intros j Hj.
  replace (tau - j)%nat with (S (tau - S j)) by lia. simpl. field. lra.
Qed.

(** ** The assumption: (P1), (P4), (P5), (P6) *)

Record delayed_assumption {H : space} {Memory : Type} (f : problem H) (x_star : H) (estimate : estimator H Memory)
    (s1 s2 : Memory -> R) (mean_square : moment_bound) (rho1 C1 G D2 rho2 C2 : R) : Prop := DelayedAssumption {
  delayed_unbiased : forall x t z,
    E[ ⟨fst o, z⟩ | o <- estimate x t ] = ⟨mean_gradient f x, z⟩;
  delayed_mean_square : forall x t,
    E[ ‖fst o‖² | o <- estimate x t ] <= bound mean_square (mean_value f x - mean_value f x_star) (s1 t) (s2 t);
  delayed_s1 : forall x t,
    E[ s1 (snd o) | o <- estimate x t ]
    <= (1 - rho1) * s1 t + 2 * C1 * (mean_value f x - mean_value f x_star) + G * rho1 * s2 t + D2;
  delayed_s2 : forall x t,
    E[ s2 (snd o) | o <- estimate x t ] <= (1 - rho2) * s2 t + 2 * C2 * (mean_value f x - mean_value f x_star);
  delayed_s1_nonnegative : forall t, 0 <= s1 t;
  delayed_s2_nonnegative : forall t, 0 <= s2 t
}.
Arguments DelayedAssumption {H Memory f x_star estimate s1 s2 mean_square rho1 C1 G D2 rho2 C2}.
Arguments delayed_unbiased {H Memory f x_star estimate s1 s2 mean_square rho1 C1 G D2 rho2 C2}.
Arguments delayed_mean_square {H Memory f x_star estimate s1 s2 mean_square rho1 C1 G D2 rho2 C2}.
Arguments delayed_s1 {H Memory f x_star estimate s1 s2 mean_square rho1 C1 G D2 rho2 C2}.
Arguments delayed_s2 {H Memory f x_star estimate s1 s2 mean_square rho1 C1 G D2 rho2 C2}.
Arguments delayed_s1_nonnegative {H Memory f x_star estimate s1 s2 mean_square rho1 C1 G D2 rho2 C2}.
Arguments delayed_s2_nonnegative {H Memory f x_star estimate s1 s2 mean_square rho1 C1 G D2 rho2 C2}.

(** ** The theorem *)

Section Errors.
  Context {H : space}.
  Variables (L : R) (L_positive : 0 < L) (tau : nat) (gamma eta : R) (gamma_positive : 0 < gamma) (eta_small : eta < 1).
  Let N := 3 * L * gamma * INR tau * window_weight eta tau.
  Let weight := 3 * L * gamma ^ 3 * INR tau.

  (** Whatever the buffer: for Q = 3L gamma^3 tau sum_j w_j |g^(k-j)|^2,
      Q' + 3L gamma |e|^2 <= (1 - eta) Q + gamma^2 N |g|^2 *)
  Theorem buffered_errors (g : H) (before : nat -> H) :
    weight * window eta tau (cons g before) + 3 * L * gamma * ‖gamma * vector_sum tau before‖²
    <= (1 - eta) * (weight * window eta tau before) + gamma ^ 2 * N * ‖g‖².
  Proof using L_positive gamma_positive eta_small.
    pose proof (window_step eta tau g before eta_small) as W.
    pose proof (square_of_sum tau before) as S. expand. set (total := sum tau _) in *.
    assert (P : 0 <= 3 * L * gamma ^ 3) by (apply Rmult_le_pos; [lra|apply pow_le; lra]).
    apply Rmult_le_compat_l with (r := 3 * L * gamma ^ 3) in S; [|assumption].
    apply Rmult_eq_compat_l with (r := weight) in W. unfold N, weight in *. lra.
  Qed.
End Errors.

Section Delayed.
  Context {H : space} {Memory : Type} (f : problem H) (x_star : H) (L : R) (assumed : convex_smooth f L x_star).
  Variables (estimate : estimator H Memory) (s1 s2 : Memory -> R) (mean_square : moment_bound) (rho1 C1 G D2 rho2 C2 : R).
  Variables (tau : nat) (mu gamma eta : R).
  Hypothesis assumption : delayed_assumption f x_star estimate s1 s2 mean_square rho1 C1 G D2 rho2 C2.
  Hypothesis mu_nonnegative : 0 <= mu.
  Hypothesis quasi : quasi_strongly_convex mu (mean_value f) (mean_gradient f) x_star.
  Hypothesis gamma_positive : 0 < gamma.
  Hypothesis eta_small : eta < 1.

  Let gap x := mean_value f x - mean_value f x_star.
  Let step := delayed_step tau estimate gamma.
  Let N := 3 * L * gamma * INR tau * window_weight eta tau.
  Let weight := 3 * L * gamma ^ 3 * INR tau.

  Variables (M1 M2 S : R) (V : delayed_state H Memory -> R).
  Hypothesis V_is : forall s, V s = ‖arrived tau gamma s - x_star‖² + M1 * gamma ^ 2 * s1 (delayed_memory s)
    + M2 * gamma ^ 2 * s2 (delayed_memory s) + weight * window eta tau (late s).
  Hypothesis S_is : S = on_gap mean_square + C1 * M1 + C2 * M2 + N * on_gap mean_square.
  Hypothesis no_noise : on_nothing mean_square = 0.
  Hypothesis no_noise_in_s1 : D2 = 0.
  Hypothesis eta_mu : eta <= gamma * mu / 2.
  Hypothesis M1_nonnegative : 0 <= M1.
  Hypothesis M2_nonnegative : 0 <= M2.
  Hypothesis M1_suffices : on_s1 mean_square + N * on_s1 mean_square <= (rho1 - eta) * M1.
  Hypothesis M2_suffices : on_s2 mean_square + N * on_s2 mean_square + G * rho1 * M1 <= (rho2 - eta) * M2.

  Theorem delayed_one_step s :
    E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * gap (delayed_model s).
  Proof using assumed assumption mu_nonnegative quasi gamma_positive eta_small V_is S_is no_noise no_noise_in_s1 eta_mu
    M1_nonnegative M2_nonnegative M1_suffices M2_suffices.
    set (x := delayed_model s). set (t := delayed_memory s). rewrite (expectation_ext _ V _ V_is), V_is, S_is.
    unfold step, delayed_step. rewrite expectation_bind. fold x t.
    rewrite (expectation_ext _ _ (fun o => ‖arrived tau gamma (delayed_next tau gamma s o) - x_star‖² + M1 * gamma ^ 2 * s1 (snd o)
      + M2 * gamma ^ 2 * s2 (snd o) + weight * window eta tau (cons (fst o) (late s)))) by (intros; now rewrite expectation_ret).
    eapply Rle_trans; [apply (error_feedback_one_step f x_star L assumed mu gamma mu_nonnegative quasi gamma_positive
      (estimate x t) fst (fun o => arrived tau gamma (delayed_next tau gamma s o)) x (gamma * vector_sum tau (late s))%v)
      with (eta := eta) (next_s1 := fun o => s1 (snd o)) (next_s2 := fun o => s2 (snd o))
        (next_Q := fun o => weight * window eta tau (cons (fst o) (late s)))
        (s1 := s1 t) (s2 := s2 t) (Q := weight * window eta tau (late s)) (N := N) (mean_square := mean_square) (arriving := mean_square)
        (rho1 := rho1) (C1 := C1) (G := G) (D2 := D2) (rho2 := rho2) (C2 := C2); try assumption|].
    - intros o z. unfold arrived, delayed_next. simpl delayed_model. simpl late. expand. rewrite !dot_sum. fold x.
      pose proof (sum_last tau (fun j => ⟨cons (fst o) (late s) j, z⟩)) as W. simpl in W. apply Rmult_eq_compat_l with (r := gamma) in W. lra.
    - apply (delayed_unbiased assumption).
    - apply (delayed_mean_square assumption).
    - apply (delayed_s1 assumption).
    - apply (delayed_s2 assumption).
    - apply Rle_trans with ((1 - eta) * (weight * window eta tau (late s)) + gamma ^ 2 * N * E[ ‖fst o‖² | o <- estimate x t ]).
      + rewrite <- expectation_scale, <- (expectation_const (estimate x t) ((1 - eta) * (weight * window eta tau (late s)))),
          <- expectation_add, <- (expectation_const (estimate x t) (3 * L * gamma * ‖gamma * vector_sum tau (late s)‖²)), <- expectation_add.
        apply expectation_le; intros o. apply buffered_errors; [apply (L_positive assumed)|assumption|assumption].
      + apply Rplus_le_compat_l, Rmult_le_compat_l; [|apply (delayed_mean_square assumption)].
        pose proof (L_positive assumed). apply Rmult_le_pos; [apply pow2_ge_0|].
        apply Rmult_le_pos; [|now apply window_weight_nonnegative]. apply Rmult_le_pos; [apply Rmult_le_pos; lra|apply pos_INR].
    - apply (delayed_s1_nonnegative assumption).
    - apply (delayed_s2_nonnegative assumption).
    - unfold arrived. fold x t. rewrite no_noise, no_noise_in_s1. unfold gap. right. ring.
  Qed.

  (** One step, and every step *)
  Corollary delayed_linear :
    (forall s, E[ V s' | s' <- step s ] <= (1 - eta) * V s - gamma * (1 - 2 * gamma * S) * gap (delayed_model s)) /\
    (2 * gamma * S <= 1 -> forall k s, E[ V s' | s' <- iterate step k s ] <= (1 - eta) ^ k * V s).
  Proof using assumed assumption mu_nonnegative quasi gamma_positive eta_small V_is S_is no_noise no_noise_in_s1 eta_mu
    M1_nonnegative M2_nonnegative M1_suffices M2_suffices.
    split; [exact delayed_one_step|]. intros Hg. apply contraction_without_noise; [lra|]. intros s.
    apply Rle_trans with (1 := delayed_one_step s). pose proof (convex_minimiser f L x_star assumed (delayed_model s)).
    assert (0 <= gamma * (1 - 2 * gamma * S) * gap (delayed_model s)); [|lra].
    apply Rmult_le_pos; [apply Rmult_le_pos; lra|unfold gap; lra].
  Qed.
End Delayed.
