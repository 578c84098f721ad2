(** The rates of VR-MARINA, for finite sums and online. *)
From Coq Require Import Reals Lra Lia.
From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient Marina VrMarina.
Open Scope R_scope.

(** Steps are compared by how they are written, not by what they evaluate to. *)
Opaque bind independent expectation.

(** Lambda^2 = (1 - p)/(p n) (omega L^2 + (1 + omega) curly_L^2/b) *)
Definition vr_marina_Lambda_squared (n b : nat) (L curly_L omega p : R) : R :=
  (1 - p) / (p * INR n) * (omega * L ^ 2 + (1 + omega) * curly_L ^ 2 / INR b).

Lemma vr_factor_is_Lambda_squared {H : space} (f : problem H) L curly_L omega b p : (0 < size f)%nat -> (0 < b)%nat -> 0 < p ->
  (1 - p) * vr_factor f L curly_L omega b / p = vr_marina_Lambda_squared (size f) b L curly_L omega p.
Proof.
  intros Hn Hb Hp. assert (0 < INR (size f)) by now apply lt_0_INR. assert (0 < INR b) by now apply lt_0_INR.
  unfold vr_factor, vr_marina_Lambda_squared. field. lra.
Qed.

Lemma vr_marina_Lambda_squared_nonnegative n b L curly_L omega (p : probability) : (0 < n)%nat -> 0 <= omega -> 0 < p ->
  0 <= vr_marina_Lambda_squared n b L curly_L omega p.
Proof.
  intros Hn Hom Hp. pose proof (chance_range p) as [_ Hp1]. assert (0 < INR n) by now apply lt_0_INR.
  apply Rmult_le_pos; [apply Rmult_le_pos; [lra|left; now apply Rinv_0_lt_compat, Rmult_lt_0_compat]|].
  apply Rplus_le_le_0_compat; [apply Rmult_le_pos; [assumption|apply pow2_ge_0]|].
  apply Rmult_le_pos; [apply Rmult_le_pos; [lra|apply pow2_ge_0]|apply inverse_nonnegative].
Qed.

(** ** Finite sums *)

