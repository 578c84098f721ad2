(** Error compensation (chapter 3): what compression loses is remembered and sent later. One assumption on what the
    workers want to send; EcTheorem.v has the theorem. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors ErrorFeedback.
Open Scope R_scope.

(** ** The method *)

Record ec_state (H : space) (Memory : Type) := EcState { ec_model : H; errors : nat -> H; memory : Memory }.
Arguments EcState {H Memory}. Arguments ec_model {H Memory}. Arguments errors {H Memory}. Arguments memory {H Memory}.

(** What the workers want to send, g_1, ..., g_n, and what they remember next. The draws of different workers may depend
    on each other. *)
Definition ec_estimator (H : space) (Memory : Type) : Type := H -> Memory -> law ((nat -> H) * Memory).

Section Method.
  Context {H : space} {Memory : Type}.

  (** y_i = e_i + gamma g_i, v_i = C(y_i), e_i <- y_i - v_i, x <- x - (1/n) sum_i v_i *)
  Definition ec_step (n : nat) (estimate : ec_estimator H Memory) (C : compressor H) (gamma : R) (s : ec_state H Memory)
      : law (ec_state H Memory) :=
    draw o <- estimate (ec_model s) (memory s) ;;
    let (g, t) := o in
    let y i := (errors s i + gamma * g i)%v in
    draw v <- independent zero n (fun i => C (y i)) ;;
    ret (EcState (ec_model s - vector_mean n v)%v (fun i => (y i - v i)%v) t).

  (** The virtual iterate x - (1/n) sum_i e_i *)
  Definition virtual (n : nat) (s : ec_state H Memory) : H := (ec_model s - vector_mean n (errors s))%v.

  (** V = |virtual - x⋆|^2 + M1 gamma^2 s1 + M2 gamma^2 s2 + N (1/n) sum_i |e_i|^2 *)
  Definition ec_lyapunov (n : nat) (x_star : H) (s1 s2 : Memory -> R) (N M1 M2 gamma : R) (s : ec_state H Memory) : R :=
    ‖virtual n s - x_star‖² + M1 * gamma ^ 2 * s1 (memory s) + M2 * gamma ^ 2 * s2 (memory s)
    + N * mean n (fun i => ‖errors s i‖²).

  (** Whatever the messages v, the virtual iterate moves by gamma (1/n) sum_i g_i. *)
  Theorem virtual_iterate (n : nat) (gamma : R) (s : ec_state H Memory) (g v : nat -> H) (t : Memory) (z : H) :
    let y i := (errors s i + gamma * g i)%v in
    ⟨virtual n (EcState (ec_model s - vector_mean n v)%v (fun i => (y i - v i)%v) t), z⟩
    = ⟨virtual n s - gamma * vector_mean n g, z⟩.
  Proof.
    intros y. unfold virtual; simpl. expand. rewrite !dot_mean.
    rewrite (mean_ext _ (fun i => ⟨y i - v i, z⟩) (fun i => ⟨errors s i, z⟩ + (gamma * ⟨g i, z⟩ + (-1) * ⟨v i, z⟩))).
    2:{ intros i _. unfold y. expand. ring. }
    rewrite !mean_add, !mean_scale. ring.
  Qed.
End Method.

(** ** The assumption *)

(** (P1) to (P6), conditioned on the whole state; [expected] are the E g_i. *)
Record ec_assumption {H : space} {Memory : Type} (f : problem H) (x_star : H) (estimate : ec_estimator H Memory)
    (expected : H -> Memory -> nat -> H) (s1 s2 : Memory -> R) (worker_mean worker_variance mean_square : moment_bound)
    (rho1 C1 G D2 rho2 C2 : R) : Prop := EcAssumption {
  expectations : forall x t i z, (i < size f)%nat ->
    E[ ⟨fst o i, z⟩ | o <- estimate x t ] = ⟨expected x t i, z⟩;
  unbiased_on_average : forall x t z,
    ⟨vector_mean (size f) (expected x t), z⟩ = ⟨mean_gradient f x, z⟩;
  worker_mean_bound : forall x t,
    mean (size f) (fun i => ‖expected x t i‖²) <= bound worker_mean (mean_value f x - mean_value f x_star) (s1 t) (s2 t);
  worker_variance_bound : forall x t,
    mean (size f) (fun i => E[ ‖fst o i - expected x t i‖² | o <- estimate x t ])
    <= bound worker_variance (mean_value f x - mean_value f x_star) (s1 t) (s2 t);
  mean_square_bound : forall x t,
    E[ ‖vector_mean (size f) (fst o)‖² | o <- estimate x t ]
    <= bound mean_square (mean_value f x - mean_value f x_star) (s1 t) (s2 t);
  s1_bound : forall x t,
    E[ s1 (snd o) | o <- estimate x t ]
    <= (1 - rho1) * s1 t + 2 * C1 * (mean_value f x - mean_value f x_star) + G * rho1 * s2 t + D2;
  s2_bound : forall x t,
    E[ s2 (snd o) | o <- estimate x t ] <= (1 - rho2) * s2 t + 2 * C2 * (mean_value f x - mean_value f x_star);
  s1_nonnegative : forall t, 0 <= s1 t;
  s2_nonnegative : forall t, 0 <= s2 t
}.
Arguments EcAssumption {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments expectations {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments unbiased_on_average {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments worker_mean_bound {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments worker_variance_bound {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments mean_square_bound {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments s1_bound {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments s2_bound {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments s1_nonnegative {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.
Arguments s2_nonnegative {H Memory f x_star estimate expected s1 s2 worker_mean worker_variance mean_square rho1 C1 G D2 rho2 C2}.

Definition compression_factor (delta : R) : R := (1 - delta) * (2 - delta) / delta.

Lemma compression_factor_nonnegative delta : 0 < delta <= 1 -> 0 <= compression_factor delta.
Proof. intros Hd. unfold compression_factor. apply Rmult_le_pos; [nra|left; apply Rinv_0_lt_compat; lra]. Qed.

(** What reaches the errors: k |E g_i|^2 + (1 - delta) E|g_i - E g_i|^2, k = (1 - delta)(2 - delta)/delta *)
Definition compressed_moments (delta : R) (worker_mean worker_variance : moment_bound) : moment_bound :=
  let combine of := compression_factor delta * of worker_mean + (1 - delta) * of worker_variance in
  MomentBound (combine on_gap) (combine on_s1) (combine on_s2) (combine on_nothing).

(** |x - x⋆|^2 <= (1 + 1/N) (|x - ebar - x⋆|^2 + N (1/n) sum_i |e_i|^2), ebar = (1/n) sum_i e_i *)
Theorem ec_iterate_bound {H : space} (n : nat) (x x_star : H) (e : nat -> H) (N : R) : (0 < n)%nat -> 0 < N ->
  ‖x - x_star‖² <= (1 + 1 / N) * (‖(x - vector_mean n e) - x_star‖² + N * mean n (fun i => ‖e i‖²)).
Proof.
  intros Hn HN. set (b := vector_mean n e). set (a := (x - b - x_star)%v).
  rewrite (square_ext H (x - x_star)%v (a + b)%v) by (intros; unfold a; expand; ring).
  pose proof (square_of_mean H n e Hn) as J. fold b in J. set (error := mean n _) in *.
  pose proof (dot_nonnegative H (a - N * b)%v) as P. revert P. expand.
  rewrite (dot_symmetric _ b a). set (aa := ⟨a, a⟩). set (ab := ⟨a, b⟩). set (bb := ⟨b, b⟩) in *. intros P.
  apply Rmult_le_reg_l with N; [assumption|].
  replace (N * ((1 + 1 / N) * (aa + N * error))) with ((N + 1) * (aa + N * error)) by (field; lra).
  assert ((N + 1) * (N * bb) <= (N + 1) * (N * error)) by (apply Rmult_le_compat_l; [|apply Rmult_le_compat_l]; lra).
  lra.
Qed.
