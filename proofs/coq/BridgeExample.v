(** The formal steps, evaluated: on two quadratics in R^2 whose expectations were enumerated by another program. The
    text of one instance is what a generator has to write; README.md says where its parts come from. *)
From Coq Require Import Reals Lra Lia List.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd GradientDescent LSvrg
  Saga Diana Marina VrMarina PpMarina Top1Divergence LocalParts LocalScheme SLocalSvrg Groups Moshpit MoshpitFaults RandomSplit
  MoshpitWitness BridgeSupport.
Import ListNotations.
Open Scope R_scope.

Definition f : problem (Rd 2) := quadratic_problem 2
  [ ([[2; 1]; [1; 2]], [1; 0]);
    ([[3 / 2; - 1 / 2]; [- 1 / 2; 3 / 2]], [-2; 1]) ].
Definition x_0 : Rd 2 := coordinates [1; 2].
Definition x_star : Rd 2 := coordinates [- 1 / 3; 1 / 3].

(** ** GD *)

Lemma gd_1 : ‖Nat.iter 1 (gd_step (1 / 2) (mean_gradient f)) x_0 - x_star‖² = 1 / 288.
Proof. compute_rational. Qed.

Lemma gd_2 : ‖Nat.iter 2 (gd_step (1 / 2) (mean_gradient f)) x_0 - x_star‖² = 1 / 4608.
Proof. compute_rational. Qed.

(** ** L-SVRG *)

Definition coin : probability := Probability (1 / 2) ltac:(chance).
Definition l_svrg : state (Rd 2) (Rd 2) -> law (state (Rd 2) (Rd 2)) := sgd_step (1 / 18) (l_svrg_estimator f coin).
Definition l_svrg_V : state (Rd 2) (Rd 2) -> R := lyapunov x_star (reference_error f x_star) 8 (1 / 18).

Lemma l_svrg_1 : E[ l_svrg_V s | s <- iterate l_svrg 1 (x_0, coordinates [0; 1]) ] = 91457 / 23328.
Proof. compute_rational. Qed.

Lemma l_svrg_2 : E[ l_svrg_V s | s <- iterate l_svrg 2 (x_0, coordinates [0; 1]) ] = 1810075 / 559872.
Proof. compute_rational. Qed.

(** ** SAGA *)

Definition saga : state (Rd 2) (nat -> Rd 2) -> law (state (Rd 2) (nat -> Rd 2)) := sgd_step (1 / 18) (saga_estimator f).
Definition saga_V : state (Rd 2) (nat -> Rd 2) -> R := lyapunov x_star (table_error f x_star) 8 (1 / 18).

Lemma saga_1 : E[ saga_V s | s <- iterate saga 1 (x_0, vectors [[0; 1]; [-1; 0]]) ] = 45895 / 11664.
Proof. compute_rational. Qed.

Lemma saga_2 : E[ saga_V s | s <- iterate saga 2 (x_0, vectors [[0; 1]; [-1; 0]]) ] = 910645 / 279936.
Proof. compute_rational. Qed.

(** ** DIANA with Rand1 *)

Definition diana : state (Rd 2) (nat -> Rd 2) -> law (state (Rd 2) (nat -> Rd 2)) :=
  sgd_step (1 / 12) (diana_estimator 2 (full_gradient f) (rand_k 2 1) (1 / 2)).
Definition diana_V : state (Rd 2) (nat -> Rd 2) -> R := lyapunov x_star (shift_error f x_star) 4 (1 / 12).

Lemma diana_1 : E[ diana_V s | s <- iterate diana 1 (x_0, vectors [[0; 1]; [-1; 0]]) ] = 9343 / 2592.
Proof. compute_rational. Qed.

Lemma diana_2 : E[ diana_V s | s <- iterate diana 2 (x_0, vectors [[0; 1]; [-1; 0]]) ] = 223111 / 82944.
Proof. compute_rational. Qed.

(** ** MARINA with Rand1 *)

Definition marina_coin : probability := Probability (1 / 3) ltac:(chance).
Definition marina : marina_state (Rd 2) -> law (marina_state (Rd 2)) := marina_step f (rand_k 2 1) marina_coin (1 / 8).
Definition marina_V : marina_state (Rd 2) -> R := marina_potential f (- 1 / 6) (1 / 8) marina_coin.