Section FiniteSum.
  Context {H : space} (n : nat) (m : nat -> nat) (component : nat -> nat -> H -> R) (component_gradient : nat -> nat -> H -> H).
  Variables (L curly_L omega gamma : R) (b : nat) (Q : compressor H) (p : probability).
  Let f := problem_of_components n m component component_gradient.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis m_positive : forall i, (i < n)%nat -> (0 < m i)%nat.
  Hypothesis b_positive : (0 < b)%nat.

  (** (1/n) sum_i (1/m_i) sum_j |(grad f_ij(y) - grad f_ij(x)) - (grad f_i(y) - grad f_i(x))|^2 <= curly_L^2 |y - x|^2 *)
  Definition components_vary_little : Prop := forall x y,
    mean n (fun i => mean (m i) (fun j =>
      ‖(component_gradient i j y - component_gradient i j x) - (gradient f i y - gradient f i x)‖²)) <= curly_L ^ 2 * ‖y - x‖².

  (** A variance is at most the second moment: curly_L^2 >= (1/n) sum_i (1/m_i) sum_j L_ij^2 will do. *)
  Lemma smooth_components_vary_little (component_L : nat -> nat -> R) :
    (forall i j x y, (i < n)%nat -> (j < m i)%nat ->
      ‖component_gradient i j y - component_gradient i j x‖² <= component_L i j ^ 2 * ‖y - x‖²) ->
    mean n (fun i => mean (m i) (fun j => component_L i j ^ 2)) <= curly_L ^ 2 ->
    components_vary_little.
  Proof using m_positive.
    intros Hs HL x y. pose proof (dot_nonnegative H (y - x)%v) as D. set (r := ‖y - x‖²) in *.
    apply Rle_trans with (r * mean n (fun i => mean (m i) (fun j => component_L i j ^ 2))).
    2:{ rewrite Rmult_comm. now apply Rmult_le_compat_r. }
    rewrite <- mean_scale. apply mean_le; intros i Hi. rewrite <- mean_scale.
    set (a := fun j => (component_gradient i j y - component_gradient i j x)%v).
    apply Rle_trans with (mean (m i) (fun j => ‖a j - vector_mean (m i) a‖²)).
    - right. apply mean_ext; intros j _. apply square_ext; intros z. unfold a. simpl. expand. rewrite !dot_mean.
      rewrite (mean_ext (m i) (fun j => ⟨component_gradient i j y - component_gradient i j x, z⟩)
        (fun j => ⟨component_gradient i j y, z⟩ + (-1) * ⟨component_gradient i j x, z⟩)) by (intros; expand; ring).
      rewrite mean_add, mean_scale. ring.
    - rewrite mean_deviation by now apply m_positive. pose proof (dot_nonnegative H (vector_mean (m i) a)).
      apply Rle_trans with (mean (m i) (fun j => ‖a j‖²)); [lra|].
      apply mean_le; intros j Hj. rewrite Rmult_comm. unfold a, r. now apply Hs.
  Qed.

  Hypothesis f_mean_square_smooth : mean_square_smooth L f.
  Hypothesis components_smooth : components_vary_little.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis p_positive : 0 < p.

  Lemma vr_marina_row :
    error_shrinks (mean_gradient f) gamma p (vr_marina_Lambda_squared n b L curly_L omega p) 0
      (vr_marina_estimator n m component component_gradient b Q p).
  Proof using All.
    change n with (size f) at 1. rewrite <- vr_factor_is_Lambda_squared by assumption.
    apply (coin_row (mean_gradient f) gamma _ 0 p (fun y => ret (mean_gradient f y))); [assumption|apply certain_error|].
    apply (vr_changed_error O f (fun i => uniform (m i)) component_gradient); try assumption.
    - intros i x z Hi. rewrite expectation_uniform by now apply m_positive. symmetry. apply dot_mean.
    - intros x y. apply Rle_trans with (2 := components_smooth x y). right. apply mean_ext; intros i Hi.
      apply expectation_uniform. now apply m_positive.
  Qed.

  Hypothesis L_positive : 0 < L.
  Hypothesis f_smooth : smooth L (mean_value f) (mean_gradient f).
  Hypothesis gamma_positive : 0 < gamma.
  Let step := biased_step gamma (vr_marina_estimator n m component component_gradient b Q p).

  Theorem vr_marina_rate f_low : (forall x, f_low <= mean_value f x) ->
    gamma <= 1 / (L + sqrt (vr_marina_Lambda_squared n b L curly_L omega p)) -> forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- iterate step k (marina_start f x) ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K).
  Proof using All.
    intros Hlow Hg. exact (rate_from_gradient (mean_value f) (mean_gradient f) _ L f_low gamma p _ L_positive Hlow f_smooth
      (conj p_positive (proj2 (chance_range p))) gamma_positive
      (vr_marina_Lambda_squared_nonnegative n b L curly_L omega p n_positive omega_nonnegative p_positive) vr_marina_row Hg).
  Qed.

  Theorem vr_marina_rate_pl f_low mu : polyak_lojasiewicz mu (mean_value f) (mean_gradient f) f_low -> 0 < mu ->
    gamma <= 1 / (L + sqrt (2 * vr_marina_Lambda_squared n b L curly_L omega p)) -> gamma <= p / (2 * mu) -> forall k x,
    E[ mean_value f (model s) - f_low | s <- iterate step k (marina_start f x) ] <= (1 - gamma * mu) ^ k * (mean_value f x - f_low).
  Proof using All.
    exact (rate_from_gradient_pl (mean_value f) (mean_gradient f) _ L f_low gamma p _ L_positive f_smooth
      (conj p_positive (proj2 (chance_range p))) gamma_positive
      (vr_marina_Lambda_squared_nonnegative n b L curly_L omega p n_positive omega_nonnegative p_positive) vr_marina_row mu).
  Qed.
End FiniteSum.

(** ** Online *)

