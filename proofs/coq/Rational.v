(** Equations between closed rational expressions, by computing both sides.

    [lra] does the same, but evaluates without reducing fractions; here they stay small, so that the evaluation is fast even
    without a virtual machine, which coqchk has not. *)
From Coq Require Import Reals ZArith QArith Qreals Qreduction Lra.
Open Scope R_scope.

Inductive expression : Set :=
| Literal (z : Z)
| Add (a b : expression)
| Mul (a b : expression)
| Opp (a : expression)
| Inv (a : expression).

Fixpoint real (e : expression) : R :=
  match e with
  | Literal z => IZR z
  | Add a b => real a + real b
  | Mul a b => real a * real b
  | Opp a => - real a
  | Inv a => / real a
  end.

(** The factor after a zero is not evaluated. *)
Fixpoint fraction (e : expression) : Q :=
  match e with
  | Literal z => inject_Z z
  | Add a b => Qred (fraction a + fraction b)
  | Mul a b => let p := fraction a in if Z.eqb (Qnum p) 0 then inject_Z 0 else Qred (p * fraction b)
  | Opp a => Qopp (fraction a)
  | Inv a => Qinv (fraction a)
  end.

Lemma Q2R_reduced q : Q2R (Qred q) = Q2R q.
Proof. apply Qeq_eqR, Qred_correct. Qed.

Lemma Q2R_literal z : Q2R (inject_Z z) = IZR z.
Proof. unfold Q2R; simpl. field. Qed.

Lemma Q2R_zero q : Qnum q = 0%Z -> Q2R q = 0.
Proof. intros H. unfold Q2R. rewrite H. ring. Qed.

Theorem real_is_fraction e : real e = Q2R (fraction e).
Proof.
  induction e as [z|a IHa b IHb|a IHa b IHb|a IHa|a IHa]; cbn [real fraction]; cbv zeta; rewrite ?IHa, ?IHb.
  - symmetry; apply Q2R_literal.
  - now rewrite Q2R_reduced, Q2R_plus.
  - destruct (Z.eqb_spec (Qnum (fraction a)) 0) as [Hz|_].
    + rewrite (Q2R_zero _ Hz), Q2R_literal. ring.
    + now rewrite Q2R_reduced, Q2R_mult.
  - now rewrite Q2R_opp.
  - destruct (Z.eq_dec (Qnum (fraction a)) 0) as [Hz|Hz].
    + rewrite (Q2R_zero _ Hz), Rinv_0, Q2R_zero; [reflexivity|]. unfold Qinv. now rewrite Hz.
    + rewrite Q2R_inv; [reflexivity|]. intros Hq. apply Hz. unfold Qeq in Hq; simpl in Hq. now rewrite Z.mul_1_r in Hq.
Qed.

Lemma equal_by_computation a b : Qeq_bool (fraction a) (fraction b) = true -> real a = real b.
Proof. intros H. rewrite !real_is_fraction. now apply Qeq_eqR, Qeq_bool_iff. Qed.

Lemma le_by_computation a b : Qle_bool (fraction a) (fraction b) = true -> real a <= real b.
Proof. intros H. rewrite !real_is_fraction. now apply Qle_Rle, Qle_bool_iff. Qed.

(** The expression that a real number was evaluated to. *)
Ltac evaluated a := eval lazy -[Rplus Rmult Rinv Ropp IZR] in a.
Ltac reified a :=
  let t := eval pattern R, Rplus, Rmult, Ropp, Rinv, IZR in a in
  lazymatch t with
  | ?F _ _ _ _ _ _ => eval cbv beta in (F expression Add Mul Opp Inv Literal)
  end.

(** Proves a = b or a <= b for real numbers that evaluate to rational expressions. Whether it holds is computed here; the
    kernel computes it again, and that [real u] is a, at Qed. *)
Ltac compute_rational :=
  lazymatch goal with
  | |- ?a = ?b =>
      let a' := evaluated a in let b' := evaluated b in let u := reified a' in let v := reified b' in
      lazymatch eval vm_compute in (Qeq_bool (fraction u) (fraction v)) with
      | true => exact_no_check (equal_by_computation u v (eq_refl true))
      | false => let q := eval vm_compute in (fraction u) in fail "the left side is" q
      end
  | |- ?a <= ?b =>
      let a' := evaluated a in let b' := evaluated b in let u := reified a' in let v := reified b' in
      lazymatch eval vm_compute in (Qle_bool (fraction u) (fraction v)) with
      | true => exact_no_check (le_by_computation u v (eq_refl true))
      | false => fail "the left side is greater"
      end
  end.
