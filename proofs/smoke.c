/* SPDX-License-Identifier: MIT
 * What smoke tests are for. verify.sh has to see them find that no call meets the contract of `precondition` and that one of the
 * branches of `branch` never runs, and nothing wrong with the rest.
 */
/*@ requires \valid_read(p + (0 .. 3)) && (\forall integer j; 0 <= j < 4 ==> p[j] < 9);
    requires i < 4 && p[i] > 10;
    assigns \nothing; */
unsigned precondition(const unsigned *p, unsigned i) { return p[i]; }

/*@ requires \valid_read(p + (0 .. 3)) && (\forall integer j; 0 <= j < 4 ==> p[j] < 9);
    requires i < 4;
    assigns \nothing; */
unsigned branch(const unsigned *p, unsigned i) {
  if (p[i] > 10) return 1;
  return 0;
}
