(** Local methods (chapter 4): every worker steps from an iterate of its own, and a coin says when the iterates are averaged.
    One assumption on what the workers draw; one step of the theorem, and how the discrepancy grows. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem LocalParts.
Open Scope R_scope.

(** ** The method *)

Record local_state (H : space) (Memory : Type) := LocalState { iterates : nat -> H; local_memory : Memory }.
Arguments LocalState {H Memory}. Arguments iterates {H Memory}. Arguments local_memory {H Memory}.

(** g_1, ..., g_n; and by the server whether the workers synchronize, with the memory of the next step. *)
Definition local_estimator (H : space) (Memory : Type) : Type := (nat -> H) -> Memory -> law (nat -> H).
Definition local_server (H : space) (Memory : Type) : Type := (nat -> H) -> Memory -> law (bool * Memory).

(** xhat_i = x_i - gamma g_i, x_i <- (1/n) sum_l xhat_l if synchronized, xhat_i otherwise *)
Definition local_step {H : space} {Memory : Type} (n : nat) (estimate : local_estimator H Memory) (server : local_server H Memory)
    (gamma : R) (s : local_state H Memory) : law (local_state H Memory) :=
  draw g <- estimate (iterates s) (local_memory s) ;;
  draw c <- server (iterates s) (local_memory s) ;;
  let moved i := (iterates s i - gamma * g i)%v in
  ret (LocalState (if fst c then fun _ => vector_mean n moved else moved) (snd c)).

(** ** The assumption *)

(** 2 A gap + B1 s1 + B2 s2 + F V + D *)
Record local_bound := LocalBound { A_of : R; B1_of : R; B2_of : R; F_of : R; D_of : R }.

Definition local_sum (b : local_bound) (gap s1 s2 V : R) : R := 2 * A_of b * gap + B1_of b * s1 + B2_of b * s2 + F_of b * V + D_of b.

(** E s' <= (1 - rho) s + 2 C gap + G V + D *)
Record local_variance := LocalVariance { rho_of : R; C_of : R; G_of : R; added : R }.

Definition local_next_variance (v : local_variance) (gap s V : R) : R := (1 - rho_of v) * s + 2 * C_of v * gap + G_of v * V + added v.

(** A sequence that a method does not have, s = 0 *)
Definition no_variance : local_variance := LocalVariance 1 0 0 0.

(** (M), (N), (A), (S), conditioned on the whole state; [expected] are the E g_i, and the workers synchronize with probability p. *)
Record local_assumption {H : space} {Memory : Type} (f : problem H) (x_star : H) (estimate : local_estimator H Memory)
    (server : local_server H Memory) (expected : (nat -> H) -> Memory -> nat -> H) (s1 s2 : Memory -> R)
    (worker_mean worker_variance mean_square : local_bound) (v1 v2 : local_variance) (p : R) : Prop := LocalAssumption {
  local_expectations : forall x t i z, (i < size f)%nat ->
    E[ ⟨g i, z⟩ | g <- estimate x t ] = ⟨expected x t i, z⟩;
  local_gradients_on_average : forall x t z,
    mean (size f) (fun i => ⟨expected x t i, z⟩) = mean (size f) (fun i => ⟨gradient f i (x i), z⟩);
  local_worker_mean : forall x t,
    mean (size f) (fun i => ‖expected x t i‖²)
    <= local_sum worker_mean (mean_value f (vector_mean (size f) x) - mean_value f x_star) (s1 t) (s2 t) (discrepancy (size f) x);
  local_worker_variance : forall x t,
    mean (size f) (fun i => E[ ‖g i - expected x t i‖² | g <- estimate x t ])
    <= local_sum worker_variance (mean_value f (vector_mean (size f) x) - mean_value f x_star) (s1 t) (s2 t) (discrepancy (size f) x);
  local_mean_square : forall x t,
    E[ ‖vector_mean (size f) g‖² | g <- estimate x t ]
    <= local_sum mean_square (mean_value f (vector_mean (size f) x) - mean_value f x_star) (s1 t) (s2 t) (discrepancy (size f) x);
  local_recursion_1 : forall x t,
    E[ s1 (snd c) | c <- server x t ]
    <= local_next_variance v1 (mean_value f (vector_mean (size f) x) - mean_value f x_star) (s1 t) (discrepancy (size f) x);
  local_recursion_2 : forall x t,
    E[ s2 (snd c) | c <- server x t ]
    <= local_next_variance v2 (mean_value f (vector_mean (size f) x) - mean_value f x_star) (s2 t) (discrepancy (size f) x);
  synchronized_with : forall x t (F : bool -> R),
    E[ F (fst c) | c <- server x t ] = p * F true + (1 - p) * F false;
  local_s1_nonnegative : forall t, 0 <= s1 t;
  local_s2_nonnegative : forall t, 0 <= s2 t
}.
Arguments LocalAssumption {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_expectations {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_gradients_on_average {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_worker_mean {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_worker_variance {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_mean_square {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_recursion_1 {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_recursion_2 {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments synchronized_with {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_s1_nonnegative {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.
Arguments local_s2_nonnegative {H Memory f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p}.

(** ** One step, as an inequality between numbers *)

(** r = |xbar - x⋆|^2, d = gap, i = <mean gradient, xbar - x⋆>, G2 = E|gbar|^2, S1 = E[next s1], S2 = E[next s2]. The difference of
    the sides is a sum of ten products of nonnegative factors. *)
Lemma local_step_inequality L mu gamma eta M1 M2 (b : local_bound) (v1 v2 : local_variance) r d s1 s2 V i G2 S1 S2 :
  0 <= mu -> 0 < gamma -> 0 <= M1 -> 0 <= M2 -> eta <= gamma * mu ->
  B1_of b <= (rho_of v1 - eta) * M1 -> B2_of b <= (rho_of v2 - eta) * M2 ->
  2 * gamma * (A_of b + C_of v1 * M1 + C_of v2 * M2) <= 1 -> gamma * (F_of b + G_of v1 * M1 + G_of v2 * M2) <= L ->
  0 <= r -> 0 <= d -> 0 <= s1 -> 0 <= s2 -> 0 <= V ->
  d + mu / 2 * (r + V) - L / 2 * V <= i -> G2 <= local_sum b d s1 s2 V ->
  S1 <= local_next_variance v1 d s1 V -> S2 <= local_next_variance v2 d s2 V ->
  r - 2 * gamma * i + gamma ^ 2 * G2 + M1 * gamma ^ 2 * S1 + M2 * gamma ^ 2 * S2
  <= (1 - eta) * (r + M1 * gamma ^ 2 * s1 + M2 * gamma ^ 2 * s2) - gamma * d + 2 * L * gamma * V
     + gamma ^ 2 * (D_of b + M1 * added v1 + M2 * added v2).
Proof.
  intros Hmu Hg HM1 HM2 Heta HB1 HB2 H6 H7 Hr Hd Hs1 Hs2 HV Hi HG2 HS1 HS2.
  assert (Hg2 : 0 <= gamma ^ 2) by apply pow2_ge_0.
  assert (K1 : 0 <= gamma * (i - (d + mu / 2 * (r + V) - L / 2 * V))) by (apply Rmult_le_pos; lra).
  assert (K2 : 0 <= gamma ^ 2 * (local_sum b d s1 s2 V - G2)) by (apply Rmult_le_pos; lra).
  assert (K3 : 0 <= M1 * gamma ^ 2 * (local_next_variance v1 d s1 V - S1)) by (apply Rmult_le_pos; [now apply Rmult_le_pos|lra]).
  assert (K4 : 0 <= M2 * gamma ^ 2 * (local_next_variance v2 d s2 V - S2)) by (apply Rmult_le_pos; [now apply Rmult_le_pos|lra]).
  assert (K5 : 0 <= (gamma * mu - eta) * r) by (apply Rmult_le_pos; lra).
  assert (K6 : 0 <= gamma * mu * V) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
  assert (K7 : 0 <= gamma * d * (1 - 2 * gamma * (A_of b + C_of v1 * M1 + C_of v2 * M2))) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
  assert (K8 : 0 <= gamma * V * (L - gamma * (F_of b + G_of v1 * M1 + G_of v2 * M2))) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
  assert (K9 : 0 <= gamma ^ 2 * s1 * ((rho_of v1 - eta) * M1 - B1_of b)) by (apply Rmult_le_pos; [now apply Rmult_le_pos|lra]).
  assert (K10 : 0 <= gamma ^ 2 * s2 * ((rho_of v2 - eta) * M2 - B2_of b)) by (apply Rmult_le_pos; [now apply Rmult_le_pos|lra]).
  apply Rminus_le.
  replace (_ - _) with (- (2 * (gamma * (i - (d + mu / 2 * (r + V) - L / 2 * V))) + gamma ^ 2 * (local_sum b d s1 s2 V - G2)
    + M1 * gamma ^ 2 * (local_next_variance v1 d s1 V - S1) + M2 * gamma ^ 2 * (local_next_variance v2 d s2 V - S2)
    + (gamma * mu - eta) * r + gamma * mu * V + gamma * d * (1 - 2 * gamma * (A_of b + C_of v1 * M1 + C_of v2 * M2))
    + gamma * V * (L - gamma * (F_of b + G_of v1 * M1 + G_of v2 * M2)) + gamma ^ 2 * s1 * ((rho_of v1 - eta) * M1 - B1_of b)
    + gamma ^ 2 * s2 * ((rho_of v2 - eta) * M2 - B2_of b))) by (unfold local_sum, local_next_variance; field).
  lra.
Qed.

(** ** One step of the method *)

Section OneStep.
  Context {H : space} {Memory : Type} (f : problem H) (L mu : R) (x_star : H) (assumed : convex_smooth f L x_star).
  Variables (estimate : local_estimator H Memory) (server : local_server H Memory)
    (expected : (nat -> H) -> Memory -> nat -> H) (s1 s2 : Memory -> R)
    (worker_mean worker_variance mean_square : local_bound) (v1 v2 : local_variance) (p gamma : R).
  Hypothesis assumption : local_assumption f x_star estimate server expected s1 s2 worker_mean worker_variance mean_square v1 v2 p.

  Let n := size f.
  Let step := local_step n estimate server gamma.
  Let average (s : local_state H Memory) : H := vector_mean n (iterates s).
  Let gap s := mean_value f (average s) - mean_value f x_star.
  Let V (s : local_state H Memory) := discrepancy n (iterates s).
  Let s1_of (s : local_state H Memory) := s1 (local_memory s).
  Let s2_of (s : local_state H Memory) := s2 (local_memory s).

  Definition local_next (s : local_state H Memory) (g : nat -> H) (c : bool * Memory) : local_state H Memory :=
    let moved i := (iterates s i - gamma * g i)%v in
    LocalState (if fst c then fun _ => vector_mean n moved else moved) (snd c).

  Lemma expectation_local_step s F :
    expectation (step s) F
    = E[ E[ F (local_next s g c) | c <- server (iterates s) (local_memory s) ] | g <- estimate (iterates s) (local_memory s) ].
  Proof.
    unfold step, local_step. rewrite expectation_bind. apply expectation_ext; intros g. rewrite expectation_bind.
    apply expectation_ext; intros c. apply expectation_ret.
  Qed.

  (** The average moves by gamma (1/n) sum_i g_i, synchronized or not. *)
  Theorem average_moves s g c z : ⟨average (local_next s g c), z⟩ = ⟨average s - gamma * vector_mean n g, z⟩.
  Proof using assumed.
    assert (E : ⟨vector_mean n (fun i => iterates s i - gamma * g i), z⟩ = ⟨average s - gamma * vector_mean n g, z⟩).
    { unfold average. expand. rewrite !dot_mean.
      rewrite (mean_ext n _ (fun i => ⟨iterates s i, z⟩ + (- gamma) * ⟨g i, z⟩)) by (intros; expand; ring).
      rewrite mean_add, mean_scale. ring. }
    unfold average at 1, local_next; simpl. destruct (fst c); [|exact E].
    rewrite mean_of_constants by apply (nonempty assumed). exact E.
  Qed.

  (** T = |xbar - x⋆|^2 + M1 gamma^2 s1 + M2 gamma^2 s2:
      E T' <= (1 - eta) T - gamma gap + 2 L gamma V + gamma^2 (D' + M1 D1 + M2 D2) *)
  Theorem local_one_step eta M1 M2 :
    (forall i, (i < n)%nat -> quasi_strongly_convex mu (value f i) (gradient f i) x_star) ->
    0 <= mu -> 0 < gamma -> 0 <= M1 -> 0 <= M2 -> eta <= gamma * mu ->
    B1_of mean_square <= (rho_of v1 - eta) * M1 -> B2_of mean_square <= (rho_of v2 - eta) * M2 ->
    2 * gamma * (A_of mean_square + C_of v1 * M1 + C_of v2 * M2) <= 1 ->
    gamma * (F_of mean_square + G_of v1 * M1 + G_of v2 * M2) <= L ->
    let T s := ‖average s - x_star‖² + M1 * gamma ^ 2 * s1_of s + M2 * gamma ^ 2 * s2_of s in
    forall s, E[ T s' | s' <- step s ]
              <= (1 - eta) * T s - gamma * gap s + 2 * L * gamma * V s
                 + gamma ^ 2 * (D_of mean_square + M1 * added v1 + M2 * added v2).
  Proof using assumed assumption.
    intros quasi Hmu Hg HM1 HM2 Heta HB1 HB2 S1 S2 T s. rewrite expectation_local_step.
    set (x := iterates s). set (t := local_memory s). set (a := (average s - x_star)%v).
    rewrite (expectation_ext _ _ (fun g => ‖a‖² + ((-2 * gamma) * ⟨vector_mean n g, a⟩ + (gamma ^ 2 * ‖vector_mean n g‖²
      + (M1 * gamma ^ 2 * E[ s1 (snd c) | c <- server x t ] + M2 * gamma ^ 2 * E[ s2 (snd c) | c <- server x t ]))))).
    2:{ intros g. rewrite <- !(expectation_scale (server x t)), <- (expectation_add (server x t)).
        rewrite (expectation_ext _ _ (fun c => (‖a‖² + (-2 * gamma) * ⟨vector_mean n g, a⟩ + gamma ^ 2 * ‖vector_mean n g‖²)
                                               + (M1 * gamma ^ 2 * s1 (snd c) + M2 * gamma ^ 2 * s2 (snd c)))).
        - rewrite (expectation_add _ (fun _ => _)), expectation_const. ring.
        - intros c. unfold T. change (s1_of (local_next s g c)) with (s1 (snd c)). change (s2_of (local_next s g c)) with (s2 (snd c)).
          rewrite (square_ext H _ (a - gamma * vector_mean n g)%v).
          + clearbody a. expand. rewrite (dot_symmetric _ a (vector_mean n g)). ring.
          + intros z. rewrite dot_add, average_moves. unfold a. expand. ring. }
    rewrite !expectation_add, !expectation_const, !expectation_scale.
    rewrite (expectation_ext _ (fun g => ⟨vector_mean n g, a⟩) (fun g => mean n (fun i => ⟨g i, a⟩))) by (intros; apply dot_mean).
    rewrite expectation_mean, (mean_ext n _ (fun i => ⟨expected x t i, a⟩)) by (intros; now apply (local_expectations assumption)).
    unfold n at 1. rewrite (local_gradients_on_average assumption x t a). fold n.
    pose proof (local_inner_product f L mu x_star assumed x quasi) as I.
    pose proof (convex_minimiser f L x_star assumed (average s)) as Hmin.
    pose proof (local_step_inequality L mu gamma eta M1 M2 mean_square v1 v2 ‖a‖² (gap s) (s1_of s) (s2_of s) (V s) _ _ _ _ Hmu Hg HM1
      HM2 Heta HB1 HB2 S1 S2 (dot_nonnegative H a) ltac:(unfold gap; lra) (local_s1_nonnegative assumption t)
      (local_s2_nonnegative assumption t) (discrepancy_nonnegative n x) I (local_mean_square assumption x t)
      (local_recursion_1 assumption x t) (local_recursion_2 assumption x t)) as K.
    unfold T. fold a. change (mean n (fun i => ⟨gradient f i (x i), a⟩))
      with (mean (size f) (fun i => ⟨gradient f i (x i), vector_mean (size f) x - x_star⟩)). fold n in K |- *. lra.
  Qed.

  (** (1 - p) |a - gamma b|^2 <= (1 - p/2) |a|^2 + (1 - p) gamma^2 ((2 + p)/p) |b|^2 *)
  Lemma drift (a b : H) : 0 < p <= 1 ->
    (1 - p) * ‖a + (- gamma) * b‖² <= (1 - p / 2) * ‖a‖² + (1 - p) * gamma ^ 2 * ((2 + p) / p) * ‖b‖².
  Proof.
    intros Hp. pose proof (dot_nonnegative H (p * a + (2 * gamma) * b)%v) as P. pose proof (dot_nonnegative H a) as Q.
    revert P. expand. rewrite (dot_symmetric _ b a). set (aa := ⟨a, a⟩) in *. set (ab := ⟨a, b⟩). set (bb := ⟨b, b⟩). intros P.
    apply Rmult_le_reg_l with (2 * p); [lra|].
    replace (2 * p * ((1 - p / 2) * aa + (1 - p) * gamma ^ 2 * ((2 + p) / p) * bb))
      with (2 * p * (1 - p / 2) * aa + 2 * (1 - p) * gamma ^ 2 * (2 + p) * bb) by (field; lra).
    apply Rmult_le_compat_l with (r := 1 - p) in P; [|lra].
    assert (0 <= p ^ 3 * aa) by (apply Rmult_le_pos; [apply pow_le; lra|assumption]). lra.
  Qed.

  (** E V' <= (1 - p/2) V + (1 - p) gamma^2 (((2 + p)/p) (1/n) sum_i |E g_i|^2 + (1/n) sum_i E|g_i - E g_i|^2) *)
  Theorem discrepancy_recursion s : 0 < p <= 1 ->
    let mean_of := fun b => local_sum b (gap s) (s1_of s) (s2_of s) (V s) in
    E[ V s' | s' <- step s ]
    <= (1 - p / 2) * V s + (1 - p) * gamma ^ 2 * ((2 + p) / p * mean_of worker_mean + mean_of worker_variance).
  Proof using assumed assumption.
    intros Hp mean_of. rewrite expectation_local_step. set (x := iterates s). set (t := local_memory s).
    pose proof (nonempty assumed) as Hn.
    apply Rle_trans with (E[ mean n (fun i => (1 - p) * ‖(x i - average s) + (- gamma) * g i‖²) | g <- estimate x t ]).
    { apply expectation_le; intros g.
      set (F := fun b : bool => if b then 0 else discrepancy n (fun i => x i - gamma * g i)%v).
      rewrite (expectation_ext _ _ (fun c => F (fst c))).
      - rewrite (synchronized_with assumption x t F). unfold F at 1 2. rewrite mean_scale.
        assert (D : discrepancy n (fun i => x i - gamma * g i)%v <= mean n (fun i => ‖(x i - average s) + (- gamma) * g i‖²)).
        { apply Rle_trans with (1 := discrepancy_least n Hn _ (average s)). right. apply mean_ext; intros i _.
          apply square_ext; intros z. expand. ring. }
        apply Rmult_le_compat_l with (r := 1 - p) in D; [|lra]. lra.
      - intros c. unfold V, local_next, F; simpl. destruct (fst c); [|reflexivity]. apply (discrepancy_of_constants n Hn). }
    rewrite expectation_mean.
    apply Rle_trans with (mean n (fun i => (1 - p / 2) * ‖x i - average s‖² + (1 - p) * gamma ^ 2 * ((2 + p) / p * ‖expected x t i‖²
                                            + E[ ‖g i - expected x t i‖² | g <- estimate x t ]))).
    - apply mean_le; intros i Hi. rewrite expectation_scale.
      rewrite (shifted_second_moment_of (estimate x t) (fun g => g i) (expected x t i) (x i - average s)%v (- gamma))
        by (intros z; now apply (local_expectations assumption)).
      pose proof (drift (x i - average s)%v (expected x t i) Hp) as K.
      set (u := (x i - average s)%v) in *. set (noise := E[ _ | _ <- _ ]). lra.
    - rewrite mean_add, !mean_scale, mean_add, !mean_scale. apply Rplus_le_compat_l, Rmult_le_compat_l.
      + apply Rmult_le_pos; [lra|apply pow2_ge_0].
      + apply Rplus_le_compat; [|apply (local_worker_variance assumption)].
        apply Rmult_le_compat_l; [apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]|apply (local_worker_mean assumption)].
  Qed.
End OneStep.
