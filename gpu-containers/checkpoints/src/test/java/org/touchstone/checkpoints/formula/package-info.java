/** Weights and inputs that are made by a formula, and checkpoint files written from them. */
package org.touchstone.checkpoints.formula;