Lemma marina_1 : E[ marina_V s | s <- iterate marina 1 (MarinaState x_0 (coordinates [1; -1])) ] = 22343 / 3072.
Proof. compute_rational. Qed.

(** ** Parallel GD with Top1 *)

Lemma top_1_diagonal : is_top_1_step top1_problem (1 / 11) (coordinates [1; 1; 1]) (coordinates [7 / 6; 7 / 6; 7 / 6]).
Proof. bridge_top_1 [0; 1; 2]%nat. Qed.

Lemma top_1_off_diagonal : is_top_1_step f (1 / 3) (coordinates [1; 2]) (coordinates [7 / 12; 7 / 6]).
Proof. bridge_top_1 [1; 0]%nat. Qed.

(** ** S-Local-SVRG

    n = m = 2 on the line, f_ij(x) = a_ij x^2/2 - b_ij x, x⋆ = 2/3, gamma = 1/16, p = q = 1/2; from equal iterates, and from
    others and another reference point. *)

Definition slope (i j : nat) : R := nth j (nth i [[1; 3]; [2; 6]] []) 0.
Definition intercept (i j : nat) : R := nth j (nth i [[1; -1]; [3; 5]] []) 0.
Definition component (i j : nat) : Rd 1 -> R := quadratic_value [[slope i j]] [intercept i j].
Definition component_gradient (i j : nat) : Rd 1 -> Rd 1 := quadratic_gradient [[slope i j]] [intercept i j].
Definition f_local : problem (Rd 1) := problem_of_components 2 (fun _ => 2%nat) component component_gradient.
Definition local_solution : Rd 1 := coordinates [2 / 3].

Definition s_local_svrg : local_state (Rd 1) (Rd 1) -> law (local_state (Rd 1) (Rd 1)) :=
  s_local_svrg_step 2 (fun _ => 2%nat) component component_gradient (independent_coins coin coin) (1 / 16).
Definition local_gap (s : local_state (Rd 1) (Rd 1)) : R :=
  mean_value f_local (vector_mean 2 (iterates s)) - mean_value f_local local_solution.
Definition equal_start : local_state (Rd 1) (Rd 1) := LocalState (fun _ => coordinates [1]) (coordinates [1]).
Definition apart : local_state (Rd 1) (Rd 1) := LocalState (vectors [[1]; [0]]) (coordinates [2]).

Lemma s_local_svrg_1 : E[ local_gap s | s <- iterate s_local_svrg 1 equal_start ] = 169 / 1536.
Proof. compute_rational. Qed.

Lemma s_local_svrg_discrepancy_apart : E[ discrepancy 2 (iterates s) | s <- iterate s_local_svrg 1 apart ] = 117 / 2048.
Proof. compute_rational. Qed.

Lemma s_local_svrg_reference_apart :
  E[ common_reference_error 2 (fun _ => 2%nat) component component_gradient local_solution (local_memory s)
   | s <- iterate s_local_svrg 1 apart ] = 1625 / 144.
Proof. compute_rational. Qed.

(** ** The MARINA family with Rand1

    The workers of g are indefinite, their average is not. |g - grad f(x)|^2 from any state after a step, and after two. *)

Definition g : problem (Rd 2) := quadratic_problem 2
  [ ([[3; 0]; [0; - 2]], [1; 0]);
    ([[- 1; 0]; [0; 4]], [0; 1]) ].
Definition squared_gradient (s : marina_state (Rd 2)) : R := ‖mean_gradient g (model s)‖².
Definition error (h : problem (Rd 2)) (s : marina_state (Rd 2)) : R := ‖estimate s - mean_gradient h (model s)‖².
Definition pp_marina : marina_state (Rd 2) -> law (marina_state (Rd 2)) := biased_step (1 / 10) (pp_marina_estimator g 1 (rand_k 2 1) coin).
Definition indefinite_start : marina_state (Rd 2) := marina_start g (coordinates [2; 1]).

Lemma marina_indefinite_gradient : E[ squared_gradient s | s <- iterate (marina_step g (rand_k 2 1) coin (1 / 7)) 1 indefinite_start ] = 90 / 49.
Proof. compute_rational. Qed.

Lemma marina_indefinite_error : E[ error g s | s <- iterate (marina_step g (rand_k 2 1) coin (1 / 7)) 1 indefinite_start ] = 55 / 784.
Proof. compute_rational. Qed.

Lemma pp_marina_error_1 : E[ error g s | s <- iterate pp_marina 1 indefinite_start ] = 1 / 8.
Proof. compute_rational. Qed.