Section Online.
  Context {H : space} {T : Type} (default : T) (f : problem H) (sample : nat -> law T) (sample_gradient : nat -> T -> H -> H).
  Variables (L curly_L omega gamma sigma_squared f_low : R) (b b' : nat) (Q : compressor H) (p : probability).
  Let n := size f.
  Hypothesis n_positive : (0 < n)%nat.
  Hypothesis b_positive : (0 < b)%nat.
  Hypothesis b'_positive : (0 < b')%nat.
  Hypothesis sample_unbiased : forall i x z, (i < n)%nat -> E[ ⟨sample_gradient i xi x, z⟩ | xi <- sample i ] = ⟨gradient f i x, z⟩.
  Hypothesis f_mean_square_smooth : mean_square_smooth L f.
  Hypothesis sample_smooth : forall x y,
    mean n (fun i => E[ ‖(sample_gradient i xi y - sample_gradient i xi x) - (gradient f i y - gradient f i x)‖² | xi <- sample i ])
    <= curly_L ^ 2 * ‖y - x‖².
  Hypothesis sample_noise : forall x, mean n (fun i => E[ ‖sample_gradient i xi x - gradient f i x‖² | xi <- sample i ]) <= sigma_squared.
  Hypothesis Q_unbiased : unbiased Q.
  Hypothesis Q_variance : variance_at_most omega Q.
  Hypothesis omega_nonnegative : 0 <= omega.
  Hypothesis p_positive : 0 < p.
  Hypothesis L_positive : 0 < L.
  Hypothesis f_smooth : smooth L (mean_value f) (mean_gradient f).
  Hypothesis gamma_positive : 0 < gamma.
  Let step := biased_step gamma (vr_marina_online_estimator default n sample sample_gradient b b' Q p).
  Let from k x := draw s <- vr_marina_online_start default n sample sample_gradient b x ;; iterate step k s.
  Let nu := sigma_squared / (INR n * INR b).
  Let Lambda_squared := vr_marina_Lambda_squared n b' L curly_L omega p.

  Lemma online_row : error_shrinks (mean_gradient f) gamma p Lambda_squared nu
    (vr_marina_online_estimator default n sample sample_gradient b b' Q p).
  Proof using n_positive b_positive b'_positive sample_unbiased f_mean_square_smooth sample_smooth sample_noise Q_unbiased Q_variance
    omega_nonnegative p_positive.
    unfold Lambda_squared, n. rewrite <- vr_factor_is_Lambda_squared by assumption. now apply vr_marina_online_row.
  Qed.

  Lemma online_Lambda_squared_nonnegative : 0 <= Lambda_squared.
  Proof using n_positive omega_nonnegative p_positive. now apply vr_marina_Lambda_squared_nonnegative. Qed.

  Lemma noise_nonnegative (x : H) : 0 <= nu.
  Proof using n_positive b_positive sample_noise.
    apply Rmult_le_pos; [apply Rle_trans with (2 := sample_noise x)|left; apply Rinv_0_lt_compat, Rmult_lt_0_compat; now apply lt_0_INR].
    apply mean_nonnegative; intros. apply expectation_nonnegative; intros. apply dot_nonnegative.
  Qed.

  Lemma start_potential weight x : 0 <= weight ->
    E[ biased_potential (mean_value f) (mean_gradient f) f_low weight s | s <- vr_marina_online_start default n sample sample_gradient b x ]
    <= mean_value f x - f_low + weight * nu.
  Proof using n_positive b_positive sample_unbiased sample_noise.
    intros Hw. unfold vr_marina_online_start. rewrite expectation_bind.
    rewrite (expectation_ext _ _ (fun g => (mean_value f x - f_low) + weight * ‖g - mean_gradient f x‖²))
      by (intros; now rewrite expectation_ret).
    rewrite expectation_add, expectation_const, expectation_scale. apply Rplus_le_compat_l, Rmult_le_compat_l; [assumption|].
    exact (fresh_estimate_error default f sample sample_gradient sigma_squared b n_positive b_positive sample_unbiased sample_noise x).
  Qed.

  Theorem vr_marina_online_rate : (forall x, f_low <= mean_value f x) -> gamma <= 1 / (L + sqrt Lambda_squared) -> forall K x, (0 < K)%nat ->
    mean K (fun k => E[ ‖mean_gradient f (model s)‖² | s <- from k x ])
    <= 2 * (mean_value f x - f_low) / (gamma * INR K) + nu * (1 + 1 / (p * INR K)).
  Proof using All.
    intros Hlow Hg K x HK. assert (HK0 : 0 < INR K) by now apply lt_0_INR.
    set (start := vr_marina_online_start default n sample sample_gradient b x).
    set (V := biased_potential (mean_value f) (mean_gradient f) f_low (gamma / (2 * p))).
    rewrite (mean_ext K _ (fun k => E[ E[ ‖mean_gradient f (model s)‖² | s <- iterate step k s0 ] | s0 <- start ]))
      by (intros; apply expectation_bind).
    rewrite <- (expectation_mean start K (fun k s0 => E[ ‖mean_gradient f (model s)‖² | s <- iterate step k s0 ])).
    apply Rle_trans with (E[ 2 / (gamma * INR K) * V s0 + nu | s0 <- start ]).
    - apply expectation_le; intros s0.
      replace (2 / (gamma * INR K) * V s0) with (2 * V s0 / (gamma * INR K)) by (field; lra).
      exact (biased_rate (mean_value f) (mean_gradient f) _ L f_low gamma p Lambda_squared nu Hlow f_smooth
        (conj p_positive (proj2 (chance_range p))) gamma_positive online_row
        (stepsize_margin L Lambda_squared gamma L_positive online_Lambda_squared_nonnegative gamma_positive Hg) K s0 HK).
    - rewrite expectation_add, expectation_scale, expectation_const.
      assert (W : 0 <= gamma / (2 * p)) by (left; apply Rdiv_lt_0_compat; lra).
      assert (F : 0 <= 2 / (gamma * INR K)) by (left; apply Rdiv_lt_0_compat; [lra|now apply Rmult_lt_0_compat]).
      pose proof (Rmult_le_compat_l _ _ _ F (start_potential (gamma / (2 * p)) x W)) as S. fold start V in S.
      apply Rle_trans with (2 / (gamma * INR K) * (mean_value f x - f_low + gamma / (2 * p) * nu) + nu); [lra|right; field; lra].
  Qed.

  Theorem vr_marina_online_rate_pl (mu : R) : polyak_lojasiewicz mu (mean_value f) (mean_gradient f) f_low -> 0 < mu ->
    gamma <= 1 / (L + sqrt (2 * Lambda_squared)) -> gamma <= p / (2 * mu) -> forall k x,
    E[ mean_value f (model s) - f_low | s <- from k x ]
    <= (1 - gamma * mu) ^ k * (mean_value f x - f_low + gamma / p * nu) + nu / mu.
  Proof using All.
    intros HPL Hmu Hg Hgm k x. pose proof online_Lambda_squared_nonnegative as HLam. pose proof (chance_range p) as [_ Hp1].
    set (V := biased_potential (mean_value f) (mean_gradient f) f_low (gamma / p)).
    assert (W : 0 <= gamma / p) by (left; apply Rdiv_lt_0_compat; lra).
    assert (Hgm' : 2 * gamma * mu <= p).
    { apply Rmult_le_compat_r with (r := 2 * mu) in Hgm; [|lra]. replace (p / (2 * mu) * (2 * mu)) with (p : R) in Hgm by (field; lra).
      lra. }
    pose proof (stepsize_margin L (2 * Lambda_squared) gamma L_positive ltac:(lra) gamma_positive Hg) as margin.
    unfold from. rewrite expectation_bind.
    apply Rle_trans with (E[ (1 - gamma * mu) ^ k * V s0 + nu / mu | s0 <- vr_marina_online_start default n sample sample_gradient b x ]).
    - apply expectation_le; intros s0. apply Rle_trans with (E[ V s | s <- iterate step k s0 ]).
      + apply expectation_le; intros s. unfold V, biased_potential.
        assert (0 <= gamma / p * ‖estimate s - mean_gradient f (model s)‖²) by (apply Rmult_le_pos; [assumption|apply dot_nonnegative]).
        lra.
      + exact (biased_rate_pl (mean_value f) (mean_gradient f) _ L f_low gamma p Lambda_squared nu f_smooth
          (conj p_positive Hp1) gamma_positive online_row mu HPL Hmu (noise_nonnegative x) Hgm' ltac:(lra) k s0).
    - rewrite expectation_add, expectation_scale, expectation_const. apply Rplus_le_compat_r, Rmult_le_compat_l.
      + apply pow_le. lra.
      + now apply start_potential.
  Qed.
End Online.
