/**
 * Weights and inputs that are made by a formula, checkpoint files written from them, and the
 * tensors of the published networks by name and shape: what it takes to try everything without
 * anyone's weights.
 */
package org.touchstone.testing.formula;