Lemma pp_marina_gradient_2 : E[ squared_gradient s | s <- iterate pp_marina 2 indefinite_start ] = 3283 / 2000.
Proof. compute_rational. Qed.

Definition matrix_of (i j : nat) : list (list R) :=
  nth j (nth i [[[[3; 1]; [1; - 2]]; [[1; 0]; [0; 2]]]; [[[- 1; 0]; [0; 4]]; [[2; - 1]; [- 1; 1]]]] []) [].
Definition vector_of (i j : nat) : list R := nth j (nth i [[[1; 0]; [0; - 1]]; [[0; 1]; [1; 2]]] []) [].
Definition plane_component (i j : nat) : Rd 2 -> R := quadratic_value (matrix_of i j) (vector_of i j).
Definition plane_gradient (i j : nat) : Rd 2 -> Rd 2 := quadratic_gradient (matrix_of i j) (vector_of i j).
Definition f_plane : problem (Rd 2) := problem_of_components 2 (fun _ => 2%nat) plane_component plane_gradient.
Definition vr_marina (b : nat) : marina_state (Rd 2) -> law (marina_state (Rd 2)) :=
  biased_step (1 / 8) (vr_marina_estimator 2 (fun _ => 2%nat) plane_component plane_gradient b (rand_k 2 1) marina_coin).
Definition vr_marina_online (b : nat) : marina_state (Rd 2) -> law (marina_state (Rd 2)) :=
  biased_step (1 / 8) (vr_marina_online_estimator 0%nat 2 (fun _ => uniform 2) plane_gradient b 1 (rand_k 2 1) marina_coin).
Definition any_start : marina_state (Rd 2) := MarinaState x_0 (coordinates [1; - 1]).

Lemma vr_marina_one_component : E[ error f_plane s | s <- iterate (vr_marina 1) 1 any_start ] = 4711 / 768.
Proof. compute_rational. Qed.

Lemma vr_marina_online_one_sample : E[ error f_plane s | s <- iterate (vr_marina_online 1) 1 any_start ] = 4751 / 512.
Proof. compute_rational. Qed.

Lemma vr_marina_online_two_samples : E[ error f_plane s | s <- iterate (vr_marina_online 2) 1 any_start ] = 23675 / 3072.
Proof. compute_rational. Qed.

(** ** Moshpit: eight peers on a 2 x 2 x 2 grid hold 1, 2, 4, ..., 128; three peers of which one is drawn to stay alone *)

Definition grid_after (t : nat) : moshpit_state (Rd 1) :=
  moshpit 8 (fun t => ascending (ascending_keys 2 3 t)) t (Peers (initial_key 2 3) (fun i => coordinates [2 ^ i])).

Lemma moshpit_groups :
  map (fun t => group same_key 8 (key (grid_after t)) (key (grid_after t) 0%nat)) [0; 1; 2]%nat = [[0; 1]; [0; 4]; [0; 2]]%nat.
Proof. reflexivity. Qed.

Lemma moshpit_after_2 : held (grid_after 2) 0%nat 0%nat = 51 / 4.
Proof. compute_rational. Qed.

Lemma moshpit_after_3 : held (grid_after 3) 5%nat 0%nat = 255 / 8.
Proof. compute_rational. Qed.

Definition three_peers : nat -> Rd 1 := vectors [[0]; [1]; [3]].

Lemma random_split_before : discrepancy 3 three_peers = 14 / 9.
Proof. compute_rational. Qed.

Lemma random_split_after : E[ discrepancy 3 x | x <- split_step 3 (one_apart 3) three_peers ] = 7 / 9.
Proof. compute_rational. Qed.

(** All three have the same key; peer 1 drops out. *)
Definition one_drops_out : moshpit_state (Rd 1) :=
  faulty_round 3 (Conduct (fun _ => true) (fun i => negb (Nat.eqb i 1)) (fun i => i)) (Peers (fun _ => [0%nat]) three_peers).

Lemma survivor_after : held one_drops_out 2%nat 0%nat = 3 / 2.
Proof. compute_rational. Qed.

Lemma dropped_after : held one_drops_out 1%nat 0%nat = 1.
Proof. compute_rational. Qed.

Lemma keys_after : map (key one_drops_out) [0; 1; 2]%nat = [[0]; [1]; [2]]%nat.
Proof. reflexivity. Qed.
